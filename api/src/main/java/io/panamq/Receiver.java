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
 * What can be done with a socket that receives.
 *
 * <p><strong>One convention.</strong> {@code receive} blocks until a message is there, or until the
 * socket's own {@link SocketOption#RCVTIMEO} is over (never, by default); {@code tryReceive} does
 * not block; the overloads with a {@link Duration} wait that long. No message in time is a value:
 * false or empty, and null from the methods that return one message or its content, which can only
 * happen when {@code RCVTIMEO} was set. Errors are exceptions.
 *
 * <p>A wait ends within 50 ms when its thread is interrupted ({@link
 * OperationInterruptedException}, the flag stays set), when it is cancelled ({@link Socket#cancel},
 * {@link OperationCancelledException}) or the socket closed by another thread ({@link
 * SocketClosedException}), or when the context is shut down or closed ({@link
 * ContextTerminatedException}). A virtual thread that waits parks and leaves its carrier to others.
 *
 * <p>The methods that take or return a {@link Message} or its content receive <em>one frame</em>:
 * {@link Message#more} tells whether the rest of the message waits. Those with {@link Multipart}
 * receive all frames of a message together.
 *
 * <p>All methods throw {@link WrongThreadException} on a thread that does not own the socket, or
 * for a message of another thread, {@link IllegalStateException} for a message that is closed, and
 * {@link ProtocolStateException} (EFSM) when REQ or REP must send first. {@code zmq_msg_recv}.
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
     * Receives a frame into a new message. Blocks.
     *
     * @return the frame, to be closed by the caller; null if RCVTIMEO is over
     */
    default Message receive() {
        Socket socket = (Socket) this;
        return socket.receiveNew(socket.core().receiveTimeout);
    }

    /**
     * Receives a frame into a new message. Does not block.
     *
     * @return the frame, to be closed by the caller; empty if none is there
     */
    default Optional<Message> tryReceive() {
        return Optional.ofNullable(((Socket) this).receiveNew(Timeout.NOT));
    }

    /**
     * Receives a frame into a new message. Blocks for a time.
     *
     * @param timeout how long to wait at most, 0 for not at all
     * @return the frame, to be closed by the caller; empty if the time is over
     */
    default Optional<Message> receive(Duration timeout) {
        long nanos = Timeout.nanos(timeout);
        return Optional.ofNullable(((Socket) this).receiveNew(nanos));
    }

    /**
     * Receives a frame into a message that is used again, without allocating. Blocks. What the
     * message held is dropped in any case; without a frame it has no content.
     *
     * @param message of this thread, with or without content
     * @return true if a frame was received, false if RCVTIMEO is over
     */
    default boolean receive(Message message) {
        Socket socket = (Socket) this;
        return socket.incoming().receive(message, socket.core().receiveTimeout);
    }

    /**
     * Receives a frame into a message that is used again, without allocating. Does not block. What
     * the message held is dropped in any case; without a frame it has no content.
     *
     * @param message of this thread, with or without content
     * @return true if a frame was received, false if none is there
     */
    default boolean tryReceive(Message message) {
        return ((Socket) this).incoming().receive(message, Timeout.NOT);
    }

    /**
     * Receives a frame into a message that is used again. Blocks for a time. What the message held
     * is dropped in any case; without a frame it has no content.
     *
     * @param message of this thread, with or without content
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if a frame was received, false if the time is over
     */
    default boolean receive(Message message, Duration timeout) {
        return ((Socket) this).incoming().receive(message, Timeout.nanos(timeout));
    }

    /**
     * Receives a frame as an array. Blocks.
     *
     * @return a copy; null if RCVTIMEO is over
     */
    default byte[] receiveBytes() {
        Socket socket = (Socket) this;
        return socket.incoming().receiveBytes(socket.core().receiveTimeout);
    }

    /**
     * Receives a frame as text. Blocks.
     *
     * @return decoded from UTF-8; null if RCVTIMEO is over
     */
    default String receiveString() {
        byte[] bytes = receiveBytes();
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Receives all frames of a message. Blocks.
     *
     * @return the frames, to be closed by the caller; null if RCVTIMEO is over
     */
    default Multipart receiveMultipart() {
        Socket socket = (Socket) this;
        return socket.receiveNewMultipart(socket.core().receiveTimeout);
    }

    /**
     * Receives all frames of a message. Does not block.
     *
     * @return the frames, to be closed by the caller; empty if no message is there
     */
    default Optional<Multipart> tryReceiveMultipart() {
        return Optional.ofNullable(((Socket) this).receiveNewMultipart(Timeout.NOT));
    }

    /**
     * Receives all frames of a message. Blocks for a time.
     *
     * @param timeout how long to wait at most, 0 for not at all
     * @return the frames, to be closed by the caller; empty if the time is over
     */
    default Optional<Multipart> receiveMultipart(Duration timeout) {
        long nanos = Timeout.nanos(timeout);
        return Optional.ofNullable(((Socket) this).receiveNewMultipart(nanos));
    }

    /**
     * Receives all frames of a message into one that is used again. Blocks.
     *
     * @param multipart its frames are dropped in any case
     * @return true if a message was received, false if RCVTIMEO is over
     */
    default boolean receive(Multipart multipart) {
        Socket socket = (Socket) this;
        return socket.incoming().receive(multipart, socket.core().receiveTimeout);
    }

    /**
     * Receives all frames of a message into one that is used again. Does not block.
     *
     * @param multipart its frames are dropped in any case
     * @return true if a message was received, false if none is there
     */
    default boolean tryReceive(Multipart multipart) {
        return ((Socket) this).incoming().receive(multipart, Timeout.NOT);
    }

    /**
     * Receives all frames of a message into one that is used again. Blocks for a time.
     *
     * @param multipart its frames are dropped in any case
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if a message was received, false if the time is over
     */
    default boolean receive(Multipart multipart, Duration timeout) {
        return ((Socket) this).incoming().receive(multipart, Timeout.nanos(timeout));
    }

    // ---- batches

    /**
     * Receives what is there: waits for the first frame, then takes more without waiting, and hands
     * each to the handler on this thread. Less work for each frame than single receives, and one
     * scope for all views: 40 bytes of Java heap for each {@code data()}, none without. Blocks.
     *
     * <p>The frames are the socket's: the handler may read and write them, send them on, or {@link
     * Message#share} what it keeps; they and their views die when this method returns. Sending on a
     * frame whose view was taken ends the views of the whole batch. The handler may use the socket.
     * If it throws, the batch ends there, and the exception reaches the caller; what was not taken
     * is received next time.
     *
     * @param handler gets the frames in order; {@link Message#more} tells where a message ends
     * @param max frames to take, 1 or more; a message of several frames is always finished
     * @return how many frames were handled; 0 if RCVTIMEO is over
     * @throws IllegalStateException from a handler, for the socket whose batch it handles
     */
    default int receiveBatch(Consumer<? super Message> handler, int max) {
        Socket socket = (Socket) this;
        return socket.incoming().receiveBatch(handler, max, socket.core().receiveTimeout);
    }

    /**
     * Receives what is there, see {@link #receiveBatch(Consumer, int)}. Blocks for a time until the
     * first frame is there; what then is there already ends with {@code max} only.
     *
     * @param handler gets the frames in order
     * @param max frames to take, 1 or more
     * @param timeout how long to wait at most, 0 for not at all
     * @return how many frames were handled; 0 if the time is over
     */
    default int receiveBatch(Consumer<? super Message> handler, int max, Duration timeout) {
        return ((Socket) this).incoming().receiveBatch(handler, max, Timeout.nanos(timeout));
    }

    /**
     * Receives what is there, see {@link #receiveBatch(Consumer, int)}. Does not block.
     *
     * @param handler gets the frames in order
     * @param max frames to take, 1 or more
     * @return how many frames were handled; 0 if none is there
     */
    default int drain(Consumer<? super Message> handler, int max) {
        return ((Socket) this).incoming().receiveBatch(handler, max, Timeout.NOT);
    }
}
