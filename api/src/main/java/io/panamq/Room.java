// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where threads wait while a {@link SendQueue} is full. They are woken one after the other, the
 * first that came first, and each only when half of the queue is empty: the one that is woken fills
 * it in one go. All at once would take the cores away from those who make the room.
 */
final class Room {
    private final SendQueue queue;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition condition = lock.newCondition();

    /** How many wait. Written under the lock. */
    private volatile int waiting;

    /** One is woken and does not run yet. Written under the lock. */
    private volatile boolean woken;

    Room(SendQueue queue) {
        this.queue = queue;
    }

    /** Waits until there is room, or it is closed; returns what is left of the time. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    long await(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        boolean used = false;
        try {
            waiting++;
            long left = nanos;
            while (queue.isFull() && left > 0) {
                // Now and then in any case.
                long slice = Math.min(left, TimeUnit.SECONDS.toNanos(1));
                try {
                    long unused = slice - Math.max(0, condition.awaitNanos(slice));
                    left -= nanos == Waiting.FOREVER ? 0 : unused;
                } finally {
                    woken = false;
                }
            }
            used = left > 0;
            return left;
        } finally {
            waiting--;
            try {
                if (!used) {
                    wakeNext(); // it may have been woken for the room that it leaves
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Some were taken: wakes the next one if it is worth it. */
    void made() {
        if (waiting > 0 && !woken && queue.isHalfEmpty()) {
            wake();
        }
    }

    private void wake() {
        lock.lock();
        try {
            wakeNext();
        } finally {
            lock.unlock();
        }
    }

    private void wakeNext() {
        if (waiting > 0 && !woken && queue.isHalfEmpty()) {
            woken = true;
            condition.signal();
        }
    }

    void wakeAll() {
        lock.lock();
        try {
            condition.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
