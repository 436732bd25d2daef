// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationCancelledException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.ProtocolStateException;
import io.panamq.error.SocketClosedException;
import io.panamq.internal.socket.Timeout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The methods of a socket that can receive.
 *
 * <p><strong>Waiting.</strong> {@code receive} waits until a message is there; {@code tryReceive}
 * returns at once; the overloads with a {@link Duration} wait up to that time. Errors are
 * exceptions. That no message came in time is a return value:
 *
 * <ul>
 *   <li>false from the methods that receive into an object of the caller
 *   <li>an empty {@link Optional} from {@code tryReceive()} and the overloads with a time
 *   <li>null from {@code receive()}, {@code receiveMultipart()}, {@code receiveBytes()} and {@code
 *       receiveString()}; this happens only if {@link SocketOption#RCVTIMEO} is set and over
 * </ul>
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
 * next frame of the same message. The methods with {@link Multipart} receive all frames of a
 * message.
 *
 * <p>All methods throw
 *
 * <ul>
 *   <li>{@link WrongThreadException} if another thread owns the socket or the message
 *   <li>{@link IllegalStateException} if the message is closed
 *   <li>{@link IllegalArgumentException} if the time is negative
 *   <li>{@link ProtocolStateException} (EFSM) if a REQ or REP must send first
 * </ul>
 *
 * <p>C function: {@code zmq_msg_recv}.
 */
public sealed interface Receiver
        permits DealerSocket,
                PairSocket,
                PullSocket,
                RepSocket,
                ReqSocket,
                RouterSocket,
                StreamSocket,
                SubSocket,
                XPubSocket,
                XSubSocket {

    /**
     * Waits for a frame and receives it into a new message.
     *
     * @return the frame, to be closed by the caller; null if {@link SocketOption#RCVTIMEO} is set
     *     and over
     */
    default Message receive() {
        Socket socket = (Socket) this;
        return socket.receiveNew(socket.core().receiveTimeout);
    }

    /**
     * Receives a frame into a new message if one is there, and returns at once.
     *
     * @return the frame, to be closed by the caller; empty if none is there
     */
    default Optional<Message> tryReceive() {
        return Optional.ofNullable(((Socket) this).receiveNew(Timeout.NOT));
    }

    /**
     * Waits up to the given time for a frame and receives it into a new message.
     *
     * @param timeout how long to wait at most; 0 does not wait
     * @return the frame, to be closed by the caller; empty if the time is over
     */
    default Optional<Message> receive(Duration timeout) {
        long nanos = Timeout.nanos(timeout);
        return Optional.ofNullable(((Socket) this).receiveNew(nanos));
    }

    /**
     * Waits for a frame and receives it into the given message, without allocating. The old content
     * of the message is dropped even if no frame comes; then the message has no content.
     *
     * @param message of this thread, with or without content
     * @return true if a frame was received; false if {@link SocketOption#RCVTIMEO} is set and over
     */
    default boolean receive(Message message) {
        Socket socket = (Socket) this;
        return socket.incoming().receive(message, socket.core().receiveTimeout);
    }

    /**
     * Receives a frame into the given message if one is there, without allocating, and returns at
     * once. The old content of the message is dropped even if no frame comes; then the message has
     * no content.
     *
     * @param message of this thread, with or without content
     * @return true if a frame was received, false if none is there
     */
    default boolean tryReceive(Message message) {
        return ((Socket) this).incoming().receive(message, Timeout.NOT);
    }

    /**
     * Waits up to the given time for a frame and receives it into the given message. The old
     * content of the message is dropped even if no frame comes; then the message has no content.
     *
     * @param message of this thread, with or without content
     * @param timeout how long to wait at most; 0 does not wait
     * @return true if a frame was received, false if the time is over
     */
    default boolean receive(Message message, Duration timeout) {
        return ((Socket) this).incoming().receive(message, Timeout.nanos(timeout));
    }

    /**
     * Waits for a frame and returns a copy of its content.
     *
     * @return a new array; null if {@link SocketOption#RCVTIMEO} is set and over
     */
    default byte[] receiveBytes() {
        Socket socket = (Socket) this;
        return socket.incoming().receiveBytes(socket.core().receiveTimeout);
    }

    /**
     * Waits for a frame and returns its content as text. To wait for a limited time use {@link
     * #receive(Duration)} and {@link Message#toUtf8}, and close that message.
     *
     * @return the text, decoded from UTF-8; null if {@link SocketOption#RCVTIMEO} is set and over
     */
    default String receiveString() {
        byte[] bytes = receiveBytes();
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Waits for a message and returns all its frames.
     *
     * @return the frames, to be closed by the caller; null if {@link SocketOption#RCVTIMEO} is set
     *     and over
     */
    default Multipart receiveMultipart() {
        Socket socket = (Socket) this;
        return socket.receiveNewMultipart(socket.core().receiveTimeout);
    }

    /**
     * Receives all frames of a message if one is there, and returns at once.
     *
     * @return the frames, to be closed by the caller; empty if no message is there
     */
    default Optional<Multipart> tryReceiveMultipart() {
        return Optional.ofNullable(((Socket) this).receiveNewMultipart(Timeout.NOT));
    }

    /**
     * Waits up to the given time for a message and returns all its frames.
     *
     * @param timeout how long to wait at most; 0 does not wait
     * @return the frames, to be closed by the caller; empty if the time is over
     */
    default Optional<Multipart> receiveMultipart(Duration timeout) {
        long nanos = Timeout.nanos(timeout);
        return Optional.ofNullable(((Socket) this).receiveNewMultipart(nanos));
    }

    /**
     * Waits for a message and receives all its frames into the given object.
     *
     * @param multipart of this thread; its old frames are dropped, even if no message comes
     * @return true if a message was received; false if {@link SocketOption#RCVTIMEO} is set and
     *     over
     */
    default boolean receive(Multipart multipart) {
        Socket socket = (Socket) this;
        return socket.incoming().receive(multipart, socket.core().receiveTimeout);
    }

    /**
     * Receives all frames of a message into the given object if one is there, and returns at once.
     *
     * @param multipart of this thread; its old frames are dropped, even if no message comes
     * @return true if a message was received, false if none is there
     */
    default boolean tryReceive(Multipart multipart) {
        return ((Socket) this).incoming().receive(multipart, Timeout.NOT);
    }

    /**
     * Waits up to the given time for a message and receives all its frames into the given object.
     *
     * @param multipart of this thread; its old frames are dropped, even if no message comes
     * @param timeout how long to wait at most; 0 does not wait
     * @return true if a message was received, false if the time is over
     */
    default boolean receive(Multipart multipart, Duration timeout) {
        return ((Socket) this).incoming().receive(multipart, Timeout.nanos(timeout));
    }

    // ---- batches

    /**
     * Waits for the first frame, then takes the frames that are there without waiting, and hands
     * each to the handler on this thread. This is less work for each frame than single receives.
     *
     * <p>The frames belong to the socket, and their content and views end when this method returns.
     * The handler may read and write a frame, send it, or {@link Message#share} it to keep the
     * content. All views of a batch end together, also when the handler sends, shares, refills,
     * releases or closes a frame whose {@link Message#data} it has called.
     *
     * <p>The handler may also send, receive and set options on this socket, and close it, which
     * ends the batch with {@link SocketClosedException} unless that was its last frame. It must not
     * call {@code receiveBatch}, {@code drain} or {@link Socket#release} of this socket. If the
     * handler throws, the batch ends and the exception reaches the caller; frames that the handler
     * did not get are received next time.
     *
     * @param handler gets the frames in order; {@link Message#more} is false for the last frame of
     *     a message
     * @param max the number of frames to take, 1 or more; more are taken to finish a message of
     *     several frames
     * @return how many frames were handled; 0 if {@link SocketOption#RCVTIMEO} is set and over
     * @throws IllegalArgumentException if {@code max} is less than 1
     * @throws IllegalStateException if the handler of a batch of this socket calls it
     */
    default int receiveBatch(Consumer<? super Message> handler, int max) {
        Socket socket = (Socket) this;
        return socket.incoming().receiveBatch(handler, max, socket.core().receiveTimeout);
    }

    /**
     * Receives frames like {@link #receiveBatch(Consumer, int)}, and waits up to the given time for
     * the first one. The time does not limit how long it takes the frames that are there, {@code
     * max} does.
     *
     * @param handler gets the frames in order
     * @param max the number of frames to take, 1 or more
     * @param timeout how long to wait at most; 0 does not wait
     * @return how many frames were handled; 0 if the time is over
     */
    default int receiveBatch(Consumer<? super Message> handler, int max, Duration timeout) {
        return ((Socket) this).incoming().receiveBatch(handler, max, Timeout.nanos(timeout));
    }

    /**
     * Receives the frames that are there like {@link #receiveBatch(Consumer, int)}, and returns
     * without waiting for one.
     *
     * @param handler gets the frames in order
     * @param max the number of frames to take, 1 or more
     * @return how many frames were handled; 0 if none is there
     */
    default int drain(Consumer<? super Message> handler, int max) {
        return ((Socket) this).incoming().receiveBatch(handler, max, Timeout.NOT);
    }
}
