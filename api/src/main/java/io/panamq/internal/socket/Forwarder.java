// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static io.panamq.bindings.calls.Constants.EAGAIN;

import io.panamq.bindings.calls.ForwardCalls;
import io.panamq.bindings.calls.MessageCalls;
import io.panamq.bindings.calls.MessageProperties;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.error.Errno;
import java.lang.foreign.MemorySegment;

/**
 * Forwards messages from one socket to another, without waiting and without a copy. A message for
 * which there is no room stays in the socket that it came from, where the next receive gets it, so
 * no end of the forwarder loses it. libzmq accepts a whole message with its first frame, and has
 * all frames of a message when it hands out the first: so only the first frame can be refused.
 *
 * <p>One thread at a time forwards; any thread may read the counters.
 */
public final class Forwarder {
    /** What must come before more can be forwarded. */
    public enum Need {
        /** Nothing: there may be more. */
        NOTHING,
        /** A message from the source. */
        MESSAGE,
        /** Room for it in the target. */
        ROOM,
        /** Room for its copy in the capture socket. */
        CAPTURE_ROOM
    }

    /** The number of messages after which others have their turn. */
    private static final int BURST = 1000;

    private static final String FORWARD = "forward";
    private static final int EFSM = -Errno.EFSM.number();
    private static final int EHOSTUNREACH = -Errno.EHOSTUNREACH.number();

    private final Incoming source;
    private final Outgoing target;

    /** Null if nothing is captured. */
    private CaptureCopies capture;

    /** Empty between two frames. */
    private final MemorySegment hand = NativeMemory.scratchSlot();

    /** Whether one native call forwards many messages. */
    private final boolean many;

    /** Whether the target takes messages of one frame: 1 or 0. */
    private final int alone;

    private final MemorySegment totals = NativeMemory.longs(2);

    /** The counters of the thread that forwards; the others follow at the end of each burst. */
    private long messagesTaken;

    private long bytesTaken;
    private long messagesMoved;
    private long bytesMoved;

    private volatile long messagesReceived;
    private volatile long bytesReceived;
    private volatile long messagesSent;
    private volatile long bytesSent;

    /** Forwards between two sockets of one context, or from a socket to itself. */
    public Forwarder(SocketHandle source, SocketHandle target) {
        this.source = incoming(source);
        this.target = outgoing(target);
        // A PAIR may refuse a later frame, too.
        this.many = ForwardCalls.isPresent() && this.target.core.type != SocketTraits.PAIR;
        this.alone = this.target.needsRoutingId() ? 0 : 1;
        MessageCalls.init(hand);
    }

    /** Returns the half that receives; throws if it is one that several threads may use. */
    private static Incoming incoming(SocketHandle socket) {
        if (socket.incoming instanceof Incoming half) {
            return half;
        }
        throw refusal(socket);
    }

    /** Returns the half that sends; throws if it is one that several threads may use. */
    static Outgoing outgoing(SocketHandle socket) {
        if (socket.outgoing instanceof Outgoing half) {
            return half;
        }
        throw refusal(socket);
    }

    private static IllegalArgumentException refusal(SocketHandle socket) {
        return new IllegalArgumentException(
                "a proxy has no use for "
                        + socket.core.name
                        + ": its messages have no frames to forward, but a peer or a group");
    }

    /** Lets this get a copy of each message from now on; other forwarders may use it as well. */
    public void captureWith(CaptureCopies copies) {
        capture = copies;
    }

    /** Forwards what is there and has room, a burst at most. Returns what it then needs. */
    public Need forward() {
        source.core.enter(FORWARD);
        try {
            if (target.core == source.core) {
                return forwardCaptured();
            }
            target.core.enter(FORWARD);
            try {
                return forwardCaptured();
            } finally {
                target.core.exit();
            }
        } finally {
            source.core.exit();
        }
    }

    private Need forwardCaptured() {
        if (capture == null) {
            return forwardBurst();
        }
        capture.enter(FORWARD);
        try {
            return capture.flush() ? forwardBurst() : Need.CAPTURE_ROOM;
        } finally {
            capture.exit();
        }
    }

