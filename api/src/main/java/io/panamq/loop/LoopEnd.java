// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The end of an event loop: its thread reaches it once, any other thread waits for it. */
final class LoopEnd {
    /** In nanoseconds: how long something is tried again while there is no memory for it. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    /** In nanoseconds: the wait before the next try. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    private final CountDownLatch reached = new CountDownLatch(1);
    private volatile List<Runnable> abandoned = List.of();

    /** Guards {@code begun}: no thread interrupts the loop after the end has begun. */
    private final Object interrupts = new Object();

    private boolean begun;

    /** Interrupts the handler that runs now, if the end has not begun. */
    void interrupt(Thread loop) {
        synchronized (interrupts) {
            if (!begun) {
                loop.interrupt();
            }
        }
    }

    /** Begins the end, on the loop's thread: what still runs there is not interrupted any more. */
    void begin() {
        synchronized (interrupts) {
            begun = true;
        }
        boolean ignored = Thread.interrupted();
    }

    /** Keeps the tasks that were not run. Before the end is reached. */
    void setAbandoned(List<Runnable> tasks) {
        abandoned = tasks;
    }

    List<Runnable> abandoned() {
        return abandoned;
    }

    void reach() {
        reached.countDown();
    }

    boolean isReached() {
        return reached.getCount() == 0;
    }

    /** Waits for at most so many nanoseconds. Returns whether the end is reached. */
    boolean await(long nanos) throws InterruptedException {
        return reached.await(nanos, TimeUnit.NANOSECONDS);
    }

    // ---- without memory

    /** Returns the time on the clock of {@link System#nanoTime} until which to try again. */
    static long deadline() {
        return System.nanoTime() + PATIENCE;
    }

    /** Waits before the next try. Returns false without a wait if the deadline is over. */
    static boolean pause(long deadline) {
        if (System.nanoTime() - deadline >= 0) {
            return false;
        }
        LockSupport.parkNanos(PAUSE);
        return true;
    }
}
