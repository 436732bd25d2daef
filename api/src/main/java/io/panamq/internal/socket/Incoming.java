// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static io.panamq.bindings.calls.Constants.DONTWAIT;
import static io.panamq.bindings.calls.Constants.EAGAIN;
import static io.panamq.bindings.calls.Constants.EINTR;
import static io.panamq.bindings.calls.Constants.RCVTIMEO;

import io.panamq.bindings.calls.MessageCalls;
import io.panamq.bindings.calls.MessageProperties;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.TransferCalls;
import io.panamq.error.ProtocolStateException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The receiving half of a socket. Its time-outs are nanoseconds, see {@link Timeout}; a receive
 * returns false or null when the time is over.
 */
public final class Incoming extends SocketHalf implements ReceivePath {
    private static final String RECEIVE = "receive";

    private final ReceiveBatch batch;
    private final ReceiveBuffer frames;
    private final StreamBackoff backoff = new StreamBackoff();

    /** Set for good once another receive could make libzmq end the process. */
    private boolean poisoned;

    /** Whether frames of the message that {@link #receiveAll} began are still to be received. */
    private boolean torn;

    public Incoming(SocketCore core, FrameFactory factory) {
        super(core, RCVTIMEO, RECEIVE);
        this.batch = core.batch;
        this.frames = batch.frames;
        frames.setFactory(factory);
    }

    @Override
    public boolean receive(Frame message, long timeout) {
        core.enter(RECEIVE);
        try {
            dropRest();
            return receiveFrame(message, timeout);
        } finally {
            core.exit();
        }
    }

    @Override
    public byte[] receiveBytes(long timeout) {
        core.enter(RECEIVE);
        try {
            dropRest();
            MessageCalls.init(scratch);
            try {
                int size = transfer(scratch, timeout);
                if (size < 0) {
                    return null;
                }
                if (size > Integer.MAX_VALUE - 8) {
                    throw new IllegalStateException(
                            "the received frame fits no array and is dropped: receive a Message");
                }
                return NativeMemory.toByteArray(MessageCalls.data(scratch), size);
            } finally {
                MessageCalls.close(scratch);
            }
        } finally {
            core.exit();
        }
    }

    @Override
    public long receive(MemorySegment target, long timeout) {
        core.enter(RECEIVE);
        try {
            batch.refuseWhileRunning();
            dropRest();
            if (poisoned) {
                throw conflatedPartsFailure();
            }
            if (frames.isEmpty()) {
                MemorySegment slot = frames.prepare(1);
                if (!addOne(transferNative(slot, timeout))) {
                    return -1;
                }
            }
            refuseConflatedParts(frames.nextSlot());
            return copyNext(target);
        } finally {
            core.exit();
        }
    }

    private long copyNext(MemorySegment target) {
        MemorySegment slot = frames.nextSlot();
        long size = MessageProperties.size(slot);
        if (size > target.byteSize()) {
            throw new IllegalArgumentException(
                    "the next frame has "
                            + size
                            + " bytes, and there is room for "
                            + target.byteSize()
                            + ": it was not received, and the next receive gets it");
        }
        NativeMemory.copyFrom(MessageCalls.data(slot), target, 0, size);
        MessageCalls.init(scratch);
        int ignored = frames.moveInto(scratch);
        MessageCalls.close(scratch);
        return size;
    }

    @Override
    public boolean receive(FrameSequence multipart, long timeout) {
        Objects.requireNonNull(multipart, "multipart");
        core.enter(RECEIVE);
        try {
            dropRest();
            return receiveAll(multipart, timeout);
        } catch (RuntimeException | Error e) {
            try {
                multipart.dropFrames();
            } finally {
                dropRest(); // if it fails, the next receive does it
            }
            throw e;
        } finally {
            core.exit();
        }
    }

