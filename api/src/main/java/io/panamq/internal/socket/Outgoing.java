// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static io.panamq.bindings.calls.Constants.DONTWAIT;
import static io.panamq.bindings.calls.Constants.EAGAIN;
import static io.panamq.bindings.calls.Constants.EINTR;
import static io.panamq.bindings.calls.Constants.SNDMORE;
import static io.panamq.bindings.calls.Constants.SNDTIMEO;

import io.panamq.bindings.NativeLibrary;
import io.panamq.bindings.calls.BatchCalls;
import io.panamq.bindings.calls.MessageCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.TransferCalls;
import io.panamq.error.Errno;
import io.panamq.internal.memory.ReleaseThread;
import io.panamq.internal.memory.WrappableMemory;
import io.panamq.internal.memory.WrappedMemory;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/** The sending half of a socket. Returns false when the time is over, and throws on errors. */
public final class Outgoing extends SocketHalf {
    private static final String SEND = "send";

    private final boolean needsRoutingId;
    private SendBatch batch;

    /** For other threads that have a turn after this one's. */
    private volatile boolean waits;

    /** From this size on a segment is shared where possible; see Sender. */
    public long shareFrom = Long.MAX_VALUE;

    Outgoing(SocketCore core) {
        super(core, SNDTIMEO, SEND);
        this.needsRoutingId = core.type.needsRoutingId();
    }

    public boolean send(Frame message, long timeout) {
        core.enter(SEND);
        try {
            refuseLoneFrame();
            return move(ready(message), timeout, 0);
        } finally {
            core.exit();
        }
    }

    public boolean send(byte[] content, long timeout) {
        Objects.requireNonNull(content, "content");
        core.enter(SEND);
        try {
            refuseLoneFrame();
            NativeMemory.copyTo(content, allocate(content.length));
            return transferScratch(timeout);
        } finally {
            core.exit();
        }
    }

    public boolean send(MemorySegment content, long timeout) {
        Objects.requireNonNull(content, "content");
        core.enter(SEND);
        try {
            refuseLoneFrame();
            if (content.byteSize() >= shareFrom && share(content)) {
                return transferScratch(timeout);
            }
            long copy = allocate(content.byteSize());
            try {
                // Copied by Java, not by C: a mapped file that was cut short throws here.
                NativeMemory.copyTo(content, 0, copy, content.byteSize());
            } catch (RuntimeException | Error e) {
                MessageCalls.close(scratch);
                throw e;
            }
            return transferScratch(timeout);
        } finally {
            core.exit();
        }
    }

    /** All frames or none: checked before the first is handed over, and then seen through. */
    public boolean send(FrameSequence multipart, long timeout) {
        core.enter(SEND);
        try {
            Frame[] frames = multipart.beginSend(core);
            int last = frames.length - 1;
            if (last == 0) {
                refuseLoneFrame();
            }
            for (Frame frame : frames) {
                if (frame.isMapped()) {
                    copyIfRead(frame, frame == frames[0]);
                }
            }
            if (!move(frames[0], timeout, last == 0 ? 0 : SNDMORE)) {
                return false;
            }
            try {
                int next = 1;
                while (next <= last && finish(frames[next], next == last ? 0 : SNDMORE)) {
                    next++;
                }
            } finally {
                multipart.markSent();
            }
            return true;
        } finally {
            core.exit();
        }
    }

    /** Returns how many were moved. */
    public int sendBatch(List<? extends Frame> messages, long timeout) {
        core.enter(SEND);
        try {
            refuseLoneFrame();
            int count = messages.size();
            for (int i = 0; i < count; i++) {
                messages.get(i).checkContent();
            }
            CallDeadline time = new CallDeadline(timeout);
            int sent = 0;
            while (sent < count) {
                int next = Math.min(count - sent, SendBatch.MOST);
                int moved = moveMany(messages, sent, next);
                sent += moved;
                // What keeps the next one back is found out by sending it alone.
                if (moved < next) {
                    if (!move(ready(messages.get(sent)), time.left(), 0)) {
                        return sent;
                    }
                    sent++;
                }
            }
            return count;
        } finally {
            core.exit();
        }
    }

