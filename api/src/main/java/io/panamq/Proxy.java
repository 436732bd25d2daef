// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import com.google.errorprone.annotations.CheckReturnValue;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import io.panamq.error.ZmqException;
import io.panamq.internal.socket.CaptureCopies;
import io.panamq.internal.socket.Forwarder;
import io.panamq.internal.socket.SocketSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Forwards messages between two sockets, such as from the clients of a ROUTER to the workers of a
 * DEALER and back, the subscriptions and messages of an XSUB and an XPUB, or from a PULL to a PUSH.
 *
 * {@snippet class="io.panamq.snippets.ProxySnippets" region="proxy"}
 *
 * <p><strong>Messages.</strong> A message is forwarded whole, frame by frame and without a copy of
 * its content. A REP or REQ keeps its turns. A ROUTER puts the routing id of the peer before what
 * it receives, and takes it off what it sends, so a DEALER on the other side passes it on to the
 * workers and back.
 *
 * <p><strong>Full queues.</strong> While a side has no room, nothing is received from the other
 * side for it, so the queues of that fill, and its peers meet their own high-water marks: a PUSH or
 * DEALER waits, a PUB drops. The other direction goes on, also while both are busy: each has its
 * turn after 1,000 messages at most. A proxy that waits needs no processor time. One message of
 * each direction may have been received already when the room ends; it stays in its socket, and the
 * next receive from that gets it, whether this proxy makes it or another one or the program. A
 * ROUTER with {@link SocketOption#ROUTER_MANDATORY} has no room while the peer of the next message
 * has none, and an XPUB or PUB with {@link SocketOption#XPUB_NODROP} while one of the subscribers
 * has none. The proxy drops only what has no peer at all, and {@link #statistics} tell how much
 * that was.
 *
 * <p><strong>Pause.</strong> While a proxy is paused it receives nothing, as if all sides were
 * full. Nothing is dropped by that, except by senders that drop when their own queue is full. The C
 * function {@code zmq_proxy_steerable} is not used, since its pause cannot be relied on: in libzmq
 * 4.3.4 a REP as the control socket waits for ever for its turn after a command, and an unknown
 * command ends the process; in 4.3.5 PAUSE and RESUME are mixed up. Its {@code zmq_proxy} stops
 * both directions while one side has no room, once a burst has begun.
 *
 * <p><strong>Sockets.</strong> Bind, connect and subscribe before. The sockets belong to the thread
 * that runs the proxy while it runs, and other threads may only close them or their context. {@link
 * #start} hands the sockets of the calling thread over to the new one, and when the proxy ends they
 * are free, for the thread that uses them next. After {@link #run} they still belong to its thread.
 * The proxy never closes them: the caller does.
 *
 * <p><strong>End.</strong> A proxy ends within 50 ms after {@link #terminate}, an interrupt of its
 * thread, the end of its context, or the close of one of its sockets, whether it waits or not and
 * whoever is full. A message is then forwarded whole or not at all. A proxy runs once; another one
 * may use the same sockets then.
 *
 * <p>{@link #pause}, {@link #resume}, {@link #terminate} and {@link #statistics} may be called by
 * any thread, before, while and after the proxy runs; the other methods by one thread at a time.
 *
 * <p>C function: {@code zmq_proxy}, of which this is an implementation in Java.
 */
public final class Proxy {
    static final String RUN = "proxy";

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** What libzmq can send copies to without an answer or a routing id. */
    private static final Set<SocketType> CAPTURING =
            Set.of(
                    SocketType.PUB,
                    SocketType.XPUB,
                    SocketType.PUSH,
                    SocketType.DEALER,
                    SocketType.PAIR);

    private final String name = "panamq-proxy-" + COUNT.incrementAndGet();
    private final AtomicBoolean started = new AtomicBoolean();

    /** The two sides, or one of them twice. */
    final BaseSocket frontend;

    final BaseSocket backend;
    @Nullable BaseSocket capture;

    /** From the frontend to the backend; null if one of them cannot do that. */
    final @Nullable Forwarder forth;

    /** From the backend to the frontend. */
    final @Nullable Forwarder back;

    private volatile boolean paused;
    private volatile boolean terminated;

    /** Of the run, until it has ended. */
    private volatile @Nullable Poller poller;

    private Proxy(Socket frontend, Socket backend, boolean bothWays) {
        this.frontend = checked(frontend, "frontend");
        this.backend = checked(backend, "backend");
        requireOneContext(this.backend);
        forth = forwarder(this.frontend, this.backend);
        back = bothWays && frontend != backend ? forwarder(this.backend, this.frontend) : null;
        if (forth == null && back == null) {
            throw new IllegalArgumentException(
                    "nothing can go from " + frontend + " to " + backend + " or back");
        }
    }

    private static BaseSocket checked(Socket socket, String what) {
        Objects.requireNonNull(socket, what);
        if (socket.type() == SocketType.STREAM) {
            throw new IllegalArgumentException(
                    socket + ": the connections of a STREAM mean nothing to another socket");
        }
        return BaseSocket.of(socket);
    }

    private void requireOneContext(BaseSocket other) {
        if (!SocketSecrets.haveOneContext(frontend, other)) {
            throw new IllegalArgumentException(
                    other
                            + " is of another context than "
                            + frontend
                            + ", so it could end within"
                            + " a message");
        }
    }

    private static @Nullable Forwarder forwarder(BaseSocket source, BaseSocket target) {
        return source instanceof ReceivingSocket && target instanceof SendingSocket
                ? new Forwarder(source, target)
                : null;
    }

    // ---- making

    /**
     * Makes a proxy that forwards in each direction in which the two sockets can receive and send.
     * So PULL and PUSH make one of a single direction. Two times the same socket makes an echo.
     * Returns at once and leaves the sockets as they are.
     *
     * @param frontend the side of the clients or publishers, by convention
     * @param backend the side of the workers or subscribers
     * @return the proxy, to be run or started once
     * @throws IllegalArgumentException if nothing can be forwarded in either direction, if one is a
     *     STREAM or of a thread-safe type, whose messages have a peer or a group instead of frames,
     *     or if they are of two contexts
     */
    @CheckReturnValue
    public static Proxy between(Socket frontend, Socket backend) {
        return new Proxy(frontend, backend, true);
    }

    /**
     * Begins to make a proxy of one direction: {@code Proxy.from(receiver).to(sender)}.
     *
     * @param receiver what to receive from, the frontend in the statistics
     * @return what takes the other socket
     */
    @CheckReturnValue
    public static Source from(ReceivingSocket receiver) {
        return new Source(receiver);
    }

    /** A proxy of one direction that lacks its target. */
    public static final class Source {
        private final ReceivingSocket receiver;

        private Source(ReceivingSocket receiver) {
            this.receiver = Objects.requireNonNull(receiver, "receiver");
        }

        /**
         * Makes a proxy that forwards in this direction only. Returns at once and leaves the
         * sockets as they are.
         *
         * @param sender what to send to, the backend in the statistics
         * @return the proxy, to be run or started once
         * @throws IllegalArgumentException as {@link Proxy#between}
         */
        @CheckReturnValue
        public Proxy to(SendingSocket sender) {
            return new Proxy(receiver, Objects.requireNonNull(sender, "sender"), false);
        }
    }

    /**
     * Sends a copy of each message, with all its frames, to another socket as well. It shares the
     * content. The socket gets everything: while it has no room, nothing is forwarded in either
     * direction. A message that has no peer is captured, too.
     *
     * @param sender a PUSH, PUB, XPUB, DEALER or PAIR, which belongs to the proxy's thread as the
     *     two sides do
     * @return this
     * @throws IllegalArgumentException if the socket is of another type or context, or is one of
     *     the two sides
     * @throws IllegalStateException if the proxy was run or started
     */
    public Proxy capture(SendingSocket sender) {
        BaseSocket socket = checked(sender, "sender");
        requireOneContext(socket);
        if (!CAPTURING.contains(sender.type()) || socket == frontend || socket == backend) {
            throw new IllegalArgumentException(
                    sender + " cannot capture: use a PUSH, PUB, XPUB, DEALER or PAIR of its own");
        }
        requireNew();
        CaptureCopies copies = new CaptureCopies(socket);
        if (forth != null) {
            forth.captureWith(copies);
        }
        if (back != null) {
            back.captureWith(copies);
        }
        capture = socket;
        return this;
    }

    // ---- running

    /**
     * Forwards on the calling thread, platform or virtual, until the proxy ends. Blocks. Returns
     * when it was terminated.
     *
     * @throws OperationInterruptedException if the thread is interrupted; the flag stays set
     * @throws ContextTerminatedException if the context is shut down or closed
     * @throws SocketClosedException if one of the sockets is closed
     * @throws WrongThreadException if one of the sockets belongs to another thread
     * @throws IllegalArgumentException if one of the sockets has {@link SocketOption#CONFLATE}
     * @throws IllegalStateException if the proxy was run or started before
     * @throws ZmqException EMFILE if there are too many sockets or open files for the poller that
     *     it needs
     */
    public void run() {
        begin();
        forward();
    }

    /**
     * Forwards on a new daemon thread with the name {@code panamq-proxy-} and a number. Returns at
     * once. The end of the thread is the end of the proxy. Of what {@link #run} throws, a closed
     * socket, an ended context and an interrupt just end the thread; anything else reaches its
     * {@linkplain Thread#setDefaultUncaughtExceptionHandler uncaught exception handler}.
     *
     * @return the thread, to wait for with {@link Thread#join()}
     * @throws WrongThreadException if one of the sockets belongs to another thread
     * @throws SocketClosedException if one of the sockets is closed
     * @throws IllegalStateException if the proxy was run or started before
     */
    public Thread start() {
        requireNew();
        for (BaseSocket socket : sockets()) {
            socket.handOver();
        }
        Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(this::forwardAndHandOver);
        begin();
        thread.start();
        return thread;
    }

    private void begin() {
        requireNew();
        if (!started.compareAndSet(false, true)) {
            requireNew();
        }
    }

    private void requireNew() {
        if (started.get()) {
            throw new IllegalStateException(this + " was started before: make another one");
        }
    }

    private List<BaseSocket> sockets() {
        List<BaseSocket> sockets = new ArrayList<>(List.of(frontend));
        if (backend != frontend) {
            sockets.add(backend);
        }
        if (capture != null) {
            sockets.add(capture);
        }
        return sockets;
    }

    private void forwardAndHandOver() {
        try {
            forward();
        } catch (ContextTerminatedException
                | SocketClosedException
                | OperationInterruptedException e) {
            // The proxy has ended.
        } finally {
            for (BaseSocket socket : sockets()) {
                handOver(socket);
            }
        }
    }

    private static void handOver(BaseSocket socket) {
        try {
            socket.handOver();
        } catch (ZmqException | WrongThreadException e) {
            // It is closed, or another thread had it from the start.
        }
    }

    private void forward() {
        try (Poller made = frontend.context().poller()) {
            poller = made;
            new ProxyRun(this, made).forward();
        } finally {
            poller = null;
            end(forth);
            end(back);
        }
    }

    private static void end(@Nullable Forwarder forwarder) {
        if (forwarder != null) {
            forwarder.end();
        }
    }

    // ---- for any thread

    /**
     * Lets the proxy receive nothing until {@link #resume}. Returns at once; what the proxy is
     * forwarding at that moment, 1,000 messages of each direction at most, it still forwards.
     */
    public void pause() {
        paused = true;
        wakeup();
    }

    /** Lets a proxy that was paused go on. Returns at once. */
    public void resume() {
        paused = false;
        wakeup();
    }

    /**
     * Ends the proxy, paused or not, or lets it end as soon as it is run. Returns at once; to wait
     * for the end, join the thread.
     */
    public void terminate() {
        terminated = true;
        wakeup();
    }

    private void wakeup() {
        Poller waiting = poller;
        if (waiting != null) {
            waiting.wakeup();
        }
    }

    boolean isPaused() {
        return paused;
    }

    boolean isTerminated() {
        return terminated;
    }

    /**
     * Returns what was forwarded until now. While the proxy runs, the numbers lag behind by the
     * burst that it is forwarding, and each is of a moment of its own. After its end they are
     * exact.
     *
     * @return the counters
     */
    public ProxyStatistics statistics() {
        return new ProxyStatistics(
                forth == null ? 0 : forth.messagesReceived(),
                forth == null ? 0 : forth.bytesReceived(),
                back == null ? 0 : back.messagesSent(),
                back == null ? 0 : back.bytesSent(),
                back == null ? 0 : back.messagesReceived(),
                back == null ? 0 : back.bytesReceived(),
                forth == null ? 0 : forth.messagesSent(),
                forth == null ? 0 : forth.bytesSent());
    }

    /** Returns its name and its sockets, such as {@code panamq-proxy-1[ROUTER#1, DEALER#2]}. */
    @Override
    public String toString() {
        return name + "[" + frontend + ", " + backend + "]";
    }
}
