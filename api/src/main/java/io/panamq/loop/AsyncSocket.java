// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import com.google.errorprone.annotations.CheckReturnValue;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.Receiver;
import io.panamq.ReceivingSocket;
import io.panamq.Sender;
import io.panamq.SendingSocket;
import io.panamq.Socket;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.SocketClosedException;
import io.panamq.internal.guard.StackGuard;
import io.panamq.internal.socket.Timeout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A socket on an {@link EventLoop} that any thread can use, with futures, publishers and
 * subscribers. It is made by {@link #on}.
 *
 * {@snippet class="io.panamq.snippets.LoopSnippets" region="async"}
 *
 * <p><strong>Thread.</strong> Any thread may call all methods, and none waits for messages or for
 * room. Code that depends on a future, such as the functions above, runs on the loop's thread and
 * must not block. It runs on the calling thread if the future is done already, and elsewhere with
 * the {@code Async} methods of the future.
 *
 * <p><strong>Order.</strong> Sends are done in the order in which they were called. Receives get
 * messages in the order in which they were called.
 *
 * <p><strong>Messages.</strong> A message that is to be sent must belong to the calling thread. It
 * belongs to the loop until the future is done. Then it is {@linkplain Message#handOver free}: what
 * was sent has no content and needs no close; what was not sent is unchanged, to be sent again or
 * closed. A message that was received is free too, and the code that gets it closes it or sends it
 * on.
 *
 * <p><strong>Failures.</strong> A send throws at once, and leaves the message to the caller, if the
 * message has no content ({@link IllegalStateException}) or belongs to another thread ({@link
 * WrongThreadException}). All that goes wrong later fails the future: the exceptions that {@link
 * Sender} and {@link Receiver} list, and those of the next three paragraphs. A method for a
 * direction that the socket type does not have, such as a send on a SUB socket, throws {@link
 * UnsupportedOperationException}.
 *
 * <p><strong>Cancel.</strong> Any thread may cancel a future, or complete it in another way, such
 * as with {@code orTimeout}. A receive that was cancelled took no message: the next receive gets
 * it. If {@code cancel} of a send returns true, nothing was sent and nothing will be. If it returns
 * false, the send had ended before, and the future has its result or gets it at once. Cancel the
 * future that a method of this class returned: one that was derived from it, as by {@code
 * thenApply} or {@code thenAccept}, tells it nothing, so the receive goes on, and takes and drops a
 * message.
 *
 * <p><strong>Bounds.</strong> At most {@link #MAX_PENDING} sends and receives ({@value
 * #MAX_PENDING}) may wait at the same time, unless {@link #on(EventLoop, Socket, int)} was given
 * another number. The future of one more fails at once with {@link RejectedExecutionException}. A
 * cancelled one no longer counts, but the loop must still remove it: while the loop is busy and has
 * more than {@value #MAX_PENDING} of them to remove, futures may fail in the same way. Messages
 * that were not yet received wait in libzmq only, up to the high-water marks.
 *
 * <p><strong>End.</strong> {@link #close()}, the end of the loop and the end of the context close
 * the socket. Sends and receives that wait then fail, with {@link SocketClosedException} or {@link
 * ContextTerminatedException}, and publishers complete. {@link EventLoop#stop} first waits for
 * sends that wait for room.
 */
public final class AsyncSocket implements AutoCloseable {
    /**
     * How many sends and receives may wait at the same time, unless {@link #on(EventLoop, Socket,
     * int)} is given another number.
     */
    public static final int MAX_PENDING = AsyncSocketHandler.MAX_PENDING;

    private final AsyncSocketHandler handler;
    private final int maxPending;

    private AsyncSocket(LoopCore loop, Socket socket, int maxPending) {
        handler = new AsyncSocketHandler(loop, socket);
        this.maxPending = maxPending;
    }

    /**
     * Gives a socket to a loop. Returns at once. If the loop has ended, the socket is closed, and
     * all its futures fail.
     *
     * @param loop the loop that serves the socket, and closes it at its own end
     * @param socket a socket of this thread, or a {@linkplain Socket free} one, not registered with
     *     the loop; it belongs to the loop from now on
     * @return the socket for all threads
     * @throws IllegalArgumentException if the socket is of another context than the loop
     * @throws IllegalStateException if the loop has the socket as an AsyncSocket already
     * @throws WrongThreadException if the socket belongs to another thread
     * @throws SocketClosedException if the socket is closed
     */
    public static AsyncSocket on(EventLoop loop, Socket socket) {
        return on(loop, socket, MAX_PENDING);
    }

    /**
     * Gives a socket to a loop, see {@link #on(EventLoop, Socket)}.
     *
     * @param loop the loop that serves the socket, and closes it at its own end
     * @param socket a socket of this thread, or a {@linkplain Socket free} one, not registered with
     *     the loop; it belongs to the loop from now on
     * @param maxPending how many sends and receives may wait at the same time, 1 or more
     * @return the socket for all threads
     * @throws IllegalArgumentException if maxPending is less than 1, or the socket is of another
     *     context than the loop
     */
    public static AsyncSocket on(EventLoop loop, Socket socket, int maxPending) {
        if (maxPending < 1) {
            throw new IllegalArgumentException("maxPending is less than 1: " + maxPending);
        }
        Objects.requireNonNull(loop, "loop");
        loop.core.requireSameContext(Objects.requireNonNull(socket, "socket"));
        var async = new AsyncSocket(loop.core, socket, maxPending);
        async.handler.start();
        return async;
    }

    // ---- receiving

    /**
     * Receives a frame.
     *
     * @return the frame, which the code that gets it closes or sends
     */
    @CheckReturnValue
    public CompletableFuture<Message> receive() {
        return submit(
                new ReceiveFuture<>(
                        receiving(), AsyncSocket::frame, frame -> frame, Timeout.FOREVER, null));
    }

    /**
     * Receives a frame if one comes within the given time.
     *
     * @param timeout how long to wait at most, 0 for not at all
     * @return the frame, which the code that gets it closes or sends; empty if the time is over
     */
    @CheckReturnValue
    public CompletableFuture<Optional<Message>> receive(Duration timeout) {
        long nanos = Timeout.nanos(timeout);
        return submit(
                new ReceiveFuture<>(
                        receiving(), AsyncSocket::frame, Optional::of, nanos, Optional.empty()));
    }

    /**
     * Receives all frames of a message.
     *
     * @return the frames, which the code that gets them closes or sends
     */
    @CheckReturnValue
    public CompletableFuture<Multipart> receiveMultipart() {
        return submit(
                new ReceiveFuture<>(
                        receiving(), AsyncSocket::frames, frames -> frames, Timeout.FOREVER, null));
    }

    /**
     * Receives all frames of a message if one comes within the given time.
     *
     * @param timeout how long to wait at most, 0 for not at all
     * @return the frames, which the code that gets them closes or sends; empty if the time is over
     */
    @CheckReturnValue
    public CompletableFuture<Optional<Multipart>> receiveMultipart(Duration timeout) {
        long nanos = Timeout.nanos(timeout);
        return submit(
                new ReceiveFuture<>(
                        receiving(), AsyncSocket::frames, Optional::of, nanos, Optional.empty()));
    }

    /**
     * Returns a publisher of the frames that the socket receives. A subscriber gets as many frames
     * as it asks for. While it asks for none, none is received for it, and the high-water marks
     * hold up the peers. Several subscribers and receives get the frames in turn; each frame goes
     * to one of them. A subscription completes when the socket is closed; one that begins after
     * that gets {@code onError}. If {@code onNext} throws, the loop cancels that subscription and
     * reports the failure.
     *
     * @return a publisher for any number of subscribers. They are called on the loop's thread, must
     *     not block, and close the frames or send them on
     */
    public Flow.Publisher<Message> publisher() {
        return publisher(AsyncSocket::frame);
    }

    /**
     * Returns a publisher of the messages that the socket receives, each with all its frames,
     * otherwise like {@link #publisher}.
     *
     * @return a publisher for any number of subscribers, which close the messages or send them on
     */
    public Flow.Publisher<Multipart> multipartPublisher() {
        return publisher(AsyncSocket::frames);
    }

    private <T> Flow.Publisher<T> publisher(Function<ReceivingSocket, T> receive) {
        AsyncSocketHandler source = receiving();
        return subscriber -> {
            Objects.requireNonNull(subscriber, "subscriber");
            source.submit(new MessageSubscription<>(source, receive, subscriber));
        };
    }

    // ---- sending

    /**
     * Sends a message of one frame.
     *
     * @param message a message of this thread, with content; it belongs to the loop until the
     *     future is done
     * @return true when libzmq has queued it; never false
     * @throws IllegalStateException if it has no content
     * @throws WrongThreadException if it belongs to another thread
     */
    public CompletableFuture<Boolean> send(Message message) {
        return send(Objects.requireNonNull(message, "message"), Timeout.FOREVER);
    }

    /**
     * Sends a message of one frame if there is room within the given time.
     *
     * @param message a message of this thread, with content; it belongs to the loop until the
     *     future is done
     * @param timeout how long to wait at most, 0 for not at all
     * @return true when libzmq has queued it; false if the time is over
     * @throws IllegalStateException if it has no content
     * @throws WrongThreadException if it belongs to another thread
     */
    public CompletableFuture<Boolean> send(Message message, Duration timeout) {
        return send(Objects.requireNonNull(message, "message"), Timeout.nanos(timeout));
    }

    /**
     * Sends all frames of a message, or none.
     *
     * @param multipart a multipart of this thread; it belongs to the loop until the future is done
     * @return true when libzmq has queued it; never false
     * @throws WrongThreadException if it belongs to another thread
     */
    public CompletableFuture<Boolean> send(Multipart multipart) {
        return send(Objects.requireNonNull(multipart, "multipart"), Timeout.FOREVER);
    }

    /**
     * Sends all frames of a message, or none, if there is room within the given time.
     *
     * @param multipart a multipart of this thread; it belongs to the loop until the future is done
     * @param timeout how long to wait at most, 0 for not at all
     * @return true when libzmq has queued it; false if the time is over
     * @throws WrongThreadException if it belongs to another thread
     */
    public CompletableFuture<Boolean> send(Multipart multipart, Duration timeout) {
        return send(Objects.requireNonNull(multipart, "multipart"), Timeout.nanos(timeout));
    }

    private CompletableFuture<Boolean> send(AutoCloseable content, long nanos) {
        AsyncSocketHandler target = sending();
        SendFuture.giveUp(content);
        return submit(new SendFuture(target, content, false, nanos));
    }

    /**
     * Sends a copy of an array.
     *
     * @param content the array; all of it is sent
     * @return true when libzmq has queued it; never false
     */
    public CompletableFuture<Boolean> send(byte[] content) {
        Objects.requireNonNull(content, "content");
        AsyncSocketHandler target = sending();
        StackGuard.require(); // so that the message is sent or closed
        Message message = Message.of(content);
        boolean given = false;
        try {
            message.handOver();
            CompletableFuture<Boolean> send =
                    submit(new SendFuture(target, message, true, Timeout.FOREVER));
            given = true;
            return send;
        } finally {
            if (!given) {
                message.close();
            }
        }
    }

    /**
     * Sends a text as UTF-8.
     *
     * @param content the text
     * @return true when libzmq has queued it; never false
     */
    public CompletableFuture<Boolean> send(String content) {
        Objects.requireNonNull(content, "content");
        return send(content.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends the frames of a publisher, each as a message of its own, see {@link #subscriber}.
     *
     * @param publisher the publisher, which gets one subscriber
     * @return a future that is done when libzmq has queued all messages, and fails if the publisher
     *     or a send fails; to cancel it cancels the subscription
     */
    public CompletableFuture<Void> sendAll(Flow.Publisher<Message> publisher) {
        Objects.requireNonNull(publisher, "publisher");
        var subscriber = new SendingSubscriber<Message>(sending());
        publisher.subscribe(subscriber);
        return subscriber.result;
    }

    /**
     * Returns a subscriber that sends each message that it gets, and then closes it. A message must
     * be {@linkplain Message#handOver free} or belong to the thread that calls {@code onNext}. The
     * subscriber asks for 16 messages at first, and for more when libzmq has queued some of them;
     * so a full high-water mark holds up the publisher. If a send fails, or the socket is closed,
     * it cancels its subscription.
     *
     * @return a subscriber for one publisher
     */
    public Flow.Subscriber<Message> subscriber() {
        return new SendingSubscriber<>(sending());
    }

    /**
     * Returns a subscriber that sends each message that it gets with all its frames, otherwise like
     * {@link #subscriber}.
     *
     * @return a subscriber for one publisher
     */
    public Flow.Subscriber<Multipart> multipartSubscriber() {
        return new SendingSubscriber<>(sending());
    }

    // ---- within

    private AsyncSocketHandler receiving() {
        if (!(handler.socket instanceof ReceivingSocket)) {
            throw new UnsupportedOperationException(handler.socket + " does not receive");
        }
        return handler;
    }

    private AsyncSocketHandler sending() {
        if (!(handler.socket instanceof SendingSocket)) {
            throw new UnsupportedOperationException(handler.socket + " does not send");
        }
        return handler;
    }

    private <T> CompletableFuture<T> submit(AsyncFuture<T> future) {
        StackGuard.requireLittle(); // so that what is counted is submitted, or no longer counted
        if (!handler.admit(maxPending)) {
            future.refuse(
                    new RejectedExecutionException(
                            maxPending + " calls wait on " + handler.socket + " already"));
            return future;
        }
        boolean submitted = false;
        try {
            handler.submit(future);
            submitted = true;
        } finally {
            if (!submitted) {
                handler.dismiss();
            }
        }
        return future;
    }

    private static @Nullable Message frame(ReceivingSocket receiver) {
        Message message = receiver.tryReceive().orElse(null);
        if (message != null) {
            message.handOver();
        }
        return message;
    }

    private static @Nullable Multipart frames(ReceivingSocket receiver) {
        Multipart multipart = receiver.tryReceiveMultipart().orElse(null);
        if (multipart != null) {
            multipart.handOver();
        }
        return multipart;
    }

    // ---- life

    /**
     * Returns the socket itself, for options and endpoints. Use it on the loop's thread only.
     *
     * @return the socket that was given to {@link #on}
     */
    public Socket socket() {
        return handler.socket;
    }

    /**
     * Returns whether the socket was closed.
     *
     * @return true after {@link #close}, or the end of its loop or context
     */
    public boolean isClosed() {
        return handler.socket.isClosed();
    }

    /**
     * Closes the socket, within milliseconds, as {@link Socket#close} does. What libzmq has queued
     * is still sent for the time of {@link io.panamq.SocketOption#LINGER}; sends and receives that
     * wait here fail. May be called more than once.
     */
    @Override
    public void close() {
        handler.socket.close();
    }

    /** Returns the name of the socket, with the word Async before it. */
    @Override
    public String toString() {
        return "Async " + handler.socket;
    }
}
