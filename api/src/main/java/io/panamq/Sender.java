// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationCancelledException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.ProtocolStateException;
import io.panamq.error.SocketClosedException;
import io.panamq.error.UnreachablePeerException;
import io.panamq.internal.socket.Timeout;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;

/**
 * What can be done with a socket that sends.
 *
 * <p><strong>One convention.</strong> {@code send} blocks until libzmq has queued the message, or
 * until the socket's own {@link SocketOption#SNDTIMEO} is over (never, by default); {@code trySend}
 * does not block; the overloads with a {@link Duration} wait that long. The result tells: true
 * means queued, false means that the time was over and nothing was sent. Errors are exceptions.
 * Queued does not mean delivered.
 *
 * <p>A wait ends within 50 ms when its thread is interrupted ({@link
 * OperationInterruptedException}, the flag stays set), when it is cancelled ({@link Socket#cancel},
 * {@link OperationCancelledException}) or the socket closed by another thread ({@link
 * SocketClosedException}), or when the context is shut down or closed ({@link
 * ContextTerminatedException}). A virtual thread that waits parks and leaves its carrier to others.
 *
 * <p>All methods throw {@link WrongThreadException} on a thread that does not own the socket, or
 * for a message of another thread, {@link IllegalStateException} for a message that has no content
 * or is closed, {@link IllegalArgumentException} for a multipart message without frames, {@link
 * ProtocolStateException} (EFSM) when REQ or REP must receive first, {@link
 * UnreachablePeerException} (EHOSTUNREACH) when a mandatory ROUTER or a STREAM has no such peer,
 * and {@link IllegalArgumentException} when a ROUTER or STREAM is given one frame without routing
 * id. {@code zmq_msg_send}.
 */
