// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import io.panamq.Poller;
import io.panamq.internal.guard.NonParkingLock;
import io.panamq.internal.guard.StackGuard;
import io.panamq.internal.poll.PollSecrets;
import io.panamq.internal.socket.Timeout;
import java.util.LinkedList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tasks and timers that an event loop has to run, and whether it still takes any. Thread safe.
 * A task for which there is no memory is not added, and no other is lost: an {@code ArrayDeque}
 * that cannot grow would lose all.
 */
@SuppressWarnings("JdkObsolete")
final class LoopQueue {
    /** The states of a loop. It passes them in this order. */
    enum State {
        RUNNING,
        DRAINING,
        ABANDONING,
        ENDED
    }

    /** In nanoseconds: longer than anybody waits, and short enough for times to be compared. */
    private static final long FAR = Long.MAX_VALUE / 4;

    private final Poller poller;
    private final NonParkingLock lock = new NonParkingLock();
    private final LinkedList<Runnable> tasks = new LinkedList<>();
    private final TreeSet<LoopTimer> timers = new TreeSet<>(LoopTimer.ORDER);
    private long timerCount;

    /** Written with the lock held. */
    private volatile State state = State.RUNNING;

    /** Whether the loop's thread waits, or is about to. */
    private boolean sleeping;

    LoopQueue(Poller poller) {
        this.poller = poller;
    }

    /**
     * Adds a task. Returns false if the queue takes no more. While the loop drains, only what it
     * runs may add tasks.
     */
    boolean add(Runnable task, boolean onLoop) {
        boolean wake;
        lock.lock();
        try {
            if (state != State.RUNNING && !(onLoop && state == State.DRAINING)) {
                return false;
            }
            requireStackToWake();
            tasks.add(task);
            wake = sleeping;
            sleeping = false;
        } finally {
            lock.unlock();
        }
        wake(wake);
        return true;
    }

    /**
     * Adds a timer. Times are in nanoseconds; the period is 0 for once. Returns null if the queue
     * takes no more.
     */
    @Nullable LoopTimer add(Runnable task, long delay, long period) {
        LoopTimer timer;
        boolean wake;
        lock.lock();
        try {
            if (state != State.RUNNING) {
                return null;
            }
            requireStackToWake();
            long due = System.nanoTime() + Math.min(delay, FAR);
            long interval = Math.min(period == 0 ? delay : period, FAR);
            timer = new LoopTimer(this, ++timerCount, task, due, interval, period != 0);
            wake = insert(timer);
        } finally {
            lock.unlock();
        }
        wake(wake);
        return timer;
    }

    /**
     * Starts the interval of a timer, a new one unless that is 0. Returns false if the timer is
     * cancelled, or the queue takes no more.
     */
    boolean reset(LoopTimer timer, long interval) {
        boolean wake;
        lock.lock();
        try {
            if (state != State.RUNNING || timer.isCancelled()) {
                return false;
            }
            requireStackToWake();
            timers.remove(timer);
            timer.start(System.nanoTime(), Math.min(interval, FAR));
            wake = insert(timer);
        } finally {
            lock.unlock();
        }
        wake(wake);
        return true;
    }

    /** Returns whether the loop must be woken, because the timer is the next one. */
    private boolean insert(LoopTimer timer) {
        timers.add(timer);
        boolean wake = sleeping && timers.first() == timer;
        sleeping &= !wake;
        return wake;
    }

    /**
     * Throws StackOverflowError if the wake-up could overflow the stack: what is added wakes the
     * loop, or is not added. To take the lock has proved enough for the rest.
     */
    private void requireStackToWake() {
        if (sleeping) {
            StackGuard.require();
        }
    }

    private void wake(boolean wake) {
        if (wake) {
            PollSecrets.wakeup(poller);
        }
    }

    void remove(LoopTimer timer) {
        lock.lock();
        try {
            timers.remove(timer);
        } finally {
            lock.unlock();
        }
    }

    // ---- for the loop

    int taskCount() {
        lock.lock();
        try {
            return tasks.size();
        } finally {
            lock.unlock();
        }
    }

    int timerCount() {
        lock.lock();
        try {
            return timers.size();
        } finally {
            lock.unlock();
        }
    }

    Runnable nextTask() {
        lock.lock();
        try {
            return tasks.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the next timer that is due, which may be due again later, or null. */
    @Nullable LoopTimer nextTimer(long now) {
        lock.lock();
        try {
            if (timers.isEmpty() || timers.first().nanosLeft(now) > 0) {
                return null;
            }
            LoopTimer timer = timers.pollFirst();
            if (timer.advance(now)) {
                timers.add(timer);
            }
            return timer;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns how long the loop may sleep, in nanoseconds. What is added from now on wakes it,
     * until {@link #endSleep}.
     */
    long beginSleep() {
        lock.lock();
        try {
            if (!tasks.isEmpty() || state != State.RUNNING) {
                return Timeout.NOT;
            }
            sleeping = true;
            return timers.isEmpty()
                    ? Timeout.FOREVER
                    : Math.max(0, timers.first().nanosLeft(System.nanoTime()));
        } finally {
            lock.unlock();
        }
    }

    void endSleep() {
        lock.lock();
        try {
            sleeping = false;
        } finally {
            lock.unlock();
        }
    }

    // ---- the end

    State state() {
        return state;
    }

    /** Changes the state, only forwards, and wakes the loop. */
    void advance(State to) {
        StackGuard.require();
        lock.lock();
        try {
            if (state.compareTo(to) >= 0) {
                return;
            }
            state = to;
            sleeping = false;
        } finally {
            lock.unlock();
        }
        PollSecrets.wakeup(poller);
    }

    /** Takes nothing any more. Returns the tasks that were accepted and not run. */
    List<Runnable> end() {
        lock.lock();
        try {
            state = State.ENDED;
            timers.clear();
            return tasks;
        } finally {
            lock.unlock();
        }
    }
}
