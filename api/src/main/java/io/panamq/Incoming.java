// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.MessageCalls;
import io.panamq.bindings.NativeMemory;
import io.panamq.bindings.TransferCalls;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.Consumer;

/** The receiving half of a socket. Returns false when the time is over, and throws on errors. */
final class Incoming {
    static final int RCVTIMEO = 27;
    private static final String RECEIVE = "receive";
    private static final int DONTWAIT = 1;

    private static final int EAGAIN = -Errno.EAGAIN.number();
    private static final int EINTR = -Errno.EINTR.number();

    private final SocketCore core;
    private final MemorySegment handle;
    private final MemorySegment capture;
    private final Waiting waiting;
    private final MemorySegment scratch = NativeMemory.scratchSlot();
    private final Batch batch;
    private final Ahead ahead;
    private final Pace pace = new Pace();
    private boolean poisoned;

    Incoming(SocketCore core) {
        this.core = core;
        this.handle = core.handle;
        this.capture = core.capture;
        this.batch = core.batch;
        this.ahead = batch.ahead;
        this.waiting = new Waiting(core, RCVTIMEO, RECEIVE);
    }

    boolean receive(Message message, long timeout) {
        core.enter(RECEIVE);
        try {
            return receiveFrame(message, timeout);
        } finally {
            core.exit();
        }
    }

    /** A copy of one frame, or null when the time is over. */
    byte[] receiveBytes(long timeout) {
        core.enter(RECEIVE);
        try {
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
    boolean receive(Multipart multipart, long timeout) {
        core.enter(RECEIVE);
        try {
            multipart.beginReceive();
            Message frame = multipart.nextFrame();
            if (!receiveFrame(frame, timeout)) {
                multipart.clear();
                return false;
            }
            while (frame.more()) {
                frame = multipart.nextFrame();
                // They have arrived together, so this does not wait.
                receiveFrame(frame, Waiting.FOREVER);
            }
            return true;
        } catch (RuntimeException e) {
            multipart.clear();
            throw e;
        } finally {
            core.exit();
        }
    }

    /** Waits for the first frame only. Returns how many the handler got. */
    int receiveBatch(Consumer<? super Message> handler, int max, long timeout) {
        Objects.requireNonNull(handler, "handler");
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
            boolean more = true;
            while (more) {
                Message frame = batch.next();
                int wanted = received == 0 ? 0 : Math.max(1, max - received);
                if (!receiveInto(frame, timeout, wanted)) {
                    break;
                }
                received++;
                // Never the half of a message. The rest of it has arrived with its start.
                more = received < max || frame.more();
                handler.accept(frame);
            }
        } finally {
            batch.end();
        }
        return received;
    }

    /**
     * The handler may use the socket, so each frame is a call of its own. Waits for the first, of
     * which none is wanted yet.
     */
    private boolean receiveInto(Message frame, long timeout, int wanted) {
        core.enter(RECEIVE);
        try {
            MemorySegment slot = frame.batchSlot();
            int size = wanted == 0 ? transfer(slot, timeout) : transferNow(slot, wanted);
            if (size < 0) {
                return false;
            }
            frame.received(size);
            if (core.conflate && frame.more()) {
                refuseConflatedParts();
            }
            return true;
        } finally {
            core.exit();
        }
    }

    private boolean receiveFrame(Message message, long timeout) {
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
                message.notReceived();
            }
        }
        if (received) {
            message.received(size);
        }
        return received;
    }

    /** One downcall when there is a frame; negative when the time is over. */
    private int transfer(MemorySegment slot, long timeout) {
        if (poisoned) {
            throw poison();
        }
        if (!ahead.isEmpty()) {
            return ahead.moveInto(slot);
        }
        if (timeout == Waiting.FOREVER) {
            int flag = core.dontWait | pace.flag();
            // Why it failed is asked by the retry, which is the same call again.
            int size = TransferCalls.receivePlain(slot, handle, flag);
            if (size < 0 && flag != 0 && isStream()) {
                size = TransferCalls.receivePlain(slot, handle, DONTWAIT);
            }
            return size < 0 ? retry(EINTR, slot, timeout) : arrived(size, flag);
        }
        int result = TransferCalls.receive(capture, slot, handle, DONTWAIT);
        if (result == EAGAIN && timeout != Waiting.NOT && isStream()) {
            result = TransferCalls.receive(capture, slot, handle, DONTWAIT);
        }
        return result < 0 ? retry(result, slot, timeout) : arrived(result, DONTWAIT);
    }

    /** Nothing was there: whether to look again. A virtual thread has its own way to wait. */
    private boolean isStream() {
        return core.dontWait == 0 && pace.pause();
    }

    private int arrived(int size, int flag) {
        pace.arrived(flag);
        return size;
    }

    /**
     * The next frame of a batch of which so many are wanted. Whatever keeps it away ends the batch;
     * the next call tells if it is an error.
     */
    private int transferNow(MemorySegment slot, int wanted) {
        if (ahead.isEmpty()) {
            if (poisoned) {
                return EAGAIN;
            }
            if (wanted == 1 || !Ahead.suits(core)) {
                return TransferCalls.receivePlain(slot, handle, DONTWAIT);
            }
            pace.arrived(ahead.fill(handle, wanted));
        }
        return ahead.isEmpty() ? EAGAIN : ahead.moveInto(slot);
    }

    private int retry(int first, MemorySegment slot, long timeout) {
        int result = first;
        waiting.begin(timeout);
        while (result == EAGAIN || result == EINTR) {
            if (timeout == Waiting.NOT) {
                if (result == EAGAIN) {
                    return result;
                }
                result = TransferCalls.receive(capture, slot, handle, DONTWAIT);
            } else if (!waiting.next(timeout, result == EAGAIN)) {
                return EAGAIN;
            } else {
                result = TransferCalls.receive(capture, slot, handle, core.dontWait);
            }
        }
        if (result < 0) {
            throw core.failure(result, RECEIVE, "");
        }
        return result;
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
        Errno errno = Errno.EFSM;
        return new ProtocolStateException(
                errno,
                errno.number(),
                RECEIVE,
                "",
                "receive on "
                        + core.name
                        + ": a peer sent a message of several frames to a socket with"
                        + " ZMQ_CONFLATE, which libzmq cannot receive: close the socket, and send"
                        + " single frames to it");
    }
}
