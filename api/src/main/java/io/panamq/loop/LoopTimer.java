// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import java.util.Comparator;

/** A task that an {@link EventLoop} runs later, once or again and again. Thread safe. */
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
     * Takes the timer back, from any thread; idempotent. A task that runs right now goes on to its
     * end; after that, or otherwise, it does not run any more. Does not block.
     */
    public void cancel() {
        cancelled = true;
        queue.remove(this);
    }

    /**
     * Whether {@link #cancel} was called.
     *
     * @return true after it
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

    @Override
    public String toString() {
        return "LoopTimer#" + number + (cancelled ? " (cancelled)" : "");
    }
}
