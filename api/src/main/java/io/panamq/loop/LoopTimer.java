// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import io.panamq.internal.socket.Timeout;
import java.time.Duration;
import java.util.Comparator;

/** A task that an {@link EventLoop} runs later, once or again and again. Any thread may use it. */
public final class LoopTimer {
    /** Timers that are due earlier come first, and of equal ones those that were made earlier. */
    static final Comparator<LoopTimer> ORDER = LoopTimer::compare;

    final Runnable task;
    private final LoopQueue queue;
    private final long number;

    private final boolean repeats;

    /**
     * In nanoseconds: the time between two runs, or before the only one. Guarded by the queue's
     * lock, as is what follows.
     */
    private long interval;

    /** On the clock of {@link System#nanoTime}. */
    private long due;

    private volatile boolean cancelled;

    LoopTimer(
            LoopQueue queue, long number, Runnable task, long due, long interval, boolean repeats) {
        this.queue = queue;
        this.number = number;
        this.task = task;
        this.due = due;
        this.interval = interval;
        this.repeats = repeats;
    }

    /**
     * Cancels the timer. A task that runs now runs to its end, and does not run again. Any thread
     * may call this, also more than once. Returns at once.
     */
    public void cancel() {
        cancelled = true;
        queue.remove(this);
    }

    /**
     * Returns whether {@link #cancel} was called.
     *
     * @return true after {@link #cancel}
     */
    public boolean isCancelled() {
        return cancelled;
    }

    /**
     * Starts the interval again: the task runs next when the interval is over, counted from now.
     * The interval is the period of a task that runs again and again, and the delay of one that
     * runs once; such a task runs once more, if it has run already. Any thread may call this, and
     * it returns at once. C function: {@code zmq_timers_reset}.
     *
     * @return false, and nothing changes, if the timer was cancelled or the loop was stopped
     */
    public boolean reset() {
        return queue.reset(this, 0);
    }

    /**
     * Changes the interval and starts it, as {@link #reset} does. C function: {@code
     * zmq_timers_set_interval}.
     *
     * @param interval more than 0
     * @return false, and nothing changes, if the timer was cancelled or the loop was stopped
     * @throws IllegalArgumentException if the interval is not positive
     */
    public boolean setInterval(Duration interval) {
        long nanos = Timeout.nanos(interval, "interval");
        if (nanos == 0) {
            throw new IllegalArgumentException("the interval is 0");
        }
        return queue.reset(this, nanos);
    }

    private static int compare(LoopTimer one, LoopTimer two) {
        int order = Long.compare(one.due - two.due, 0);
        return order != 0 ? order : Long.compare(one.number, two.number);
    }

    long nanosLeft(long now) {
        return due - now;
    }

    /**
     * Moves on to the next time after now; those that were missed count as one. Returns false if
     * there is none.
     */
    boolean advance(long now) {
        if (!repeats || cancelled) {
            return false;
        }
        due += interval * ((now - due) / interval + 1);
        return true;
    }

    /** Starts the interval, a new one unless that is 0. It must not be in the queue. */
    void start(long now, long newInterval) {
        if (newInterval != 0) {
            interval = newInterval;
        }
        due = now + interval;
    }

    /** Returns the number of the timer, and whether it was cancelled. */
    @Override
    public String toString() {
        return "LoopTimer#" + number + (cancelled ? " (cancelled)" : "");
    }
}
