// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.MonitorEvent;
import io.panamq.Multipart;
import io.panamq.PollEvent;
import io.panamq.PollItem;
import io.panamq.Poller;
import io.panamq.ReceivingSocket;
import io.panamq.Socket;
import io.panamq.SocketMonitor;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import io.panamq.internal.poll.PollSecrets;
import io.panamq.internal.socket.Timeout;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One thread that serves many sockets, monitors, file descriptors and timers with handlers. A loop
 * is made and started by {@link #create}.
 *
 * {@snippet class="io.panamq.snippets.LoopSnippets" region="loop"}
 *
 * <p><strong>Thread.</strong> All handlers, tasks and timers run on the loop's thread, a platform
 * thread, one after the other. So they need no locks, and they must not block. The {@code on}
 * methods may be called on the loop's thread only, that is within a task, timer or handler; all
 * other methods may be called by any thread. A socket that another thread has used must be
 * {@linkplain Socket#handOver handed over} by it before the loop gets it.
 *
 * <p><strong>Sockets</strong> that were added belong to the loop: it closes them when it ends.
 * {@link PollItem#remove} takes a socket back, also within its own handler; {@link Socket#handOver}
 * then makes it free for another thread. A socket that is closed leaves the loop by itself. A
 * handler must not give a socket to another thread without {@code remove}: the loop then drops the
 * socket and reports a {@link WrongThreadException} as below.
 *
 * <p><strong>Fair.</strong> In each round the loop runs the tasks and timers that are due, then
 * gives each ready socket one turn, of {@link Builder#messagesPerTurn} messages at most (64 unless
 * changed). So a flooded socket delays the others by one turn and not more. Tasks that a task adds
 * wait for the next round.
 *
 * <p><strong>Failures.</strong> What a handler, task or timer throws does not end the loop. It is
 * reported: given to {@link Builder#onFailure}, or logged if there is none. The loop goes on, also
 * with that handler or timer. If receiving itself fails, that is reported as well, and the item of
 * the socket is paused until {@link PollItem#watch}. If the Java heap is full, the loop ends as
 * with {@link #stopNow}, and reports that. An interrupt of the loop's thread ends a wait of the
 * handler that runs, but not the loop, which clears the interrupt flag before its next round.
 *
 * <p><strong>End.</strong> {@link #stop} lets the loop finish what it has; {@link #stopNow} does
 * not; {@link #close} is {@link #stop} and waits. The loop also ends, without finishing what it
 * has, when its context is closed or shut down.
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
     * Starts a loop with the default settings of {@link Builder}. Returns at once.
     *
     * @param context the context of the sockets that will be added
     * @return the loop, which the caller closes
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public static EventLoop create(Context context) {
        return builder(context).start();
    }

    /**
     * Returns a builder for a loop with other settings.
     *
     * @param context the context of the sockets that will be added
     * @return a builder with the defaults
     */
    public static Builder builder(Context context) {
        return new Builder(Objects.requireNonNull(context, "context"));
    }

    // ---- sockets

    /**
     * Gives each frame that a socket receives to a handler. On the loop's thread only. Returns at
     * once.
     *
     * @param socket a socket of this thread, or a {@linkplain Socket free} one; it belongs to the
     *     loop from now on
     * @param handler gets one frame after the other; {@link Message#more} is false for the last
     *     frame of a message. The loop uses the same object for the next frame: the handler may
     *     read and write it or send it on, and makes a copy with {@link Message#share} of a frame
     *     that it wants to keep
     * @return its item, to pause or remove it
     * @throws IllegalArgumentException if the socket is registered here already, or is of another
     *     context
     * @throws WrongThreadException if this is not the loop's thread, or the socket belongs to
     *     another thread
     * @throws SocketClosedException if the socket is closed, or the loop has ended
     */
    public PollItem onMessage(ReceivingSocket socket, Consumer<? super Message> handler) {
        Objects.requireNonNull(handler, "handler");
        return add(socket, new LoopHandler.Frames(core, handler), PollEvent.IN);
    }

    /**
     * Gives each message that a socket receives to a handler, with all its frames. On the loop's
     * thread only. Returns at once.
     *
     * @param socket a socket of this thread, or a {@linkplain Socket free} one; it belongs to the
     *     loop from now on
     * @param handler gets one message after the other. The loop uses the same object for the next
     *     message: the handler may read it, change it or send it on, and takes out with {@link
     *     Multipart#removeFirst} the frames that it wants to keep, which it then closes or sends
     * @return its item, to pause or remove it
     * @throws IllegalArgumentException as {@link #onMessage}
     * @throws WrongThreadException as {@link #onMessage}
     * @throws SocketClosedException as {@link #onMessage}
     */
    public PollItem onMultipart(ReceivingSocket socket, Consumer<? super Multipart> handler) {
        Objects.requireNonNull(handler, "handler");
        return add(socket, new LoopHandler.Multiparts(core, handler), PollEvent.IN);
    }

    /**
     * Gives the events of a monitor to a handler, and closes the monitor after the last one. On the
     * loop's thread only. Returns at once.
     *
     * @param monitor a monitor of this thread, or a {@linkplain SocketMonitor free} one; it belongs
     *     to the loop from now on
     * @param handler gets one event after the other
     * @return its item, to pause or remove it
     * @throws IllegalArgumentException as {@link #onMessage}
     * @throws WrongThreadException as {@link #onMessage}
     * @throws SocketClosedException as {@link #onMessage}
     */
    public PollItem onEvent(SocketMonitor monitor, Consumer<? super MonitorEvent> handler) {
        Objects.requireNonNull(monitor, "monitor");
        Objects.requireNonNull(handler, "handler");
        requireLoopThread("onEvent");
        core.requireSameContext(monitor);
        LoopHandler events = new LoopHandler.Events(core, handler);
        return PollSecrets.giveLoopHandler(core.poller.add(monitor), events);
    }

    /**
     * Calls a handler once in each round in which a socket is ready. The handler itself receives or
     * sends, with {@code try} methods, and a limited number of messages per call so that other
     * sockets have their turn; if more are there, it is called again in the next round. When the
     * socket was closed, and not by the end of the loop, the handler is called once more, and
     * {@link PollItem#isClosed} is true. On the loop's thread only. Returns at once.
     *
     * @param socket a socket of this thread, or a {@linkplain Socket free} one; it belongs to the
     *     loop from now on
     * @param handler gets the item, whose methods return what is ready
     * @param event what to wait for. With {@link PollEvent#OUT} the handler is called in every
     *     round for as long as there is room, so ask for it only while there is something to send
     * @param more more events to wait for
     * @return its item, to change, pause or remove it
     * @throws IllegalArgumentException as {@link #onMessage}, or if an event is {@link
     *     PollEvent#ERROR} or {@link PollEvent#PRIORITY}
     * @throws WrongThreadException as {@link #onMessage}
     * @throws SocketClosedException as {@link #onMessage}
     */
    public PollItem onReady(
            Socket socket, Consumer<? super PollItem> handler, PollEvent event, PollEvent... more) {
        requireNonNull(handler, event, more);
        return add(socket, new LoopHandler.Ready(core, handler), event, more);
    }

    /**
     * Calls a handler once in each round in which a file descriptor is ready; not on Windows. On
     * the loop's thread only. Returns at once.
     *
     * @param fd the descriptor, 0 or more; the caller removes the item before closing the
     *     descriptor
     * @param handler gets the item, whose methods return what is ready
     * @param event what to wait for
     * @param more more events to wait for
     * @return its item, to change, pause or remove it
     * @throws IllegalArgumentException if the descriptor is registered here already, or is negative
     * @throws WrongThreadException if this is not the loop's thread
     * @throws UnsupportedFeatureException on Windows (ENOTSUP)
     * @throws ZmqException as {@link Poller#add(int, PollEvent, PollEvent...)}
     */
    public PollItem onReady(
            int fd, Consumer<? super PollItem> handler, PollEvent event, PollEvent... more) {
        requireNonNull(handler, event, more);
        requireLoopThread("onReady");
        LoopHandler ready = new LoopHandler.Ready(core, handler);
        return PollSecrets.giveLoopHandler(core.poller.add(fd, event, more), ready);
    }

    private static void requireNonNull(Object handler, PollEvent event, PollEvent[] more) {
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(more, "more");
    }

    private PollItem add(Socket socket, LoopHandler handler, PollEvent event, PollEvent... more) {
        Objects.requireNonNull(socket, "socket");
        requireLoopThread("add");
        core.requireSameContext(socket);
        return PollSecrets.giveLoopHandler(core.poller.add(socket, event, more), handler);
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
     * Runs a task on the loop's thread, after the tasks that were given before. Any thread may call
     * this, and it returns at once. For the result of a task, use {@link
     * java.util.concurrent.CompletableFuture#supplyAsync} with this loop as the executor. If the
     * loop ends before it has run the task, the task is in {@link #abandoned}, and the future of
     * {@code supplyAsync} is not completed.
     *
     * @param task must not block
     * @throws RejectedExecutionException if the loop was stopped. Only tasks and handlers that run
     *     on the loop's thread may still add tasks after {@link #stop}, until the loop ends
     */
    @Override
    public void execute(Runnable task) {
        core.execute(Objects.requireNonNull(task, "task"));
    }

    /**
     * Runs a task on the loop's thread once, after a delay. Any thread may call this, and it
     * returns at once. The task never runs too early. It runs up to about a millisecond late, or
     * later if the loop is busy.
     *
     * @param delay the time from now on, 0 or more
     * @param task must not block
     * @return the timer, to cancel it
     * @throws IllegalArgumentException if the delay is negative
     * @throws RejectedExecutionException if the loop was stopped
     */
    public LoopTimer schedule(Duration delay, Runnable task) {
        Objects.requireNonNull(task, "task");
        return core.schedule(task, Timeout.nanos(delay, "delay"), 0);
    }

    /**
     * Runs a task on the loop's thread again and again. Any thread may call this, and it returns at
     * once. The task is due at fixed times: start, start + period, start + 2 periods and so on. So
     * a run that is late does not delay the later ones. If several times are missed, because the
     * loop was busy or the machine slept, the task runs once for all of them, and then at the next
     * of the fixed times.
     *
     * @param initialDelay the time from now until the first run, 0 or more
     * @param period the time between two runs, more than 0
     * @param task must not block; what it throws is reported and does not end the timer
     * @return the timer, to cancel it
     * @throws IllegalArgumentException if the delay is negative, or the period not positive
     * @throws RejectedExecutionException if the loop was stopped
     */
    public LoopTimer scheduleAtFixedRate(Duration initialDelay, Duration period, Runnable task) {
        Objects.requireNonNull(task, "task");
        long first = Timeout.nanos(initialDelay, "initialDelay");
        long nanos = Timeout.nanos(period, "period");
        if (nanos == 0) {
            throw new IllegalArgumentException("the period is 0");
        }
        return core.schedule(task, first, nanos);
    }

    /**
     * Returns whether the calling thread is the loop's thread.
     *
     * @return true within tasks, timers and handlers
     */
    public boolean isLoopThread() {
        return core.isLoopThread();
    }

    // ---- the end

    /**
     * Ends the loop after it has drained: it still runs the tasks that were accepted, handles the
     * messages that have arrived, and sends what waits in an {@link AsyncSocket}, for {@link
     * Builder#drainTimeout} at most. Then it closes its sockets, and what they have queued is still
     * sent for the time of {@link io.panamq.SocketOption#LINGER}. The tasks that it could not run
     * in that time are in {@link #abandoned}. From this call on timers do not run, and {@link
     * #execute} and {@link #schedule} refuse new tasks; only what runs on the loop's thread may
     * still call {@link #execute}. Any thread may call this, also within a handler and more than
     * once. Returns at once.
     */
    public void stop() {
        core.stop();
    }

    /**
     * Ends the loop as soon as the handler or task that runs now returns. It then closes its
     * sockets, and the tasks that it did not run are in {@link #abandoned}. The handler or task
     * that runs now is interrupted: if it waits, as in {@code receive}, that call throws {@link
     * OperationInterruptedException}. Any thread may call this, also after {@link #stop}. A second
     * call interrupts again. A call by the loop's own thread does not interrupt it. At its end the
     * loop fails the futures of its {@link AsyncSocket}s; code that runs because of that is not
     * interrupted by this method. Returns at once.
     */
    public void stopNow() {
        core.stopNow();
    }

    /**
     * Waits up to the given time until the loop has ended.
     *
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if the loop has ended and its sockets are closed; false if the time is over
     * @throws IllegalStateException on the loop's thread, which would wait for itself
     * @throws OperationInterruptedException if the thread is interrupted; its interrupt flag stays
     *     set
     */
    public boolean awaitStopped(Duration timeout) {
        return core.await(Timeout.nanos(timeout));
    }

    /**
     * Returns whether the loop has ended.
     *
     * @return true when nothing runs any more, and its sockets are closed
     */
    public boolean isStopped() {
        return core.end.isReached();
    }

    /**
     * Returns the tasks that were accepted by {@link #execute} and not run. There are some if the
     * loop ended by {@link #stopNow}, because draining took longer than {@link
     * Builder#drainTimeout}, or because the context ended.
     *
     * @return the tasks in the order in which they were given; empty before the loop has ended
     */
    public List<Runnable> abandoned() {
        return core.end.abandoned();
    }

    /**
     * Stops the loop as {@link #stop} does, and waits until it has ended, for {@link
     * Builder#drainTimeout} and one second at most. Half a second before that time is over, it
     * calls {@link #stopNow}, which interrupts a handler that still runs. If the handler does not
     * return even then, close logs a warning and returns. If the thread that waits is interrupted,
     * it calls {@link #stopNow} and goes on waiting; its interrupt flag stays set. Any thread may
     * call this, also more than once; on the loop's thread it does not wait.
     */
    @Override
    public void close() {
        core.close(drainNanos);
    }

    /** Returns the name of its thread. */
    @Override
    public String toString() {
        return core.toString();
    }

    /** The settings of a loop to be made. A builder is not thread safe. */
    public static final class Builder {
        private final Context context;
        private @Nullable String name;
        private int messagesPerTurn = 64;
        private long drainNanos = TimeUnit.SECONDS.toNanos(5);
        private @Nullable Consumer<? super Throwable> onFailure;

        private Builder(Context context) {
            this.context = context;
        }

        /**
         * Sets the name of the loop's thread.
         *
         * @param threadName the name; by default {@code panamq-loop-} and a number
         * @return this
         */
        public Builder name(String threadName) {
            name = Objects.requireNonNull(threadName, "name");
            return this;
        }

        /**
         * Sets how many messages of a socket are handled before the next socket has its turn.
         *
         * @param count 1 or more; by default 64
         * @return this
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder messagesPerTurn(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("messagesPerTurn is less than 1: " + count);
            }
            messagesPerTurn = count;
            return this;
        }

        /**
         * Sets how long the loop may drain after {@link EventLoop#stop}.
         *
         * @param time 0 or more; by default 5 seconds
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder drainTimeout(Duration time) {
            drainNanos = Timeout.nanos(time, "drainTimeout");
            return this;
        }

        /**
         * Sets who gets what handlers, tasks and timers throw.
         *
         * @param handler is called on the loop's thread; what it throws itself is logged. By
         *     default failures are logged as errors with {@link System.Logger}
         * @return this
         */
        public Builder onFailure(Consumer<? super Throwable> handler) {
            onFailure = Objects.requireNonNull(handler, "onFailure");
            return this;
        }

        /**
         * Makes the loop and starts its thread, which is a daemon. Returns at once.
         *
         * @return the loop, which the caller closes
         * @throws ContextTerminatedException if the context is closed or shut down
         * @throws ZmqException EMFILE if there are too many sockets or open files
         */
        public EventLoop start() {
            return new EventLoop(this);
        }
    }
}
