// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.Receiver;
import io.panamq.Sender;
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

/**
 * A socket on an {@link EventLoop} that any thread can use: futures, publishers and subscribers.
 * Made by {@link #on}.
 *
 * {@snippet :
 * AsyncSocket rep = AsyncSocket.on(loop, context.rep());
 * rep.receive().thenCompose(rep::send).thenRun(() -> System.out.println("served"));
 * }
 *
 * <p><strong>Thread.</strong> All methods are legal on any thread, and none blocks. What depends on
 * a future runs on the loop's thread unless an {@code Async} method is used: it must not block.
 *
 * <p><strong>Order.</strong> Sends are done in the order in which they were called, receives are
 * served in that order.
 *
 * <p><strong>Messages.</strong> One that is to be sent must be of the calling thread, and is the
 * loop's until the future is done; then it is free, and the next thread that uses it has it:
 * without content if it was sent, untouched otherwise. One that was received is free too, and the
 * code that gets it must close it.
 *
 * <p><strong>Cancel.</strong> A future may be cancelled, or completed in another way, such as
 * {@code orTimeout}, by any thread. A receive that was cancelled took no message: the next one gets
 * it. {@code cancel} of a send returns true if nothing was sent and never will be; if it returns
 * false, and the future does not fail, it was sent.
 *
 * <p><strong>Bounds.</strong> No more than {@link #MAX_PENDING} sends and receives may wait at the
 * same time, unless made with another number; the futures of more fail with {@link
 * RejectedExecutionException} at once. Those that were cancelled do not count, unless the loop is
 * busy and has more than {@link #MAX_PENDING} of them still to let go of. Messages wait in libzmq,
 * up to the high-water marks, and nowhere else.
 *
 * <p><strong>End.</strong> {@link #close()}, the end of the loop and that of the context fail what
 * waits with {@link SocketClosedException} or {@link ContextTerminatedException}, and complete the
 * publishers. {@link EventLoop#stop} waits for sends that wait for room.
 *
 * <p>A direction that the socket type does not have throws {@link UnsupportedOperationException}.
 */
public final class AsyncSocket implements AutoCloseable {
    /** How many sends and receives may wait at the same time, unless told otherwise. */
    public static final int MAX_PENDING = AsyncSocketHandler.MAX_PENDING;

    private final AsyncSocketHandler handler;
    private final int maxPending;

    private AsyncSocket(LoopCore loop, Socket socket, int maxPending) {
        handler = new AsyncSocketHandler(loop, socket);
        this.maxPending = maxPending;
    }

    /**
     * Gives a socket to a loop. Does not block.
     *
     * @param loop serves it, and closes it when it ends
     * @param socket of this thread or free, not registered with the loop; the loop's from now on
     * @return the socket for all threads
     * @throws IllegalArgumentException if it is of another context than the loop
     * @throws IllegalStateException if the loop has it as an AsyncSocket already
     * @throws WrongThreadException if it belongs to another thread
     * @throws SocketClosedException if it is closed
     */
    public static AsyncSocket on(EventLoop loop, Socket socket) {
        return on(loop, socket, MAX_PENDING);
    }

    /**
     * Gives a socket to a loop, see {@link #on(EventLoop, Socket)}.
     *
     * @param loop serves it, and closes it when it ends
     * @param socket of this thread or free, not registered with the loop; the loop's from now on
     * @param maxPending how many sends and receives may wait at the same time, 1 or more
     * @return the socket for all threads
     * @throws IllegalArgumentException also if the number is less than 1
     */
    public static AsyncSocket on(EventLoop loop, Socket socket, int maxPending) {
        if (maxPending < 1) {
            throw new IllegalArgumentException("maxPending is less than 1: " + maxPending);
        }
        loop.core.requireSameContext(socket);
        var async = new AsyncSocket(loop.core, socket, maxPending);
        async.handler.start();
        return async;
    }

    // ---- receiving

    /**
     * Receives a frame.
     *
     * @return the frame, which the code that gets it must close
     */
    public CompletableFuture<Message> receive() {
        return submit(
                new ReceiveFuture<>(
                        receiving(), AsyncSocket::frame, frame -> frame, Timeout.FOREVER, null));
    }

    /**
     * Receives a frame if one comes in time.
     *
     * @param timeout how long to wait at most, 0 for not at all
     * @return the frame, which the code that gets it must close; empty if the time is over
     */
    public CompletableFuture<Optional<Message>> receive(Duration timeout) {
        long nanos = Timeout.nanos(timeout);
        return submit(
                new ReceiveFuture<>(
                        receiving(), AsyncSocket::frame, Optional::of, nanos, Optional.empty()));
    }

    /**
     * Receives all frames of a message.
     *
     * @return the frames, which the code that gets them must close
     */
    public CompletableFuture<Multipart> receiveMultipart() {
        return submit(
                new ReceiveFuture<>(
                        receiving(), AsyncSocket::frames, frames -> frames, Timeout.FOREVER, null));
    }

    /**
     * Receives all frames of a message if one comes in time.
     *
     * @param timeout how long to wait at most, 0 for not at all
     * @return the frames, which the code that gets them must close; empty if the time is over
     */
    public CompletableFuture<Optional<Multipart>> receiveMultipart(Duration timeout) {
        long nanos = Timeout.nanos(timeout);
        return submit(
                new ReceiveFuture<>(
                        receiving(), AsyncSocket::frames, Optional::of, nanos, Optional.empty()));
    }