    private Need forwardBurst() {
        refuseConflate(source.core);
        refuseConflate(target.core);
        source.beginTaking();
        try {
            if (many && capture == null && !source.core.hasLeftovers()) {
                return forwardMany();
            }
            Need need = Need.NOTHING;
            for (int i = 0; i < BURST && need == Need.NOTHING; i++) {
                need =
                        capture != null && !capture.hasRoom()
                                ? Need.CAPTURE_ROOM
                                : forwardMessage(source.take(hand));
            }
            return need;
        } finally {
            publishCounters();
        }
    }

    static void refuseConflate(SocketCore core) {
        if (core.conflate) {
            throw new IllegalArgumentException(
                    core.name
                            + " has ZMQ_CONFLATE, which drops messages and tears those of several"
                            + " frames: a proxy needs sockets without it");
        }
    }

    /** Forwards a burst in one native call, at most; returns what is then needed. */
    private Need forwardMany() {
        NativeMemory.setLong(totals.address(), 0);
        int result = ForwardCalls.forward(source.handle, target.handle, hand, totals, BURST, alone);
        int forwarded = result < 0 ? ~result : result;
        long bytes = NativeMemory.getLong(totals.address());
        messagesTaken += forwarded;
        messagesMoved += forwarded;
        bytesTaken += bytes;
        bytesMoved += bytes;
        if (result >= 0) {
            return Need.NOTHING;
        }
        long end = NativeMemory.getLong(totals.address() + Long.BYTES);
        if (end == ForwardCalls.NO_MESSAGE) {
            return Need.MESSAGE;
        }
        // The next message tells what ended this.
        return forwardMessage(
                end == ForwardCalls.REFUSED
                        ? (int) Math.min(MessageProperties.size(hand), Integer.MAX_VALUE)
                        : source.take(hand));
    }

    /** Forwards the message whose first frame is in hand; the size may be an error number. */
    private Need forwardMessage(int firstSize) {
        int size = firstSize;
        if (size < 0) {
            return refused(size, source.core, Need.MESSAGE);
        }
        boolean more = MessageCalls.more(hand) != 0;
        long bytes = sizeOf(size);
        copyForCapture(more);
        int result = target.offer(hand, more);
        if (result < 0 && result != EHOSTUNREACH) {
            if (capture != null) {
                capture.drop();
            }
            source.putBack(hand, size);
            return refused(result, target.core, Need.ROOM);
        }
        boolean sent = result >= 0;
        while (more) {
            dropUnsent(sent);
            size = source.take(hand);
            if (size < 0) {
                throw source.core.failure(size, FORWARD, ""); // the context ends
            }
            more = MessageCalls.more(hand) != 0;
            bytes += sizeOf(size);
            copyForCapture(more);
            sent = sent && target.offerRest(hand, more);
        }
        dropUnsent(sent);
        messagesTaken++;
        bytesTaken += bytes;
        if (sent) {
            messagesMoved++;
            bytesMoved += bytes;
        }
        return capture == null || capture.flush() ? Need.NOTHING : Need.CAPTURE_ROOM;
    }

    /** Returns the need if the socket only has to wait, also for its turn; throws otherwise. */
    private static Need refused(int result, SocketCore core, Need need) {
        if (result != EAGAIN && result != EFSM) {
            throw core.failure(result, FORWARD, "");
        }
        return need;
    }

    private long sizeOf(int clippedSize) {
        return clippedSize == Integer.MAX_VALUE ? MessageProperties.size(hand) : clippedSize;
    }

    private void copyForCapture(boolean more) {
        if (capture != null) {
            capture.add(hand, more);
        }
    }

    /** Drops a frame of a message that has no peer, or whose peer has just gone. */
    private void dropUnsent(boolean sent) {
        if (!sent) {
            MessageCalls.close(hand);
            MessageCalls.init(hand);
        }
    }

    private void publishCounters() {
        if (messagesReceived != messagesTaken) {
            messagesSent = messagesMoved;
            bytesSent = bytesMoved;
            bytesReceived = bytesTaken;
            messagesReceived = messagesTaken;
        }
    }

    /** Drops what an error may have left here, and what the capture socket did not accept. */
    public void end() {
        dropUnsent(false);
        if (capture != null) {
            capture.drop();
        }
    }

    public long messagesReceived() {
        return messagesReceived;
    }

    public long bytesReceived() {
        return bytesReceived;
    }

    public long messagesSent() {
        return messagesSent;
    }

    public long bytesSent() {
        return bytesSent;
    }
}