    /** Without waiting, in one call; returns how many it moved. */
    private int moveMany(List<? extends Frame> messages, int first, int count) {
        if (count == 1 || !BatchCalls.isPresent()) {
            return 0;
        }
        if (batch == null) {
            batch = new SendBatch();
        }
        int sent = 0;
        batch.begin();
        try {
            for (int i = first; i < first + count; i++) {
                batch.add(ready(messages.get(i)));
            }
            sent = batch.send(handle);
        } finally {
            batch.end(sent);
        }
        return sent;
    }

    /** A list may give another message each time it is asked: each is looked at before its send. */
    private Frame ready(Frame message) {
        if (message.isMapped()) {
            copyIfRead(message, true);
        }
        return message;
    }

    /** Moves the message to libzmq, or leaves it as it is. */
    private boolean move(Frame message, long timeout, int more) {
        MemorySegment slot = message.beginSend();
        boolean moved = false;
        try {
            moved = transfer(slot, timeout, more);
        } finally {
            if (!moved) {
                message.markNotSent();
            }
        }
        if (moved) {
            message.markSent();
        }
        return moved;
    }

    /**
     * A mapped file that is cut ends the process if libzmq reads it: then it gets a copy, before
     * the first frame is sent. What the kernel reads for tcp and ipc is safe.
     */
    private void copyIfRead(Frame message, boolean first) {
        message.checkContent();
        if (core.readsContent
                || core.type == SocketTraits.XSUB
                || (first && core.type.readsFirstFrame())
                || !NativeLibrary.isHardened("wrapped")) {
            message.copyMapped(scratch);
        }
    }

    /** Makes the scratch a message over this memory, if that is safe. */
    private boolean share(MemorySegment content) {
        return content.isNative()
                && !content.isMapped()
                && content.address() != 0
                && WrappableMemory.isPermanent(content)
                && ReleaseThread.wrap(scratch, new WrappedMemory(content, null, null));
    }

    /** Makes the scratch a message; where its content lies. */
    private long allocate(long size) {
        long address = MessageCalls.allocate(scratch, size);
        if (address == 0) {
            throw core.failure(Errno.ENOMEM, SEND, "");
        }
        return address;
    }

    private boolean transferScratch(long timeout) {
        boolean sent = false;
        try {
            sent = transfer(scratch, timeout, 0);
        } finally {
            if (!sent) {
                MessageCalls.close(scratch);
            }
        }
        return sent;
    }

    /** One downcall when there is room. */
    private boolean transfer(MemorySegment slot, long timeout, int more) {
        if (timeout == Timeout.FOREVER) {
            // Why it failed is asked by the retry, which is the same call again.
            return TransferCalls.sendPlain(slot, handle, more | core.dontWaitFirst) >= 0
                    || waitForRoom(EINTR, slot, timeout, more);
        }
        int result = TransferCalls.send(capture, slot, handle, more | DONTWAIT);
        return result >= 0 || waitForRoom(result, slot, timeout, more);
    }

    private boolean waitForRoom(int first, MemorySegment slot, long timeout, int more) {
        waits = timeout != Timeout.NOT;
        try {
            return retry(first, slot, timeout, more) >= 0;
        } finally {
            waits = false;
        }
    }

    /** Whether its thread waits for room; from any thread. */
    boolean waits() {
        return waits;
    }

    @Override
    int call(MemorySegment slot, int flags) {
        return TransferCalls.send(capture, slot, handle, flags);
    }

    /**
     * Moves a later frame. libzmq has accepted the message, so this does not wait for room. It is
     * refused only if the one peer of a PAIR has just gone, and the first frames with it: then the
     * rest must not go to the next peer as if it were a message.
     */
    private boolean finish(Frame message, int more) {
        MemorySegment slot = message.beginSend();
        int flags = core.type == SocketTraits.PAIR ? more | DONTWAIT : more;
        int result = EINTR;
        try {
            while (result == EINTR) {
                result = TransferCalls.send(capture, slot, handle, flags);
            }
        } finally {
            message.markNotSent();
        }
        if (result >= 0) {
            message.markSent();
        } else if (result != EAGAIN) {
            throw core.failure(result, SEND, "");
        }
        return result >= 0;
    }

    private void refuseLoneFrame() {
        if (needsRoutingId) {
            throw new IllegalArgumentException(
                    core.name
                            + " needs the peer's routing id as the first of two or more frames: send"
                            + " a Multipart (libzmq would drop this frame silently)");
        }
    }
}
