// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static io.panamq.bindings.calls.Constants.DONTWAIT;
import static io.panamq.bindings.calls.Constants.EAGAIN;
import static io.panamq.bindings.calls.Constants.EINTR;
import static io.panamq.bindings.calls.Constants.RCVTIMEO;

import io.panamq.bindings.calls.MessageCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.TransferCalls;
import io.panamq.error.ProtocolStateException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.Consumer;

/** The receiving half of a socket. Returns false when the time is over, and throws on errors. */
public final class Incoming extends SocketHalf {
    private static final String RECEIVE = "receive";

    private final ReceiveBatch batch;
    private final ReceiveBuffer frames;
    private final StreamBackoff pace = new StreamBackoff();
    private boolean poisoned;

    /** Of a message that is received whole some frames are still to come, or to be dropped. */
    private boolean torn;

    public Incoming(SocketCore core, FrameFactory factory) {
        super(core, RCVTIMEO, RECEIVE);
        this.batch = core.batch;
        this.frames = batch.frames;
        frames.makeWith(factory);
    }

    public boolean receive(Frame message, long timeout) {
        core.enter(RECEIVE);
        try {
            if (torn) {
                dropRest();
            }
            return receiveFrame(message, timeout);
        } finally {
            core.exit();
        }
    }

    /** A copy of one frame, or null when the time is over. */
    public byte[] receiveBytes(long timeout) {
        core.enter(RECEIVE);
        try {
            if (torn) {
                dropRest();
            }
            MessageCalls.init(scratch);
            try {
                int size = transfer(scratch, timeout);
                if (size < 0) {
                    return null;
                }
                if (core.conflate && MessageCalls.more(scratch) != 0) {
                    refuseConflatedParts();
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

    /** All frames of one message, or none. */
    public boolean receive(FrameSequence multipart, long timeout) {
        core.enter(RECEIVE);
        try {
            if (torn) {
                dropRest();
            }
            return receiveAll(multipart, timeout);
        } catch (RuntimeException | Error e) {
            try {
                multipart.dropFrames();
            } finally {
                dropRest(); // or the next receive does it
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
            // They have arrived together, so this does not wait.
            receiveFrame(frame, Timeout.FOREVER);
            torn = frame.hasMore();
        }
        return true;
    }

    /**
     * A receive of all frames failed after some of them, as for want of memory: the others must not
     * pass for a message. Allocates nothing, nor does it use what nothing else here does.
     */
    private void dropRest() {
        while (torn) {
            MessageCalls.init(scratch);
            try {
                int size = frames.isEmpty() ? EINTR : frames.moveInto(scratch);
                while (size == EINTR) {
                    size = TransferCalls.receive(capture, scratch, handle, DONTWAIT);
                }
                // Otherwise the context ends.
                torn = size >= 0 && MessageCalls.more(scratch) != 0;
            } finally {
                MessageCalls.close(scratch);
            }
        }
    }

    /** Waits for the first frame only. Returns how many the handler got. */
    public int receiveBatch(Consumer<?> handler, int max, long timeout) {
        @SuppressWarnings("unchecked") // it takes what the factory makes
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
                // Never the half of a message. The rest of it has arrived with its start.
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
     * The handler may use the socket, so each frame is a call of its own. Waits for the first; null
     * if there is none.
     */
    private Frame nextFrame(long timeout, int received, int max) {
        core.enter(RECEIVE);
        try {
            if (torn) {
                dropRest();
            }
            if (frames.isEmpty() && !receiveFrames(timeout, received, max)) {
                return null;
            }
            Frame frame = frames.take();
            if (core.conflate && frame.hasMore()) {
                refuseConflatedParts();
            }
            return frame;
        } finally {
            core.exit();
        }
    }

    /**
     * Takes what is there; if it is to be the first, waits for it. Whatever keeps others away ends
     * the batch; the next call tells if it is an error.
     */
    private boolean receiveFrames(long timeout, int received, int max) {
        boolean stream = pace.isStream();
        if (frames.ranOut()) {
            if (received > 0 && received < max) {
                return false;
            }
            if (stream && timeout != Timeout.NOT && core.dontWait == 0) {
                // As a single receive would, after the one that found nothing.
                pace.pause();
            }
        }
        int wanted = Math.max(1, max - received);
        MemorySegment slot = frames.prepare(wanted);
        boolean many = wanted > 1 && !poisoned && mayTakeMany();
        if (many && (received > 0 || stream)) {
            pace.arrived(frames.fill(handle, wanted));
        } else if (received > 0 && !poisoned) {
            return addOne(TransferCalls.receivePlain(slot, handle, DONTWAIT));
        }
        return !frames.isEmpty() || (received == 0 && addOne(transfer(slot, timeout)));
    }

    /**
     * Returns whether one call may receive many. What a conflating queue holds may still be
     * replaced, and a manual XPUB answers the message that libzmq handed out last.
     */
    private boolean mayTakeMany() {
        return ReceiveBuffer.MANY && !core.conflate && core.type != SocketTraits.XPUB;
    }

    private boolean addOne(int size) {
        if (size >= 0) {
            frames.addOne(size);
        }
        return size >= 0;
    }

    private boolean receiveFrame(Frame message, long timeout) {
        MemorySegment slot = message.beginReceive();
        boolean received = false;
        int size = -1;
        try {
            size = transfer(slot, timeout);
            if (size >= 0) {
                if (core.conflate && MessageCalls.more(slot) != 0) {
                    refuseConflatedParts();
                }
                received = true;
            }
        } finally {
            if (!received) {
                message.markNotReceived();
            }
        }
        if (received) {
            message.markReceived(size);
        }
        return received;
    }

    /** One downcall when there is a frame; negative when the time is over. */
    private int transfer(MemorySegment slot, long timeout) {
        if (poisoned) {
            throw poison();
        }
        if (!frames.isEmpty()) {
            return frames.moveInto(slot);
        }
        if (timeout == Timeout.FOREVER) {
            int flag = core.dontWait | pace.flag();
            // Why it failed is asked by the retry, which is the same call again.
            int size = TransferCalls.receivePlain(slot, handle, flag);
            if (size < 0 && flag != 0 && isStream()) {
                size = TransferCalls.receivePlain(slot, handle, DONTWAIT);
            }
            return size < 0 ? retry(EINTR, slot, timeout, 0) : arrived(size, flag);
        }
        int result = TransferCalls.receive(capture, slot, handle, DONTWAIT);
        if (result == EAGAIN && timeout != Timeout.NOT && isStream()) {
            result = TransferCalls.receive(capture, slot, handle, DONTWAIT);
        }
        return result < 0 ? retry(result, slot, timeout, 0) : arrived(result, DONTWAIT);
    }

    /** Nothing was there: whether to look again. A virtual thread has its own way to wait. */
    private boolean isStream() {
        return core.dontWait == 0 && pace.pause();
    }

    private int arrived(int size, int flag) {
        pace.arrived(flag);
        return size;
    }

    @Override
    int call(MemorySegment slot, int flags) {
        return TransferCalls.receive(capture, slot, handle, flags);
    }

    /**
     * A conflating queue keeps single frames. After one that announces more, libzmq asserts that
     * the next is there, and ends the process when it is not: this socket must not ask again.
     */
    private void refuseConflatedParts() {
        poisoned = true;
        throw poison();
    }

    private ProtocolStateException poison() {
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
