// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import com.google.errorprone.annotations.CheckReturnValue;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationCancelledException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.ProtocolStateException;
import io.panamq.error.SocketClosedException;
import io.panamq.internal.socket.Timeout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with messages on a socket that can receive.
 *
 * <p><strong>Waiting.</strong> {@code receive} waits until a message is there; {@code tryReceive}
 * returns at once; the overloads with a {@link Duration} wait up to that time. Errors are
 * exceptions. That no message came in time is a return value: false from the methods that receive
 * into an object of the caller, and an empty {@link Optional} from the others.
 *
 * <p>If the option {@link SocketOption#RCVTIMEO} is set, the methods that can say so wait for that
 * time at most, and then return false, an empty Optional or 0: {@code receive(message)}, and those
 * of {@link #bulkReceiver} that receive into an object of the caller, or a batch. {@code
 * receive()}, {@code receiveMultipart()}, {@code receiveString()}, {@code receiveBytes()} and
 * {@code receiveFrames()} have no such result: with that option they throw {@link
 * IllegalStateException} at once, whether a message is there or not. Call their overload with a
 * {@link Duration} instead; it does not need the option.
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
 * <p><strong>Frames.</strong> The methods that take or return a {@link Message}, an array or a text
 * receive <em>one frame</em>. If {@link Message#more} returns true, the next receive returns the
 * next frame of the same message; an array or a text does not tell, so use {@code
 * receiveMultipart()} where messages may have several frames. The methods with {@link Multipart}
 * receive all frames of a message. Buffers, segments, lists and batches are received through a
 * {@link #bulkReceiver}.
 *
 * <p><strong>Memory.</strong> A received message belongs to the caller. It must be closed, unless
 * it is sent on. Texts and arrays are copies, and need no close.
 *
 * <p>All methods throw
 *
 * <ul>
 *   <li>{@link WrongThreadException} if another thread owns the socket or the message
 *   <li>{@link SocketClosedException} (ENOTSOCK) if the socket is closed
 *   <li>{@link IllegalStateException} if the message is closed; or if a frame is too large for an
 *       array, which drops it
 *   <li>{@link IllegalArgumentException} if the time is negative
 *   <li>{@link ProtocolStateException} (EFSM) if a REQ or REP must send first; or if a peer sent
 *       several frames to a socket with {@link SocketOption#CONFLATE}, which can then only be
 *       closed
 * </ul>
 *
 * <p>C function: {@code zmq_msg_recv}.
 */
public sealed interface Receiver permits ReceivingSocket {

    /**
     * Waits for a frame, and receives it into a new message.
     *
     * @return the frame, which the caller closes or sends
     * @throws IllegalStateException if {@link SocketOption#RCVTIMEO} is set
     */
    @CheckReturnValue
    default Message receive() {
        BaseSocket socket = (BaseSocket) this;
        return BaseSocket.received(socket.receiveNew(socket.withoutTimeout("receive")));
    }

    /**
     * Takes a frame into a new message if one is there, without waiting.
     *
     * @return the frame, which the caller closes or sends; empty if none is there
     */
    @CheckReturnValue
    default Optional<Message> tryReceive() {
        BaseSocket socket = (BaseSocket) this;
        return Optional.ofNullable(socket.receiveNew(Timeout.NOT));
    }

    /**
     * Waits up to a time for a frame, and receives it into a new message.
     *
     * @param timeout how long to wait at most; 0 does not wait
     * @return the frame, which the caller closes or sends; empty if the time is over
     */
    @CheckReturnValue
    default Optional<Message> receive(Duration timeout) {
        BaseSocket socket = (BaseSocket) this;
        return Optional.ofNullable(socket.receiveNew(Timeout.nanos(timeout)));
    }

    /**
     * Waits for a frame, and receives it into a message that is used again, without allocating. The
     * old content of the message is dropped even if no frame comes; then it has no content.
     *
     * @param message of this thread, with or without content
     * @return true if a frame was received; false only if {@link SocketOption#RCVTIMEO} is set and
     *     over
     */
    default boolean receive(Message message) {
        BaseSocket socket = (BaseSocket) this;
        return socket.incoming().receive(message, socket.core().receiveTimeout);
    }

    /**
     * Takes a frame into a message that is used again if one is there, without waiting. The old
     * content of the message is dropped even if none is there; then it has no content.
     *
     * @param message of this thread, with or without content
     * @return true if a frame was received, false if none is there
     */
    @CheckReturnValue
    default boolean tryReceive(Message message) {
        return ((BaseSocket) this).incoming().receive(message, Timeout.NOT);
    }

    /**
     * Waits up to a time for a frame, and receives it into a message that is used again. The old
     * content of the message is dropped even if no frame comes; then it has no content.
     *
     * @param message of this thread, with or without content
     * @param timeout how long to wait at most; 0 does not wait
     * @return true if a frame was received, false if the time is over
     */
    @CheckReturnValue
    default boolean receive(Message message, Duration timeout) {
        return ((BaseSocket) this).incoming().receive(message, Timeout.nanos(timeout));
    }

    /**
     * Waits for a message, and receives all its frames.
     *
     * @return the frames, which the caller closes or sends
     * @throws IllegalStateException if {@link SocketOption#RCVTIMEO} is set
     */
    @CheckReturnValue
    default Multipart receiveMultipart() {
        BaseSocket socket = (BaseSocket) this;
        return BaseSocket.received(
                socket.receiveNewMultipart(socket.withoutTimeout("receiveMultipart")));
    }

    /**
     * Takes a message with all its frames if one is there, without waiting.
     *
     * @return the frames, which the caller closes or sends; empty if none is there
     */
    @CheckReturnValue
    default Optional<Multipart> tryReceiveMultipart() {
        BaseSocket socket = (BaseSocket) this;
        return Optional.ofNullable(socket.receiveNewMultipart(Timeout.NOT));
    }

    /**
     * Waits up to a time for a message, and receives all its frames.
     *
     * @param timeout how long to wait at most; 0 does not wait
     * @return the frames, which the caller closes or sends; empty if the time is over
     */
    @CheckReturnValue
    default Optional<Multipart> receiveMultipart(Duration timeout) {
        BaseSocket socket = (BaseSocket) this;
        return Optional.ofNullable(socket.receiveNewMultipart(Timeout.nanos(timeout)));
    }

    /**
     * Waits for a frame, and returns its content as text, decoded from UTF-8.
     *
     * @return the content of one frame; malformed input is replaced
     * @throws IllegalStateException if {@link SocketOption#RCVTIMEO} is set
     */
    @CheckReturnValue
    default String receiveString() {
        BaseSocket socket = (BaseSocket) this;
        return BaseSocket.received(
                text(socket.incoming().receiveBytes(socket.withoutTimeout("receiveString"))));
    }

    /**
     * Takes a frame if one is there, without waiting, and returns its content as text.
     *
     * @return the content of one frame; malformed input is replaced; empty if none is there
     */
    @CheckReturnValue
    default Optional<String> tryReceiveString() {
        BaseSocket socket = (BaseSocket) this;
        return Optional.ofNullable(text(socket.incoming().receiveBytes(Timeout.NOT)));
    }

    /**
     * Waits up to a time for a frame, and returns its content as text.
     *
     * @param timeout how long to wait at most; 0 does not wait
     * @return the content of one frame; malformed input is replaced; empty if the time is over
     */
    @CheckReturnValue
    default Optional<String> receiveString(Duration timeout) {
        BaseSocket socket = (BaseSocket) this;
        return Optional.ofNullable(text(socket.incoming().receiveBytes(Timeout.nanos(timeout))));
    }

    /**
     * Waits for a frame, and returns a copy of its content.
     *
     * @return the content of one frame, in a new array
     * @throws IllegalStateException if {@link SocketOption#RCVTIMEO} is set
     */
    @CheckReturnValue
    default byte[] receiveBytes() {
        BaseSocket socket = (BaseSocket) this;
        return BaseSocket.received(
                socket.incoming().receiveBytes(socket.withoutTimeout("receiveBytes")));
    }

    /**
     * Takes a frame if one is there, without waiting, and returns a copy of its content.
     *
     * @return the content of one frame, in a new array; empty if none is there
     */
    @CheckReturnValue
    default Optional<byte[]> tryReceiveBytes() {
        BaseSocket socket = (BaseSocket) this;
        return Optional.ofNullable(socket.incoming().receiveBytes(Timeout.NOT));
    }

    /**
     * Waits up to a time for a frame, and returns a copy of its content.
     *
     * @param timeout how long to wait at most; 0 does not wait
     * @return the content of one frame, in a new array; empty if the time is over
     */
    @CheckReturnValue
    default Optional<byte[]> receiveBytes(Duration timeout) {
        BaseSocket socket = (BaseSocket) this;
        return Optional.ofNullable(socket.incoming().receiveBytes(Timeout.nanos(timeout)));
    }

    /**
     * Returns what receives into buffers, segments and lists, and many frames in one call.
     *
     * @return a view of this socket, for the same thread; the same object each time
     */
    default BulkReceiver bulkReceiver() {
        return ((BaseSocket) this).bulkReceiver;
    }

    private static @Nullable String text(byte @Nullable [] content) {
        return content == null ? null : new String(content, StandardCharsets.UTF_8);
    }
}
