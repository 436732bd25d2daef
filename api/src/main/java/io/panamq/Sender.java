// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import com.google.errorprone.annotations.CheckReturnValue;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationCancelledException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.ProtocolStateException;
import io.panamq.error.SocketClosedException;
import io.panamq.error.UnreachablePeerException;
import io.panamq.internal.socket.SendPath;
import io.panamq.internal.socket.Timeout;
import java.time.Duration;

/**
 * What can be done with messages on a socket that can send, and on a {@link ConcurrentSender}.
 *
 * <p><strong>Waiting.</strong> {@code send} waits until libzmq has queued the message; {@code
 * trySend} returns at once; the overloads with a {@link Duration} wait up to that time. They return
 * true when the message is queued, and false when nothing was sent because there was no room in
 * time. Errors are exceptions. {@code send} without a time returns true, unless the socket has the
 * option {@link SocketOption#SNDTIMEO}: then it waits for that time at most, and returns false when
 * it is over. Queued does not mean delivered.
 *
 * <p><strong>Frames.</strong> A {@link Message}, a text or an array is sent as a message of one
 * frame, and a {@link Multipart} as a message of several: {@code send(Multipart.of("a", "b"))}.
 * There is no {@code ZMQ_SNDMORE}, so no message is ever sent by halves. Buffers, segments, lists
 * and batches of messages are sent through a {@link #bulkSender}.
 *
 * <p><strong>Memory.</strong> A message that was sent needs no close, so one can be made for a
 * single send: {@code send(Message.of(segment))}. If the send fails, returns false or throws, the
 * message is unchanged and still the caller's to send again or close. If the program cannot do
 * that, because it has no reference to it, the garbage collector gives the memory back. A {@link
 * Multipart} that was not sent refuses more frames until it is sent, cleared or received into.
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
 *   <li>{@link SocketClosedException} (ENOTSOCK) if the socket is closed
 *   <li>{@link IllegalStateException} if the message has no content or is closed, or the memory of
 *       a segment was freed
 *   <li>{@link IllegalArgumentException} if the multipart message has no frames; if a ROUTER or
 *       STREAM is given a single frame, and so no routing id, or a routing id that was decoded as
 *       text; if a STREAM is given more than two frames, or a socket with {@link
 *       SocketOption#CONFLATE} more than one; or if the time is negative
 *   <li>{@link ProtocolStateException} (EFSM) if a REQ or REP must receive first
 *   <li>{@link UnreachablePeerException} (EHOSTUNREACH) if a ROUTER, unless its {@link
 *       SocketOption#ROUTER_MANDATORY} is false, or a STREAM has no peer with that routing id
 *   <li>{@link InternalError} if a file was shortened that {@link Message#map} has mapped
 * </ul>
 *
 * <p>C function: {@code zmq_msg_send}.
 */
public sealed interface Sender permits SendingSocket, ConcurrentSender {

    /**
     * Sends a message, and waits while there is no room. On success the message is left without
     * content, otherwise it is unchanged.
     *
     * @param message a message with content, of this thread
     * @return true if it was queued; false only if {@link SocketOption#SNDTIMEO} is set and over
     */
    default boolean send(Message message) {
        SendPath path = path();
        return path.send(message, path.timeout());
    }

    /**
     * Sends a message if there is room, without waiting. On success the message is left without
     * content, otherwise it is unchanged.
     *
     * @param message a message with content, of this thread
     * @return true if it was queued; false if there is no room
     */
    @CheckReturnValue
    default boolean trySend(Message message) {
        return path().send(message, Timeout.NOT);
    }

    /**
     * Sends a message, and waits up to a time for room. On success the message is left without
     * content, otherwise it is unchanged.
     *
     * @param message a message with content, of this thread
     * @param timeout how long to wait at most; 0 does not wait
     * @return true if it was queued; false if the time is over
     */
    @CheckReturnValue
    default boolean send(Message message, Duration timeout) {
        return path().send(message, Timeout.nanos(timeout));
    }

    /**
     * Sends all frames of a multipart message, and waits while there is no room. On success it is
     * left empty, otherwise it is unchanged.
     *
     * @param multipart at least one frame
     * @return true if it was queued; false only if {@link SocketOption#SNDTIMEO} is set and over
     */
    default boolean send(Multipart multipart) {
        SendPath path = path();
        return path.send(multipart, path.timeout());
    }

    /**
     * Sends all frames of a multipart message if there is room, without waiting. On success it is
     * left empty, otherwise it is unchanged.
     *
     * @param multipart at least one frame
     * @return true if it was queued; false if there is no room
     */
    @CheckReturnValue
    default boolean trySend(Multipart multipart) {
        return path().send(multipart, Timeout.NOT);
    }

    /**
     * Sends all frames of a multipart message, and waits up to a time for room. On success it is
     * left empty, otherwise it is unchanged.
     *
     * @param multipart at least one frame
     * @param timeout how long to wait at most; 0 does not wait
     * @return true if it was queued; false if the time is over
     */
    @CheckReturnValue
    default boolean send(Multipart multipart, Duration timeout) {
        return path().send(multipart, Timeout.nanos(timeout));
    }

    /**
     * Sends a text as UTF-8, and waits while there is no room.
     *
     * @param content the text
     * @return true if it was queued; false only if {@link SocketOption#SNDTIMEO} is set and over
     */
    default boolean send(String content) {
        SendPath path = path();
        return path.send(Message.encode(content, "content"), path.timeout());
    }

    /**
     * Sends a text as UTF-8 if there is room, without waiting.
     *
     * @param content the text
     * @return true if it was queued; false if there is no room
     */
    @CheckReturnValue
    default boolean trySend(String content) {
        return path().send(Message.encode(content, "content"), Timeout.NOT);
    }

    /**
     * Sends a text as UTF-8, and waits up to a time for room.
     *
     * @param content the text
     * @param timeout how long to wait at most; 0 does not wait
     * @return true if it was queued; false if the time is over
     */
    @CheckReturnValue
    default boolean send(String content, Duration timeout) {
        return path().send(Message.encode(content, "content"), Timeout.nanos(timeout));
    }

    /**
     * Sends a copy of an array, and waits while there is no room.
     *
     * @param content what to send, all of it
     * @return true if it was queued; false only if {@link SocketOption#SNDTIMEO} is set and over
     */
    default boolean send(byte[] content) {
        SendPath path = path();
        return path.send(content, path.timeout());
    }

    /**
     * Sends a copy of an array if there is room, without waiting.
     *
     * @param content what to send, all of it
     * @return true if it was queued; false if there is no room
     */
    @CheckReturnValue
    default boolean trySend(byte[] content) {
        return path().send(content, Timeout.NOT);
    }

    /**
     * Sends a copy of an array, and waits up to a time for room.
     *
     * @param content what to send, all of it
     * @param timeout how long to wait at most; 0 does not wait
     * @return true if it was queued; false if the time is over
     */
    @CheckReturnValue
    default boolean send(byte[] content, Duration timeout) {
        return path().send(content, Timeout.nanos(timeout));
    }

    /**
     * Returns what sends from buffers, segments and lists, and many messages in one call.
     *
     * @return a view of this sender, for the same threads; the same object each time
     */
    default BulkSender bulkSender() {
        return this instanceof BaseSocket socket
                ? socket.bulkSender
                : ((ConcurrentSender) this).bulkSender;
    }

    private SendPath path() {
        return this instanceof BaseSocket socket
                ? socket.outgoing()
                : ((ConcurrentSender) this).turns;
    }
}
