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
import io.panamq.bindings.calls.MessageProperties;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.TransferCalls;
import io.panamq.error.Errno;
import io.panamq.error.ProtocolStateException;
import io.panamq.internal.memory.ReleaseThread;
import io.panamq.internal.memory.WrappableMemory;
import io.panamq.internal.memory.WrappedMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The sending half of a socket. */
public final class Outgoing extends SocketHalf implements SendPath {
    private static final String SEND = "send";

    private final boolean needsRoutingId;

    /** Whether sends and receives alternate. */
    private final boolean takesTurns;

    /** Whether what is sent may be a subscription that is too long for the loaded library. */
    private final boolean limited;

    private SendBatch batch;

    /** Whether a send waits for room. */
    private volatile boolean waiting;

    /** The size in bytes from which segments are shared and not copied. */
    long shareFrom = Long.MAX_VALUE;

    private final boolean needsPeer;
    private final boolean datagrams;
    private final boolean radio;

    Outgoing(SocketCore core) {
        super(core, SNDTIMEO, SEND);
        this.needsRoutingId = core.type.needsRoutingId();
        this.needsPeer = core.type.hasPeerProperty();
        this.datagrams = core.type == SocketTraits.DGRAM;
        this.radio = core.type == SocketTraits.RADIO;
        this.limited = core.type == SocketTraits.XSUB && SubscriptionLimit.applies();
        this.takesTurns = core.type == SocketTraits.REQ || core.type == SocketTraits.REP;
    }

    @Override
    public long timeout() {
        return core.sendTimeout;
    }

    @Override
    public void shareFrom(long bytes) {
        checkShareFrom(bytes);
        core.enter("shareFrom");
        shareFrom = bytes;
        core.exit();
    }

