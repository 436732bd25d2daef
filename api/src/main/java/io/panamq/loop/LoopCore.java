// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import io.panamq.Context;
import io.panamq.Poller;
import io.panamq.Socket;
import io.panamq.internal.error.Failures;
import io.panamq.internal.socket.SocketSecrets;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The inside of an {@link EventLoop}: its thread, queue, poller and end, and the sockets that live
 * on it. All methods are legal on any thread, unless they say otherwise.
 */
final class LoopCore {
    /** In nanoseconds: the time for a handler to return, over and above the time for draining. */
    private static final long GRACE = TimeUnit.MILLISECONDS.toNanos(500);

    final Poller poller;
    final LoopQueue queue;
    final LoopEnd end = new LoopEnd();

    /** For the loop's thread only. */
    final LoopScratch scratch = new LoopScratch();

    private final String name;
    private final LoopFailures failures;

    /** The tasks that are told of the end of the loop, by socket. */
    private final ConcurrentHashMap<Socket, AbandonableTask> residents = new ConcurrentHashMap<>();

    private @Nullable Thread thread;

    LoopCore(Context context, String name, @Nullable Consumer<? super Throwable> onFailure) {
        this.name = name;
        failures = new LoopFailures(name, onFailure);
        poller = context.poller();
        queue = new LoopQueue(poller);
    }

    /** Starts the thread. Once. If that fails, nothing is left behind. */
    void start(Runnable runner) {
        boolean started = false;
        try {
            Thread made = Thread.ofPlatform().daemon().name(name).unstarted(runner);
            thread = made;
            made.start();
            started = true;
        } finally {
            if (!started) {
                poller.close();
            }
        }
    }

    /** Returns the thread of a loop that was started. */
    private Thread runningThread() {
        return Objects.requireNonNull(thread);
    }

    boolean isLoopThread() {
        return Thread.currentThread() == thread;
    }

    /** Throws IllegalArgumentException if a socket or monitor is of another context. */
    void requireSameContext(Object subject) {
        if (!SocketSecrets.haveOneContext(subject, poller)) {
            throw new IllegalArgumentException(
                    subject + " is of another context than " + this + ": use a loop of its own");
        }
    }

    // ---- tasks and timers

    /** Throws RejectedExecutionException if the loop was stopped. */
    void execute(Runnable task) {
        if (!queue.add(task, isLoopThread())) {
            throw stopped();
        }
    }

    /** Times are in nanoseconds; the period is 0 for once. Throws as {@link #execute}. */
    LoopTimer schedule(Runnable task, long delay, long period) {
        LoopTimer timer = queue.add(task, delay, period);
        if (timer == null) {
            throw stopped();
        }
        return timer;
    }

    private RejectedExecutionException stopped() {
        return new RejectedExecutionException(this + " takes no more tasks");
    }

    void report(Throwable failure) {
        failures.report(failure);
    }

    // ---- residents

    /** Adds a task that is told when the loop ends. Throws if the socket has one already. */
    void addResident(Socket socket, AbandonableTask resident) {
        if (residents.putIfAbsent(socket, resident) != null) {
            throw new IllegalStateException(
                    this + " has " + socket + " already: use that AsyncSocket");
        }
    }

    void removeResident(Socket socket, AbandonableTask resident) {
        residents.remove(socket, resident);
    }

    /** On the loop's thread, at its end. May be called again. */
    void abandonResidents() {
        for (AbandonableTask resident : residents.values()) {
            resident.abandon();
        }
    }

    // ---- the end

    /** Returns whether nothing more is handled, also not the rest of a turn. */
    boolean isAbandoning() {
        return queue.state().compareTo(LoopQueue.State.DRAINING) > 0;
    }

    void stop() {
        queue.advance(LoopQueue.State.DRAINING);
    }

    void stopNow() {
        queue.advance(LoopQueue.State.ABANDONING);
        if (!isLoopThread()) {
            end.interrupt(runningThread());
        }
    }

    /** Waits for the end. An interrupt ends the wait; the flag stays set. */
    boolean await(long nanos) {
        if (isLoopThread()) {
            throw new IllegalStateException(this + " cannot wait for its own end");
        }
        try {
            return end.await(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted("awaitStopped", toString());
        }
    }

    /** Stops the loop. On other threads than its own, waits for the end as long as it may drain. */
    void close(long drainNanos) {
        stop();
        if (isLoopThread() || awaitAnyway(drainNanos + GRACE)) {
            return;
        }
        stopNow();
        runningThread().interrupt(); // also what runs within its end
        if (!awaitAnyway(GRACE)) {
            failures.logStuck();
        }
    }

    /** Waits for the end. After an interrupt, which stays set, stops the loop now and waits on. */
    private boolean awaitAnyway(long nanos) {
        long deadline = System.nanoTime() + nanos;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return end.await(deadline - System.nanoTime());
                } catch (InterruptedException e) {
                    interrupted = true;
                    stopNow();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public String toString() {
        return name + (end.isReached() ? " (stopped)" : "");
    }
}
