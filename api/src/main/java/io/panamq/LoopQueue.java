// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.LinkedList;
import java.util.List;
import java.util.TreeSet;

/**
 * What an event loop has to run: tasks of any thread, and timers. Also whether it still takes any.
 * What finds no memory to be added is not added, and nothing else is lost: an {@code ArrayDeque}
 * that cannot grow would lose all.
 */
@SuppressWarnings("JdkObsolete")
final class LoopQueue {
    /** How a loop lives. In this order only. */
    enum State {
        RUNNING,
        DRAINING,
        ABANDONING,
        ENDED
    }

    /** Further away than anybody waits, and near enough to be compared on the clock. */
    private static final long FAR = Long.MAX_VALUE / 4;

    private final Poller poller;
    private final BriefLock lock = new BriefLock();
    private final LinkedList<Runnable> tasks = new LinkedList<>();
    private final TreeSet<LoopTimer> timers = new TreeSet<>(LoopTimer.ORDER);
    private long timerCount;

    /** Written under the lock. */
    private volatile State state = State.RUNNING;

    /** The loop's thread waits, or is about to. */
    private boolean sleeping;

    LoopQueue(Poller poller) {
        this.poller = poller;
    }

    /** False if it takes no more. While it drains, what it runs may add to it. */
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

    /** Null if it takes no more. */
    LoopTimer add(Runnable task, long delay, long period) {
        LoopTimer timer;
        boolean wake;
        lock.lock();
        try {
            if (state != State.RUNNING) {
                return null;
            }
            requireStackToWake();
            long due = System.nanoTime() + Math.min(delay, FAR);
            timer = new LoopTimer(this, ++timerCount, task, due, Math.min(period, FAR));
            timers.add(timer);
            wake = sleeping && timers.first() == timer;
            sleeping &= !wake;
        } finally {
            lock.unlock();
        }
        wake(wake);
        return timer;
    }

    /** What is added wakes the loop, or is not added; the lock proved what little else needs. */
    private void requireStackToWake() {
        if (sleeping) {
            StackGuard.requireMost();
        }
    }

    private void wake(boolean wake) {
        if (wake) {
            poller.wakeup();
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

    /** The next timer that is due, which may be due again later; null if there is none. */
    LoopTimer nextTimer(long now) {
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

    /** How long the loop may sleep, in nanoseconds; whatever comes from now on wakes it. */
    long beginSleep() {
        lock.lock();
        try {
            if (!tasks.isEmpty() || state != State.RUNNING) {
                return Waiting.NOT;
            }
            sleeping = true;
            return timers.isEmpty()
                    ? Waiting.FOREVER
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

    /** Only forwards. Returns whether this changed it. */
    boolean advance(State to) {
        StackGuard.requireMost();
        lock.lock();
        try {
            if (state.compareTo(to) >= 0) {
                return false;
            }
            state = to;
            sleeping = false;
        } finally {
            lock.unlock();
        }
        poller.wakeup();
        return true;
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
