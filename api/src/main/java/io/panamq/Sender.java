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
 * The methods of a socket that can send.
 *
 * <p><strong>Waiting.</strong> {@code send} waits until libzmq has queued the message; {@code
 * trySend} returns at once; the overloads with a {@link Duration} wait up to that time. They return
 * true when the message is queued, and false when nothing was sent because there was no room in
 * time. Errors are exceptions. {@code send} without a time always returns true, unless {@link
 * SocketOption#SNDTIMEO} is set: then it returns false when that time is over. Queued does not mean
 * delivered.
 *
 * <p><strong>Frames.</strong> A {@link Message}, a {@link MemorySegment}, an array or a text is
 * sent as a message of one frame. To send several frames use a {@link Multipart}.
 *
 * <p>A wait ends within 50 ms, with one of these exceptions:
 *
 * <ul>
 *   <li>{@link OperationInterruptedException} if the thread is interrupted; the flag stays set
 *   <li>{@link OperationCancelledException} if {@link Socket#cancel} is called
 *   <li>{@link SocketClosedException} if another thread closes the socket
 *   <li>{@link ContextTerminatedException} if the context is shut down or closed
 * </ul>
 *
 * <p>A virtual thread that waits parks and leaves its carrier to others.
 *
 * <p>All methods throw
 *
 * <ul>
 *   <li>{@link WrongThreadException} if another thread owns the socket or the message
 *   <li>{@link IllegalStateException} if the message has no content or is closed
 *   <li>{@link IllegalArgumentException} if the multipart message has no frames, if a ROUTER or
 *       STREAM is given a single frame without a routing id, or if the time is negative
 *   <li>{@link ProtocolStateException} (EFSM) if a REQ or REP must receive first
 *   <li>{@link UnreachablePeerException} (EHOSTUNREACH) if a ROUTER with {@link
 *       SocketOption#ROUTER_MANDATORY} or a STREAM has no peer with that routing id
 * </ul>
 *
 * <p>C function: {@code zmq_msg_send}.
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
     * Sends a message and waits until it is queued. On success the message is left without content,
     * otherwise it is unchanged.
     *
     * @param message a message with content, of this thread
     * @return true if it was queued; false if {@link SocketOption#SNDTIMEO} is set and over
     */
    default boolean send(Message message) {
        Socket socket = (Socket) this;
        return socket.outgoing().send(message, socket.core().sendTimeout);
    }

    /**
     * Sends a message if there is room, and returns at once. On success the message is left without
     * content, otherwise it is unchanged.
     *
     * @param message a message with content, of this thread
     * @return true if it was queued; false if there is no room
     */
    default boolean trySend(Message message) {
        return ((Socket) this).outgoing().send(message, Timeout.NOT);
    }

    /**
     * Sends a message and waits up to the given time for room. On success the message is left
     * without content, otherwise it is unchanged.
     *
     * @param message a message with content, of this thread
     * @param timeout how long to wait at most; 0 does not wait
     * @return true if it was queued; false if the time is over
     */
    default boolean send(Message message, Duration timeout) {
        return ((Socket) this).outgoing().send(message, Timeout.nanos(timeout));
    }

    /**
     * The size from which sharing memory with libzmq costs less than copying it, as we measured it:
     * 64 KiB, in bytes.
     */
    long SHARE_THRESHOLD = 64 * 1024;

    /**
     * Lets {@link #send(MemorySegment)}, {@code trySend} and the overload with a time share large
     * segments with libzmq instead of copying them. The program must not write to such a segment
     * until libzmq is done with it, and these methods do not report when that is. Use {@link
     * Message#wrap(MemorySegment, Runnable)} if the program needs to know. Only native memory that
     * nobody can free is shared: of {@code Arena.ofAuto()}, {@code Arena.global()} or a direct
     * buffer. All other segments are copied, whatever their size.
     *
     * @param bytes the smallest size that is shared; {@link #SHARE_THRESHOLD} is a good one, and
     *     {@link Long#MAX_VALUE}, the default, never shares
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
     * Sends a copy of a segment, on or off the heap, and waits until it is queued. {@link
     * #shareFrom} allows sharing it instead.
     *
     * @param content what to send, all of it
     * @return true if it was queued; false if {@link SocketOption#SNDTIMEO} is set and over
     */
    default boolean send(MemorySegment content) {
        Socket socket = (Socket) this;
        return socket.outgoing().send(content, socket.core().sendTimeout);
    }

    /**
     * Sends a segment like {@link #send(MemorySegment)} if there is room, and returns at once.
     *
     * @param content what to send, all of it
     * @return true if it was queued; false if there is no room
     */
    default boolean trySend(MemorySegment content) {
        return ((Socket) this).outgoing().send(content, Timeout.NOT);
    }

    /**
     * Sends a segment like {@link #send(MemorySegment)}, and waits up to the given time for room.
     *
     * @param content what to send, all of it
     * @param timeout how long to wait at most; 0 does not wait
     * @return true if it was queued; false if the time is over
     */
    default boolean send(MemorySegment content, Duration timeout) {
        return ((Socket) this).outgoing().send(content, Timeout.nanos(timeout));
    }

    /**
     * Sends a copy of an array and waits until it is queued.
     *
     * @param content what to send, all of it
     * @return true if it was queued; false if {@link SocketOption#SNDTIMEO} is set and over
     */
    default boolean send(byte[] content) {
        Socket socket = (Socket) this;
        return socket.outgoing().send(content, socket.core().sendTimeout);
    }

    /**
     * Sends a copy of an array if there is room, and returns at once.
     *
     * @param content what to send, all of it
     * @return true if it was queued; false if there is no room
     */
    default boolean trySend(byte[] content) {
        return ((Socket) this).outgoing().send(content, Timeout.NOT);
    }

    /**
     * Sends a copy of an array and waits up to the given time for room.
     *
     * @param content what to send, all of it
     * @param timeout how long to wait at most; 0 does not wait
     * @return true if it was queued; false if the time is over
     */
    default boolean send(byte[] content, Duration timeout) {
        return ((Socket) this).outgoing().send(content, Timeout.nanos(timeout));
    }

    /**
     * Sends a text as UTF-8 and waits until it is queued.
     *
     * @param content the text
     * @return true if it was queued; false if {@link SocketOption#SNDTIMEO} is set and over
     */
    default boolean send(String content) {
        Socket socket = (Socket) this;
        return socket.outgoing().send(Message.encode(content), socket.core().sendTimeout);
    }

    /**
     * Sends a text as UTF-8 if there is room, and returns at once.
     *
     * @param content the text
     * @return true if it was queued; false if there is no room
     */
    default boolean trySend(String content) {
        return ((Socket) this).outgoing().send(Message.encode(content), Timeout.NOT);
    }

    /**
     * Sends a text as UTF-8 and waits up to the given time for room.
     *
     * @param content the text
     * @param timeout how long to wait at most; 0 does not wait
     * @return true if it was queued; false if the time is over
     */
    default boolean send(String content, Duration timeout) {
        return ((Socket) this).outgoing().send(Message.encode(content), Timeout.nanos(timeout));
    }

    /**
     * Sends all frames as one message and waits until it is queued. On success the multipart
     * message is left empty, otherwise it is unchanged.
     *
     * @param multipart at least one frame
     * @return true if it was queued; false if {@link SocketOption#SNDTIMEO} is set and over
     */
    default boolean send(Multipart multipart) {
        Socket socket = (Socket) this;
        return socket.outgoing().send(multipart, socket.core().sendTimeout);
    }

    /**
     * Sends all frames as one message if there is room, and returns at once. On success the
     * multipart message is left empty, otherwise it is unchanged.
     *
     * @param multipart at least one frame
     * @return true if it was queued; false if there is no room
     */
    default boolean trySend(Multipart multipart) {
        return ((Socket) this).outgoing().send(multipart, Timeout.NOT);
    }

    /**
     * Sends all frames as one message and waits up to the given time for room. On success the
     * multipart message is left empty, otherwise it is unchanged.
     *
     * @param multipart at least one frame
     * @param timeout how long to wait at most; 0 does not wait
     * @return true if it was queued; false if the time is over
     */
    default boolean send(Multipart multipart, Duration timeout) {
        return ((Socket) this).outgoing().send(multipart, Timeout.nanos(timeout));
    }

    // ---- batches

    /**
     * Sends messages of one frame each, in the order of the list, and waits while there is no room.
     * A message that was sent is left without content, and all others are unchanged. If this
     * throws, the messages that still have content were not sent.
     *
     * @param messages messages with content, of this thread; if one has no content, none is sent
     * @return how many were queued: all, or fewer if {@link SocketOption#SNDTIMEO} is set and over;
     *     that time is for all messages together
     */
    default int sendBatch(List<Message> messages) {
        Socket socket = (Socket) this;
        return socket.outgoing().sendBatch(messages, socket.core().sendTimeout);
    }

    /**
     * Sends messages like {@link #sendBatch(List)}, and waits up to the given time for room. When
     * the time is over it still sends the messages that there is room for, without waiting.
     *
     * @param messages messages with content, of this thread; if one has no content, none is sent
     * @param timeout how long to wait for room at most, for all messages together; 0 does not wait
     * @return how many were queued
     */
    default int sendBatch(List<Message> messages, Duration timeout) {
        return ((Socket) this).outgoing().sendBatch(messages, Timeout.nanos(timeout));
    }

    /**
     * Sends messages like {@link #sendBatch(List)} as long as there is room, and returns at once.
     *
     * @param messages messages with content, of this thread; if one has no content, none is sent
     * @return how many were queued
     */
    default int trySendBatch(List<Message> messages) {
        return ((Socket) this).outgoing().sendBatch(messages, Timeout.NOT);
    }
}