    private boolean receiveAll(FrameSequence multipart, long timeout) {
        Frame frame = multipart.beginReceive();
        if (!receiveFrame(frame, timeout)) {
            multipart.dropFrames();
            return false;
        }
        torn = frame.hasMore();
        while (torn) {
            frame = multipart.nextFrame();
            // This does not wait, because all frames of a message arrive together.
            receiveFrame(frame, Timeout.FOREVER);
            torn = frame.hasMore();
        }
        return true;
    }

    /**
     * Drops the rest of a message, if {@link #receiveAll} failed within one: it must not be taken
     * for a message. Allocates nothing, because want of memory may be why that failed.
     */
    private void dropRest() {
        while (torn) {
            MessageCalls.init(scratch);
            try {
                int size = frames.isEmpty() ? EINTR : frames.moveInto(scratch);
                while (size == EINTR) {
                    size = TransferCalls.receive(capture, scratch, handle, DONTWAIT);
                }
                // A negative size here means that the context ends.
                torn = size >= 0 && MessageCalls.more(scratch) != 0;
            } finally {
                MessageCalls.close(scratch);
            }
        }
    }

    // ---- for a Forwarder, within a call

    /** Begins to take messages. */
    void beginTaking() {
        batch.refuseWhileRunning();
        dropRest();
    }

    /**
     * Receives the next frame into an empty slot, without waiting. Returns its size, clipped to an
     * int, or the negated error number.
     */
    int take(MemorySegment slot) {
        if (!frames.isEmpty()) {
            return frames.moveInto(slot);
        }
        int size = EINTR;
        while (size == EINTR) {
            size = TransferCalls.receive(capture, slot, handle, DONTWAIT);
        }
        return size;
    }

    /** Lets the next receive get the frame that was taken last, and leaves the slot empty. */
    void putBack(MemorySegment slot, int clippedSize) {
        frames.putBack(slot, clippedSize);
    }

    // ---- batches

    @Override
    public int receiveBatch(Consumer<?> handler, int max, long timeout) {
        @SuppressWarnings("unchecked") // the caller gives a consumer of what the factory makes
        Consumer<Frame> taker = (Consumer<Frame>) Objects.requireNonNull(handler, "handler");
        if (max < 1) {
            throw new IllegalArgumentException("max is less than 1: " + max);
        }
        core.enter(RECEIVE);
        try {
            batch.begin();
        } finally {
            core.exit();
        }
        int received = 0;
        try {
            Frame frame = nextFrame(timeout, received, max);
            while (frame != null) {
                received++;
                // A batch never ends within a message, whose rest has arrived already.
                boolean more = received < max || frame.hasMore();
                taker.accept(frame);
                frame = more ? nextFrame(timeout, received, max) : null;
            }
        } finally {
            batch.end();
        }
        return received;
    }

    /**
     * Returns the next frame of a batch, or null if there is none; waits for the first. This is a
     * call of its own, because the handler may use the socket between two frames.
     */
    private Frame nextFrame(long timeout, int received, int max) {
        core.enter(RECEIVE);
        try {
            dropRest();
            if (frames.isEmpty() && !receiveFrames(timeout, received, max)) {
                return null;
            }
            Frame frame = frames.take();
            refuseConflatedParts(frame.slot);
            return frame;
        } finally {
            core.exit();
        }
    }

    /**
     * Receives what is there into the buffer; waits if the batch has no frame yet. Returns whether
     * there is one. An error after the first frame just ends the batch, and the next call throws.
     */
    private boolean receiveFrames(long timeout, int received, int max) {
        boolean stream = backoff.isStream();
        if (frames.ranOut()) {
            if (received > 0 && received < max) {
                return false;
            }
            if (stream && timeout != Timeout.NOT && core.dontWait == 0) {
                // A single receive does the same after a call that found nothing.
                backoff.pause();
            }
        }
        int wanted = Math.max(1, max - received);
        MemorySegment slot = frames.prepare(wanted);
        boolean many = wanted > 1 && !poisoned && mayTakeMany();
        if (many && (received > 0 || stream)) {
            backoff.count(frames.fill(handle, wanted));
        } else if (received > 0 && !poisoned) {
            return addOne(TransferCalls.receivePlain(slot, handle, DONTWAIT));
        }
        return !frames.isEmpty() || (received == 0 && addOne(transfer(slot, timeout)));
    }