    static void checkShareFrom(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("the share threshold is negative: " + bytes);
        }
    }

    @Override
    public boolean attempt(Frame message, long timeout) {
        core.enter(SEND);
        try {
            refuseBeforeReceive();
            refuseLoneFrame();
            return move(ready(message, true), timeout, 0);
        } finally {
            core.exit();
        }
    }

    @Override
    public boolean send(byte[] content, long timeout) {
        Objects.requireNonNull(content, "content");
        core.enter(SEND);
        try {
            refuseBeforeReceive();
            refuseLoneFrame();
            refuseBare(content.length);
            if (limited && content.length > 0) {
                checkSubscription(content[0], content.length);
            }
            NativeMemory.copyTo(content, allocate(content.length));
            return transferScratch(timeout);
        } finally {
            core.exit();
        }
    }

    @Override
    public boolean send(MemorySegment content, long timeout) {
        Objects.requireNonNull(content, "content");
        core.enter(SEND);
        try {
            refuseBeforeReceive();
            refuseLoneFrame();
            refuseBare(content.byteSize());
            if (limited && content.byteSize() > 0) {
                checkSubscription(content.get(ValueLayout.JAVA_BYTE, 0), content.byteSize());
            }
            if (content.byteSize() >= shareFrom && share(content)) {
                return transferScratch(timeout);
            }
            long copy = allocate(content.byteSize());
            try {
                // Java copies, and throws if a mapped file was truncated; C would crash.
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

    /** Sends all frames or none: checks all of them before it sends the first. */
    @Override
    public boolean attempt(FrameSequence multipart, long timeout) {
        core.enter(SEND);
        try {
            refuseBeforeReceive();
            Frame[] frames = multipart.beginSend(core);
            int last = frames.length - 1;
            if (last == 0) {
                refuseLoneFrame();
            }
            for (Frame frame : frames) {
                Frame ignored = ready(frame, frame == frames[0]);
            }
            if (datagrams) {
                Datagrams.check(core, frames);
            }
            if (core.type == SocketTraits.ROUTER && frames[0].isDecodedId()) {
                throw new IllegalArgumentException(
                        core.name
                                + ": the routing id was received as text, which has lost bytes of"
                                + " it, so libzmq would drop the message: receive ids as bytes or"
                                + " Messages");
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
                multipart.dropFrames();
            }
            return true;
        } finally {
            core.exit();
        }
    }

    @Override
    public int sendBatch(List<? extends Frame> messages, long timeout) {
        Objects.requireNonNull(messages, "messages");
        core.enter(SEND);
        try {
            refuseBeforeReceive();
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
                if (moved < next) {
                    // The next one is sent alone, which waits, or throws if there is an error.
                    if (!move(ready(messages.get(sent), true), time.left(), 0)) {
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

    /** Sends messages in one native call, without waiting; returns how many. */
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
                batch.add(ready(messages.get(i), true));
            }
            sent = batch.send(handle);
        } finally {
            batch.end(sent);
        }
        return sent;
    }

    /**
     * Returns the message, after replacing mapped content that libzmq may read by a copy: reading a
     * file that was truncated ends the process. What only the kernel reads, for tcp and ipc, is
     * safe. A list may give another message each time, so each one that it gives needs this.
     */
    private Frame ready(Frame message, boolean first) {
        Objects.requireNonNull(message, "message");
        if (needsPeer && PeerProperties.routingId(message) == 0) {
            throw noPeer();
        }
        if (radio && core.usesUdp()) {
            int group = PeerProperties.group(message).getBytes(StandardCharsets.UTF_8).length;
            Datagrams.checkSize(core, message.contentSize(), 1 + group);
        }
        if (limited) {
            message.checkContent();
            long size = MessageProperties.size(message.slot);
            if (size > 0) {
                checkSubscription(NativeMemory.getByte(MessageCalls.data(message.slot)), size);
            }
        }
        if (message.isMapped()) {
            message.checkContent();
            if (core.readsContent
                    || core.type == SocketTraits.XSUB
                    || (first && core.type.readsFirstFrame())
                    || !NativeLibrary.isHardened("wrapped")) {
                message.copyMapped(scratch);
            }
        }
        return message;
    }

    /** Moves the message to libzmq, or leaves it as it is and returns false. */
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

    /** Makes the scratch slot a message over this memory; returns false if that is not safe. */
    private boolean share(MemorySegment content) {
        return content.isNative()
                && !content.isMapped()
                && content.address() != 0
                && WrappableMemory.isPermanent(content)
                && ReleaseThread.wrap(scratch, new WrappedMemory(content, null, null));
    }

    /** Makes the scratch slot a message of this size in bytes; returns the content's address. */
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

    /** Sends what the slot holds; makes a single native call if there is room. */
    private boolean transfer(MemorySegment slot, long timeout, int more) {
        if (timeout == Timeout.FOREVER && !datagrams) {
            // This call captures no errno. If it fails, the retry makes it again and does.
            return TransferCalls.sendPlain(slot, handle, more | core.dontWaitFirst) >= 0
                    || waitForRoom(EINTR, slot, timeout, more);
        }
        int result = call(slot, more | DONTWAIT);
        return result >= 0 || waitForRoom(result, slot, timeout, more);
    }

    private boolean waitForRoom(int first, MemorySegment slot, long timeout, int more) {
        waiting = timeout != Timeout.NOT;
        try {
            return retry(first, slot, timeout, more) >= 0;
        } finally {
            waiting = false;
        }
    }

    /** Returns whether a send waits for room. Any thread may ask. */
    boolean isWaiting() {
        return waiting;
    }

    @Override
    int call(MemorySegment slot, int flags) {
        return datagrams
                ? Datagrams.sendCopy(core, slot, scratch, flags)
                : TransferCalls.send(capture, slot, handle, flags);
    }

    /**
     * Moves a later frame of a message. This does not wait, because libzmq has accepted the first.
     * Returns false only if the peer of a PAIR has just gone, and the first frames with it: then
     * the rest must not go to the next peer as if it were a message.
     */
    private boolean finish(Frame message, int more) {
        MemorySegment slot = message.beginSend();
        int result = EINTR;
        try {
            result = finish(slot, more);
        } finally {
            if (result < 0) {
                message.markNotSent();
            }
        }
        if (result >= 0) {
            message.markSent();
        } else if (result != EAGAIN || datagrams) {
            throw core.failure(result, SEND, "");
        }
        return result >= 0;
    }

    private int finish(MemorySegment slot, int more) {
        int flags = core.type == SocketTraits.PAIR ? more | DONTWAIT : more;
        int result = EINTR;
        while (result == EINTR) {
            result = call(slot, flags);
        }
        return result;
    }

    // ---- for a Forwarder, within a call

    /** Returns whether the first frame of each message must be a routing id, and not the last. */
    boolean needsRoutingId() {
        return needsRoutingId;
    }

    /**
     * Sends the first frame of a message, without waiting. Returns 0 or more, and the slot is empty
     * then; otherwise the negated error number. A frame without the routing id that it needs, which
     * libzmq would drop silently, has no peer.
     */
    int offer(MemorySegment slot, boolean more) {
        if (needsRoutingId && !more) {
            return -Errno.EHOSTUNREACH.number();
        }
        int flags = more ? DONTWAIT | SNDMORE : DONTWAIT;
        int result = EINTR;
        while (result == EINTR) {
            result = TransferCalls.send(capture, slot, handle, flags);
        }
        return result;
    }

    /** Sends a later frame of a message. Returns false as {@link #finish(Frame, int)} does. */
    boolean offerRest(MemorySegment slot, boolean more) {
        int result = finish(slot, more ? SNDMORE : 0);
        if (result < 0 && result != EAGAIN) {
            throw core.failure(result, SEND, "");
        }
        return result >= 0;
    }

    /**
     * Throws if a REQ or REP has a frame that was too large for the segment, or that a batch left
     * behind. libzmq takes it for received and would let the next send pass, and then the next
     * receive would return the reply to another request.
     */
    private void refuseBeforeReceive() {
        if (takesTurns && core.hasLeftovers()) {
            throw new ProtocolStateException(
                    SEND,
                    "",
                    "send on "
                            + core.name
                            + ": the last message was not received, because it was too large or a"
                            + " batch ended within it: receive it first");
        }
    }

    /** Throws if content without properties cannot be sent, or not in a datagram. */
    private void refuseBare(long bytes) {
        if (needsPeer) {
            throw noPeer();
        }
        if (radio && core.usesUdp()) {
            Datagrams.checkSize(core, bytes, 1);
        }
    }

    private IllegalArgumentException noPeer() {
        return new IllegalArgumentException(
                core.name + " needs the routing id of a peer: call send(message, routingId)");
    }

    /** Throws if a frame of an XSUB is a subscription that the loaded library would not survive. */
    private void checkSubscription(byte first, long size) {
        if (first == 0 || first == 1) {
            SubscriptionLimit.check(SEND, core.name, size - 1);
        }
    }

    private void refuseLoneFrame() {
        if (datagrams) {
            throw new IllegalArgumentException(
                    core.name
                            + " sends two frames: send Multipart.of(address, content), with an"
                            + " address such as 127.0.0.1:5555");
        }
        if (needsRoutingId) {
            throw new IllegalArgumentException(
                    core.name
                            + " needs the peer's routing id as the first of two or more frames: send"
                            + " a Multipart (libzmq would drop this frame silently)");
        }
    }
}
