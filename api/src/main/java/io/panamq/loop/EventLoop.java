// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.MonitorEvent;
import io.panamq.Multipart;
import io.panamq.PollEvent;
import io.panamq.PollItem;
import io.panamq.Poller;
import io.panamq.Receiver;
import io.panamq.Socket;
import io.panamq.SocketMonitor;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import io.panamq.internal.socket.Timeout;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One thread that serves many sockets, monitors, file descriptors and timers with handlers. Made
 * and started by {@link #create}.
 *
 * {@snippet :
 * try (EventLoop loop = EventLoop.create(context)) {
 *     loop.execute(
 *             () -> {
 *                 PullSocket pull = context.pull();
 *                 pull.bind("tcp://127.0.0.1:5555");
 *                 loop.onMessage(pull, message -> System.out.println(message.toUtf8()));
 *             });
 *     loop.scheduleAtFixedRate(Duration.ZERO, Duration.ofSeconds(1), this::tick);
 *     await();
 * }
 * }
 *
 * <p><strong>Thread.</strong> All handlers, tasks and timers run on the loop's thread, a platform
 * thread, one after the other: they need no locks, and must not block. {@link #execute}, {@link
 * #schedule}, {@link #stop} and {@link #close} are legal from any thread; the {@code on} methods on
 * the loop's thread only, that is within {@link #execute} or a handler. Another thread that made a
 * socket calls {@link Socket#release} before it hands it over.
 *
 * <p><strong>Sockets</strong> that were added are the loop's: it closes them when it ends. {@link
 * PollItem#remove} takes one back, also within its own handler, and {@link Socket#release} then
 * gives it to another thread. One that is closed leaves the loop by itself. One that was given to
 * another thread without {@code remove} is dropped with a report.
 *
 * <p><strong>Fair.</strong> In each round the loop runs the tasks and timers that are due, then
 * gives each ready socket one turn, of {@link Builder#messagesPerTurn} messages at most (64 unless
 * changed): a flooded socket delays the others by a turn and not more. Tasks that a task adds wait
 * for the next round.
 *
 * <p><strong>Failures.</strong> What a handler, task or timer throws ends nothing: it is given to
 * {@link Builder#onFailure}, or else logged, and the loop goes on, also with that handler and
 * timer. If receiving itself fails, the socket is paused as well. If the Java heap is full, the
 * loop ends as with {@link #stopNow}, and reports that. An interrupt of the loop's thread ends a
 * wait of a handler and is forgotten afterwards.
 *
 * <p><strong>End.</strong> {@link #stop} drains, {@link #stopNow} abandons, {@link #close} drains
 * and waits; the loop also ends when its context is closed or shut down.
 */
public final class EventLoop implements Executor, AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    final LoopCore core;
    private final long drainNanos;

    private EventLoop(Builder builder) {
        drainNanos = Math.min(builder.drainNanos, Long.MAX_VALUE / 4);
        String name =
                builder.name == null ? "panamq-loop-" + COUNT.incrementAndGet() : builder.name;
        core = new LoopCore(builder.context, name, builder.onFailure);
        core.start(new LoopRunner(core, builder.messagesPerTurn, drainNanos));
    }

    /**
     * Starts a loop with the defaults of {@link Builder}. Does not block.
     *
     * @param context of the sockets to come
     * @return the loop, to be closed by the caller
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public static EventLoop create(Context context) {
        return builder(context).start();
    }

    /**
     * Returns a builder of a loop with other settings.
     *
     * @param context of the sockets to come
     * @return a builder with the defaults
     */
    public static Builder builder(Context context) {
        return new Builder(Objects.requireNonNull(context, "context"));
    }

    // ---- sockets

    /**
     * Gives each frame that a socket receives to a handler. On the loop's thread. Does not block.
     *
     * @param socket of this thread or free; the loop's from now on
     * @param handler gets one frame after the other; {@link Message#more} tells where a message
     *     ends. The frame is the loop's and is used again: the handler may read and write it, send
     *     it on, or {@link Message#share} what it keeps
     * @param <S> a socket that receives
     * @return its item, to pause or remove it; its attachment is the loop's
     * @throws IllegalArgumentException if it is registered here already, or of another context
     * @throws WrongThreadException on another thread, or if the socket belongs to another one
     * @throws SocketClosedException if the socket is closed, or the loop has ended
     */
    public <S extends Socket & Receiver> PollItem onMessage(
            S socket, Consumer<? super Message> handler) {
        Objects.requireNonNull(handler, "handler");
        return add(socket, new LoopHandler.Frames(core, handler), PollEvent.IN);
    }

    /**
     * Gives each message that a socket receives to a handler, with all its frames. On the loop's
     * thread. Does not block.
     *
     * @param socket of this thread or free; the loop's from now on
     * @param handler gets one message after the other, which is the loop's and is used again: it
     *     may read it, change it and send it on
     * @param <S> a socket that receives
     * @return its item, to pause or remove it; its attachment is the loop's
     * @throws IllegalArgumentException as {@link #onMessage}
     * @throws WrongThreadException as {@link #onMessage}
     * @throws SocketClosedException as {@link #onMessage}
     */
    public <S extends Socket & Receiver> PollItem onMultipart(
            S socket, Consumer<? super Multipart> handler) {
        Objects.requireNonNull(handler, "handler");
        return add(socket, new LoopHandler.Multiparts(core, handler), PollEvent.IN);
    }

    /**
     * Gives the events of a monitor to a handler; after the last one the monitor is closed. On the
     * loop's thread. Does not block.
     *
     * @param monitor of this thread or free; the loop's from now on
     * @param handler gets one event after the other
     * @return its item, to pause or remove it; its attachment is the loop's
     * @throws IllegalArgumentException as {@link #onMessage}
     * @throws WrongThreadException as {@link #onMessage}
     * @throws SocketClosedException as {@link #onMessage}
     */
    public PollItem onEvent(SocketMonitor monitor, Consumer<? super MonitorEvent> handler) {
        Objects.requireNonNull(monitor, "monitor");
        Objects.requireNonNull(handler, "handler");
        requireLoopThread("onEvent");
        core.requireSameContext(monitor);
        return core.poller.add(monitor, new LoopHandler.Events(core, handler));
    }

    /**
     * Calls a handler once in each round in which a socket is ready, to receive or send itself
     * without blocking: that takes a bounded number of messages, and what is left comes in the next
     * round. The handler is called once more after the socket was closed, with {@link
     * PollItem#isClosed}, unless the loop closed it. On the loop's thread. Does not block.
     *
     * @param socket of this thread or free; the loop's from now on
     * @param handler gets the item, which tells what is ready
     * @param events what to wait for, nothing at all is a pause. Beware of {@link PollEvent#OUT}:
     *     it is ready again and again, for as long as there is room
     * @return its item, to change, pause or remove it; its attachment is the loop's
     * @throws IllegalArgumentException as {@link #onMessage}, or for other events
     * @throws WrongThreadException as {@link #onMessage}
     * @throws SocketClosedException as {@link #onMessage}
     */
    public PollItem onReady(
            Socket socket, Consumer<? super PollItem> handler, PollEvent... events) {
        Objects.requireNonNull(handler, "handler");
        return add(socket, new LoopHandler.Ready(core, handler), events);
    }

    /**
     * Calls a handler once in each round in which a file descriptor is ready. On the loop's thread.
     * Does not block. Not on Windows.
     *
     * @param fd 0 or more; it stays the caller's, who removes it before closing it
     * @param handler gets the item, which tells what is ready
     * @param events what to wait for, nothing at all is a pause
     * @return its item, to change, pause or remove it; its attachment is the loop's
     * @throws IllegalArgumentException if it is registered here already, or negative
     * @throws WrongThreadException on another thread
     * @throws UnsupportedFeatureException ENOTSUP on Windows
     * @throws ZmqException as {@link Poller#add(int, Object, PollEvent...)}
     */
    public PollItem onReady(int fd, Consumer<? super PollItem> handler, PollEvent... events) {
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(events, "events");
        requireLoopThread("onReady");
        return core.poller.add(fd, new LoopHandler.Ready(core, handler), events);
    }

    private PollItem add(Socket socket, LoopHandler handler, PollEvent... events) {
        Objects.requireNonNull(socket, "socket");
        Objects.requireNonNull(events, "events");
        requireLoopThread("add");
        core.requireSameContext(socket);
        return core.poller.add(socket, handler, events);
    }

    private void requireLoopThread(String operation) {
        if (!isLoopThread()) {
            throw new WrongThreadException(
                    operation
                            + " on "
                            + this
                            + " is called on "
                            + Thread.currentThread()
                            + ": call it within execute()");
        }
    }

    // ---- tasks and timers

    /**
     * Runs a task on the loop's thread, after those that were given before; from any thread. Does
     * not block. The tasks of a stopped loop are in {@link #abandoned}. {@link
     * java.util.concurrent.CompletableFuture#supplyAsync} with this executor tells the result.
     *
     * @param task must not block
     * @throws RejectedExecutionException if the loop was stopped; what the loop itself runs may
     *     still add tasks while it drains
     */
    @Override
    public void execute(Runnable task) {
        core.execute(Objects.requireNonNull(task, "task"));
    }

    /**
     * Runs a task on the loop's thread once, later; from any thread. Does not block.
     *
     * @param delay from now, 0 or more; it is never run earlier, and as much later as the loop is
     *     busy, and a millisecond
     * @param task must not block
     * @return the timer, to cancel it
     * @throws IllegalArgumentException if the delay is negative
     * @throws RejectedExecutionException if the loop was stopped
     */
    public LoopTimer schedule(Duration delay, Runnable task) {
        Objects.requireNonNull(task, "task");
        return core.schedule(task, Timeout.nanos(delay), 0);
    }

    /**
     * Runs a task on the loop's thread again and again; from any thread. The times are fixed
     * beforehand (start, start + period, start + 2 periods …), so nothing adds up. Those that are
     * missed, because the loop was busy or the machine slept, count as one: the task runs once, and
     * then at the next of those times. Does not block.
     *
     * @param initialDelay from now, 0 or more
     * @param period more than 0
     * @param task must not block; what it throws is reported and does not end the timer
     * @return the timer, to cancel it
     * @throws IllegalArgumentException if the delay is negative, or the period not positive
     * @throws RejectedExecutionException if the loop was stopped
     */
    public LoopTimer scheduleAtFixedRate(Duration initialDelay, Duration period, Runnable task) {
        Objects.requireNonNull(task, "task");
        long first = Timeout.nanos(initialDelay);
        long nanos = Timeout.nanos(period);
        if (nanos == 0) {
            throw new IllegalArgumentException("the period is 0");
        }
        return core.schedule(task, first, nanos);
    }

    /**
     * Whether the calling thread is the loop's.
     *
     * @return true within tasks, timers and handlers
     */
    public boolean isLoopThread() {
        return core.isLoopThread();
    }

    // ---- the end

    /**
     * Ends the loop when it has done what it was given: the tasks that were accepted, the messages
     * that have arrived, and what waits to be sent by {@link AsyncSocket}; for {@link
     * Builder#drainTimeout} at most. Then it closes its sockets, which linger. Timers do not run
     * any more, new tasks are refused. From any thread, also within a handler; idempotent. Does not
     * block.
     */
    public void stop() {
        core.stop();
    }

    /**
     * Ends the loop as soon as the handler or task that runs now returns: then it closes its
     * sockets. What runs now is interrupted, and if it waits, as in {@code receive}, that ends with
     * {@link OperationInterruptedException}. Code that depends on a future that fails then is not
     * interrupted. From any thread, also within a handler, which is not interrupted by its own
     * call; also after {@link #stop}. A second call interrupts again. Does not block.
     */
    public void stopNow() {
        core.stopNow();
    }

    /**
     * Waits until the loop has ended. <strong>Blocks</strong> for a time.
     *
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if it has ended and its sockets are closed, false if the time is over
     * @throws IllegalStateException on the loop's thread, which would wait for itself
     * @throws OperationInterruptedException if the thread is interrupted; the flag stays set
     */
    public boolean awaitStopped(Duration timeout) {
        return core.await(Timeout.nanos(timeout));
    }

    /**
     * Whether the loop has ended.
     *
     * @return true when nothing runs any more, and its sockets are closed
     */
    public boolean isStopped() {
        return core.end.isReached();
    }

    /**
     * The tasks that were accepted and not run: after {@link #stopNow}, or when draining took too
     * long, or the context ended first.
     *
     * @return in the order they were given; empty before the end
     */
    public List<Runnable> abandoned() {
        return core.end.abandoned();
    }

    /**
     * Stops the loop and waits for its end; idempotent. Within a handler it is {@link #stop}, and
     * does not wait. <strong>Blocks</strong> for {@link Builder#drainTimeout} and a second at most:
     * a handler that does not return until then is interrupted, and if that does not help it is
     * left alone, which is logged as a warning. If the waiting thread is interrupted, it is {@link
     * #stopNow} and waits on; the flag stays set.
     */
    @Override
    public void close() {
        core.close(drainNanos);
    }

    /** The name of its thread. */
    @Override
    public String toString() {
        return core.toString();
    }

    /** The settings of a loop that is not yet made. Not thread safe. */
    public static final class Builder {
        private final Context context;
        private String name;
        private int messagesPerTurn = 64;
        private long drainNanos = TimeUnit.SECONDS.toNanos(5);
        private Consumer<? super Throwable> onFailure;

        private Builder(Context context) {
            this.context = context;
        }

        /**
         * The name of the loop's thread.
         *
         * @param threadName default {@code panamq-loop-} and a number
         * @return this
         */
        public Builder name(String threadName) {
            name = Objects.requireNonNull(threadName, "name");
            return this;
        }

        /**
         * How many messages of a socket are handled before the next socket has its turn.
         *
         * @param count 1 or more; default 64
         * @return this
         */
        public Builder messagesPerTurn(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("messagesPerTurn is less than 1: " + count);
            }
            messagesPerTurn = count;
            return this;
        }

        /**
         * How long a stopped loop may drain.
         *
         * @param time 0 or more; default 5 s
         * @return this
         */
        public Builder drainTimeout(Duration time) {
            drainNanos = Timeout.nanos(time);
            return this;
        }

        /**
         * Takes what handlers, tasks and timers throw.
         *
         * @param handler called on the loop's thread; what it throws itself is logged. Default:
         *     logs an error with {@link System.Logger}
         * @return this
         */
        public Builder onFailure(Consumer<? super Throwable> handler) {
            onFailure = Objects.requireNonNull(handler, "onFailure");
            return this;
        }

        /**
         * Makes the loop and starts its thread, a daemon. Does not block.
         *
         * @return the loop, to be closed by the caller
         * @throws ContextTerminatedException if the context is closed or shut down
         * @throws ZmqException EMFILE if there are too many sockets or open files
         */
        public EventLoop start() {
            return new EventLoop(this);
        }
    }
}
