// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The end of an event loop: told once by its thread, waited for by any other. */
final class LoopEnd {
    private final CountDownLatch reached = new CountDownLatch(1);
    private volatile List<Runnable> abandoned = List.of();

    /** What was not run. Before the end is told. */
    void abandon(List<Runnable> left) {
        abandoned = List.copyOf(left);
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

    /** An interrupt ends the wait; the flag stays set. */
    boolean await(long nanos, EventLoop loop) {
        try {
            return reached.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted("awaitStopped", loop.toString());
        }
    }

    /** An interrupt does not end the wait, and stays set. */
    boolean awaitAnyway(long nanos) {
        long deadline = System.nanoTime() + nanos;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return reached.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
