// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The end of an event loop: told once by its thread, waited for by any other. */
final class LoopEnd {
    /**
     * In nanoseconds: how long somebody is told again and again while there is no memory for it.
     */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    /** In nanoseconds: the wait before the next try. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    private final CountDownLatch reached = new CountDownLatch(1);
    private volatile List<Runnable> abandoned = List.of();

    /** Guards what follows: nobody who is past it interrupts what comes next. */
    private final Object interrupts = new Object();

    private boolean begun;

    /** Ends the wait of a handler; what runs later is not meant. */
    void interrupt(Thread loop) {
        synchronized (interrupts) {
            if (!begun) {
                loop.interrupt();
            }
        }
    }

    /**
     * On the loop's thread: handlers do not run any more, and what still runs is not interrupted.
     */
    void begin() {
        synchronized (interrupts) {
            begun = true;
        }
        boolean ignored = Thread.interrupted();
    }

    /** Keeps the tasks that were not run. Before the end is reached. */
    void abandon(List<Runnable> left) {
        abandoned = left;
    }

    List<Runnable> abandoned() {
        return abandoned;
    }

    /**
     * Returns the time, on the clock of {@link System#nanoTime}, of the last try without memory.
     */
    static long deadline() {
        return System.nanoTime() + PATIENCE;
    }

    /** Waits before the next try. Returns false, without a wait, if the deadline is over. */
    static boolean pause(long deadline) {
        if (System.nanoTime() - deadline >= 0) {
            return false;
        }
        LockSupport.parkNanos(PAUSE);
        return true;
    }

    void reach() {
        reached.countDown();
    }

    boolean isReached() {
        return reached.getCount() == 0;
    }

    /** An interrupt ends the wait; the flag stays set. */
    boolean await(long nanos, EventLoop loop) {
        try {
            return reached.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted("awaitStopped", loop.toString());
        }
    }

    /** An interrupt stops the loop at once, does not end the wait, and stays set. */
    boolean awaitAnyway(long nanos, EventLoop loop) {
        long deadline = System.nanoTime() + nanos;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return reached.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                    loop.stopNow();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
