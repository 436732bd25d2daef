// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import java.util.Comparator;

/** A task that an {@link EventLoop} runs later, once or again and again. Any thread may use it. */
public final class LoopTimer {
    /** Timers that are due earlier come first, and of equal ones those that were made earlier. */
    static final Comparator<LoopTimer> ORDER = LoopTimer::compare;

    final Runnable task;
    private final LoopQueue queue;
    private final long number;

    /** In nanoseconds; 0 for a timer that runs once. */
    private final long period;

    /** On the clock of {@link System#nanoTime}. Guarded by the queue's lock. */
    private long due;

    private volatile boolean cancelled;

    LoopTimer(LoopQueue queue, long number, Runnable task, long due, long period) {
        this.queue = queue;
        this.number = number;
        this.task = task;
        this.due = due;
        this.period = period;
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
        if (period == 0 || cancelled) {
            return false;
        }
        due += period * ((now - due) / period + 1);
        return true;
    }

    /** Returns the number of the timer, and whether it was cancelled. */
    @Override
    public String toString() {
        return "LoopTimer#" + number + (cancelled ? " (cancelled)" : "");
    }
}