    /**
     * Returns whether one call may receive many frames. A conflating queue must not be read ahead,
     * since it replaces what it holds, nor a manual XPUB, whose next call answers the message that
     * libzmq handed out last. Nor a thread-safe socket, whose other threads would miss the frames.
     */
    private boolean mayTakeMany() {
        return ReceiveBuffer.MANY
                && !core.conflate
                && core.type != SocketTraits.XPUB
                && !core.type.isThreadSafe();
    }

    private boolean addOne(int size) {
        if (size >= 0) {
            frames.addOne(size);
        }
        return size >= 0;
    }

    private boolean receiveFrame(Frame message, long timeout) {
        MemorySegment slot = Objects.requireNonNull(message, "message").beginReceive();
        int size = -1;
        try {
            size = transfer(slot, timeout);
        } finally {
            if (size < 0) {
                message.markNotReceived();
            }
        }
        if (size >= 0) {
            message.markReceived(size);
        }
        return size >= 0;
    }

    /**
     * Receives a frame into the slot; makes a single native call if there is one. Returns its size,
     * clipped to an int, or a negative number when the time is over.
     */
    private int transfer(MemorySegment slot, long timeout) {
        if (poisoned) {
            throw conflatedPartsFailure();
        }
        int size = frames.isEmpty() ? transferNative(slot, timeout) : frames.moveInto(slot);
        if (size >= 0) {
            refuseConflatedParts(slot);
        }
        return size;
    }

    private int transferNative(MemorySegment slot, long timeout) {
        if (timeout == Timeout.FOREVER) {
            int flag = core.dontWait | backoff.flag();
            // This call captures no errno. If it fails, the retry makes it again and does.
            int size = TransferCalls.receivePlain(slot, handle, flag);
            if (size < 0 && flag != 0 && pauseInStream()) {
                size = TransferCalls.receivePlain(slot, handle, DONTWAIT);
            }
            return size < 0 ? retry(EINTR, slot, timeout, 0) : count(size, flag);
        }
        int result = TransferCalls.receive(capture, slot, handle, DONTWAIT);
        if (result == EAGAIN && timeout != Timeout.NOT && pauseInStream()) {
            result = TransferCalls.receive(capture, slot, handle, DONTWAIT);
        }
        return result < 0 ? retry(result, slot, timeout, 0) : count(result, DONTWAIT);
    }

    /** Pauses and returns true if frames come in a stream; a virtual thread does so elsewhere. */
    private boolean pauseInStream() {
        return core.dontWait == 0 && backoff.pause();
    }

    /** Counts a frame that needed no wait, as a call with DONTWAIT proves. Returns its size. */
    private int count(int size, int flag) {
        if (flag != 0) {
            backoff.count(1);
        }
        return size;
    }

    @Override
    int call(MemorySegment slot, int flags) {
        return TransferCalls.receive(capture, slot, handle, flags);
    }

    /**
     * Throws if a conflating queue gave a frame that announces more. Such a queue keeps single
     * frames, but libzmq asserts that the next frame is there, and ends the process if it is not:
     * this socket must not receive again.
     */
    private void refuseConflatedParts(MemorySegment slot) {
        if (core.conflate && MessageCalls.more(slot) != 0) {
            poisoned = true;
            throw conflatedPartsFailure();
        }
    }

    private ProtocolStateException conflatedPartsFailure() {
        return new ProtocolStateException(
                RECEIVE,
                "",
                "receive on "
                        + core.name
                        + ": a peer sent a message of several frames to a socket with"
                        + " ZMQ_CONFLATE, which libzmq cannot receive: close the socket, and send"
                        + " single frames to it");
    }
}