public sealed interface Sender
        permits DealerSocket,
                PairSocket,
                PubSocket,
                PushSocket,
                RepSocket,
                ReqSocket,
                RouterSocket,
                StreamSocket,
                XPubSocket,
                XSubSocket {

    /**
     * Moves a message: on success it is left without content, otherwise untouched. Blocks.
     *
     * @param message a message with content, of this thread
     * @return true if it was queued, false if SNDTIMEO is over
     */
    default boolean send(Message message) {
        Socket socket = (Socket) this;
        return socket.outgoing().send(message, socket.core().sendTimeout);
    }

    /**
     * Moves a message: on success it is left without content, otherwise untouched. Does not block.
     *
     * @param message a message with content, of this thread
     * @return true if it was queued, false if it would block
     */
    default boolean trySend(Message message) {
        return ((Socket) this).outgoing().send(message, Timeout.NOT);
    }

    /**
     * Moves a message: on success it is left without content, otherwise untouched. Blocks for a
     * time.
     *
     * @param message a message with content, of this thread
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if it was queued, false if the time is over
     */
    default boolean send(Message message, Duration timeout) {
        return ((Socket) this).outgoing().send(message, Timeout.nanos(timeout));
    }

    /**
     * The size in bytes from which sharing memory with libzmq costs less than copying it, as
     * measured (integration-tests/BENCHMARKS.md).
     */
    long SHARE_THRESHOLD = 64 * 1024;

    /**
     * Lets {@link #send(MemorySegment)} and its siblings share large segments with libzmq instead
     * of copying them. Then whoever made the segment must not write to it until libzmq is done with
     * it, which is not told: {@link Message#wrap(MemorySegment, Runnable)} tells. Only memory that
     * nobody can free is shared, see there; all other segments are copied whatever their size.
     *
     * @param bytes share from this size on; {@link #SHARE_THRESHOLD} is where it pays, {@link
     *     Long#MAX_VALUE} is the default and never shares
     * @throws IllegalArgumentException if it is negative
     */
    default void shareFrom(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("the share threshold is negative: " + bytes);
        }
        Socket socket = (Socket) this;
        socket.core().enter("shareFrom");
        try {
            socket.outgoing().shareFrom = bytes;
        } finally {
            socket.core().exit();
        }
    }

    /**
     * Sends a copy of a segment, on or off the heap, unless {@link #shareFrom} lets it be shared.
     * Blocks.
     *
     * @param content all of it
     * @return true if it was queued, false if SNDTIMEO is over
     */
    default boolean send(MemorySegment content) {
        Socket socket = (Socket) this;
        return socket.outgoing().send(content, socket.core().sendTimeout);
    }

    /**
     * Sends a segment like {@link #send(MemorySegment)}. Does not block.
     *
     * @param content all of it
     * @return true if it was queued, false if it would block
     */
    default boolean trySend(MemorySegment content) {
        return ((Socket) this).outgoing().send(content, Timeout.NOT);
    }

    /**
     * Sends a segment like {@link #send(MemorySegment)}. Blocks for a time.
     *
     * @param content all of it
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if it was queued, false if the time is over
     */
    default boolean send(MemorySegment content, Duration timeout) {
        return ((Socket) this).outgoing().send(content, Timeout.nanos(timeout));
    }

    /**
     * Sends a copy of an array. Blocks.
     *
     * @param content all of it
     * @return true if it was queued, false if SNDTIMEO is over
     */
    default boolean send(byte[] content) {
        Socket socket = (Socket) this;
        return socket.outgoing().send(content, socket.core().sendTimeout);
    }

    /**
     * Sends a copy of an array. Does not block.
     *
     * @param content all of it
     * @return true if it was queued, false if it would block
     */
    default boolean trySend(byte[] content) {
        return ((Socket) this).outgoing().send(content, Timeout.NOT);
    }

    /**
     * Sends a copy of an array. Blocks for a time.
     *
     * @param content all of it
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if it was queued, false if the time is over
     */
    default boolean send(byte[] content, Duration timeout) {
        return ((Socket) this).outgoing().send(content, Timeout.nanos(timeout));
    }

    /**
     * Sends a text as UTF-8. Blocks.
     *
     * @param content the text
     * @return true if it was queued, false if SNDTIMEO is over
     */
    default boolean send(String content) {
        Socket socket = (Socket) this;
        return socket.outgoing().send(Message.encode(content), socket.core().sendTimeout);
    }

    /**
     * Sends a text as UTF-8. Does not block.
     *
     * @param content the text
     * @return true if it was queued, false if it would block
     */
    default boolean trySend(String content) {
        return ((Socket) this).outgoing().send(Message.encode(content), Timeout.NOT);
    }

    /**
     * Sends a text as UTF-8. Blocks for a time.
     *
     * @param content the text
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if it was queued, false if the time is over
     */
    default boolean send(String content, Duration timeout) {
        return ((Socket) this).outgoing().send(Message.encode(content), Timeout.nanos(timeout));
    }

    /**
     * Sends all frames or none: on success it is left empty, otherwise untouched. Blocks.
     *
     * @param multipart at least one frame
     * @return true if it was queued, false if SNDTIMEO is over
     */
    default boolean send(Multipart multipart) {
        Socket socket = (Socket) this;
        return socket.outgoing().send(multipart, socket.core().sendTimeout);
    }

    /**
     * Sends all frames or none: on success it is left empty, otherwise untouched. Does not block.
     *
     * @param multipart at least one frame
     * @return true if it was queued, false if it would block
     */
    default boolean trySend(Multipart multipart) {
        return ((Socket) this).outgoing().send(multipart, Timeout.NOT);
    }

    /**
     * Sends all frames or none: on success it is left empty, otherwise untouched. Blocks for a
     * time.
     *
     * @param multipart at least one frame
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if it was queued, false if the time is over
     */
    default boolean send(Multipart multipart, Duration timeout) {
        return ((Socket) this).outgoing().send(multipart, Timeout.nanos(timeout));
    }

    // ---- batches

    /**
     * Moves messages in order, each of them a message of one frame; blocks while there is no room.
     * Those that were sent are left without content, all others untouched; also when this throws,
     * so {@link Message} objects with content are what remains.
     *
     * @param messages with content, of this thread; none is sent if one of them has none
     * @return how many were queued: all, or less if SNDTIMEO is over, which is for all together
     */
    default int sendBatch(List<Message> messages) {
        Socket socket = (Socket) this;
        return socket.outgoing().sendBatch(messages, socket.core().sendTimeout);
    }

    /**
     * Moves messages in order, see {@link #sendBatch(List)}. Blocks for a time while there is no
     * room. When the time is over it goes on for as long as there is room, and waits no more.
     *
     * @param messages with content, of this thread
     * @param timeout how long to wait for room at most, for all messages together; 0 for not at all
     * @return how many were queued
     */
    default int sendBatch(List<Message> messages, Duration timeout) {
        return ((Socket) this).outgoing().sendBatch(messages, Timeout.nanos(timeout));
    }

    /**
     * Moves messages in order for as long as there is room, see {@link #sendBatch(List)}. Does not
     * block.
     *
     * @param messages with content, of this thread
     * @return how many were queued
     */
    default int trySendBatch(List<Message> messages) {
        return ((Socket) this).outgoing().sendBatch(messages, Timeout.NOT);
    }
}