    /**
     * The frames that the socket receives. A subscriber gets as many as it asks for: while it asks
     * for none, none is received, and peers are held up by the high-water marks. Several
     * subscribers and receives get the frames in turn, each frame once. The stream completes when
     * the socket is closed; one that begins afterwards fails. What a subscriber throws cancels it
     * and is reported by the loop.
     *
     * @return for any number of subscribers, who are called on the loop's thread, must not block
     *     and close the frames
     */
    public Flow.Publisher<Message> publisher() {
        return publisher(AsyncSocket::frame);
    }

    /**
     * The messages that the socket receives with all their frames, otherwise like {@link
     * #publisher}.
     *
     * @return for any number of subscribers, who close the messages
     */
    public Flow.Publisher<Multipart> multipartPublisher() {
        return publisher(AsyncSocket::frames);
    }

    private <T> Flow.Publisher<T> publisher(Function<Receiver, T> receive) {
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
     * @param message with content, of this thread; the loop's until the future is done
     * @return true when it was queued by libzmq
     * @throws IllegalStateException if it has no content
     * @throws WrongThreadException if it belongs to another thread
     */
    public CompletableFuture<Boolean> send(Message message) {
        return send(message, Timeout.FOREVER);
    }

    /**
     * Sends a message of one frame if there is room in time.
     *
     * @param message with content, of this thread; the loop's until the future is done
     * @param timeout how long to wait at most, 0 for not at all
     * @return true when it was queued by libzmq; false if the time is over
     * @throws IllegalStateException if it has no content
     * @throws WrongThreadException if it belongs to another thread
     */
    public CompletableFuture<Boolean> send(Message message, Duration timeout) {
        return send(message, Timeout.nanos(timeout));
    }

    /**
     * Sends all frames of a message, or none.
     *
     * @param multipart of this thread; the loop's until the future is done
     * @return true when it was queued by libzmq
     * @throws WrongThreadException if it belongs to another thread
     */
    public CompletableFuture<Boolean> send(Multipart multipart) {
        return send(multipart, Timeout.FOREVER);
    }

    /**
     * Sends all frames of a message, or none, if there is room in time.
     *
     * @param multipart of this thread; the loop's until the future is done
     * @param timeout how long to wait at most, 0 for not at all
     * @return true when it was queued by libzmq; false if the time is over
     * @throws WrongThreadException if it belongs to another thread
     */
    public CompletableFuture<Boolean> send(Multipart multipart, Duration timeout) {
        return send(multipart, Timeout.nanos(timeout));
    }

    private CompletableFuture<Boolean> send(AutoCloseable content, long nanos) {
        AsyncSocketHandler target = sending();
        SendFuture.giveUp(content);
        return submit(new SendFuture(target, content, false, nanos));
    }

    /**
     * Sends a copy of an array.
     *
     * @param content all of it
     * @return true when it was queued by libzmq
     */
    public CompletableFuture<Boolean> send(byte[] content) {
        AsyncSocketHandler target = sending();
        StackGuard.require(); // so that the message is sent or closed
        Message message = Message.of(content);
        boolean given = false;
        try {
            message.release();
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
     * @return true when it was queued by libzmq
     */
    public CompletableFuture<Boolean> send(String content) {
        Objects.requireNonNull(content, "content");
        return send(content.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends the frames of a publisher, each a message, see {@link #subscriber}.
     *
     * @param publisher is subscribed to once
     * @return done when all were queued by libzmq; fails if the publisher does, or a send. Cancels
     *     the subscription if it is cancelled
     */
    public CompletableFuture<Void> sendAll(Flow.Publisher<Message> publisher) {
        Objects.requireNonNull(publisher, "publisher");
        var subscriber = new SendingSubscriber<Message>(sending());
        publisher.subscribe(subscriber);
        return subscriber.result;
    }

    /**
     * Sends each message that it gets and then closes it: one that is free, or of the thread that
     * calls {@code onNext}. It asks for 16 at first, and for more as they are queued by libzmq: a
     * full high-water mark holds up the publisher. If a send fails, or the socket is closed, it
     * cancels its subscription.
     *
     * @return for one publisher
     */
    public Flow.Subscriber<Message> subscriber() {
        return new SendingSubscriber<>(sending());
    }

    /**
     * Sends each message that it gets with all its frames, otherwise like {@link #subscriber}.
     *
     * @return for one publisher
     */
    public Flow.Subscriber<Multipart> multipartSubscriber() {
        return new SendingSubscriber<>(sending());
    }

    // ---- within

    private AsyncSocketHandler receiving() {
        if (!(handler.socket instanceof Receiver)) {
            throw new UnsupportedOperationException(handler.socket + " does not receive");
        }
        return handler;
    }

    private AsyncSocketHandler sending() {
        if (!(handler.socket instanceof Sender)) {
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

    private static Message frame(Receiver receiver) {
        Message message = receiver.tryReceive().orElse(null);
        if (message != null) {
            message.release();
        }
        return message;
    }

    private static Multipart frames(Receiver receiver) {
        Multipart multipart = receiver.tryReceiveMultipart().orElse(null);
        if (multipart != null) {
            multipart.release();
        }
        return multipart;
    }

    // ---- life

    /**
     * The socket itself, for options and endpoints: on the loop's thread only.
     *
     * @return as it was given
     */
    public Socket socket() {
        return handler.socket;
    }

    /**
     * Whether the socket was closed.
     *
     * @return true after {@link #close}, or the end of its loop or context
     */
    public boolean isClosed() {
        return handler.socket.isClosed();
    }

    /** Closes the socket, which lingers, and fails all that waits. Idempotent. Does not block. */
    @Override
    public void close() {
        handler.socket.close();
    }

    /** As the socket. */
    @Override
    public String toString() {
        return "Async " + handler.socket;
    }
}
