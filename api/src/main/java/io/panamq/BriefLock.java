// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.concurrent.locks.ReentrantLock;

/**
 * For a few steps in which nothing waits. A virtual thread never queues for it, nor gives up its
 * carrier: while others keep them all, it would not be run, and everybody else would wait for it,
 * an event loop's own thread too. So it tries again until whoever has it has left.
 */
final class BriefLock {
    /** Somebody is within a few steps of leaving it, as a rule. */
    private static final int SPINS = 300;

    private final ReentrantLock lock = new ReentrantLock();

    /** {@link #unlock} must follow in a finally block. */
    void lock() {
        StackGuard.requireLittle(); // or it could be cut off between having it and knowing it
        for (int spins = 0; !lock.tryLock(); spins++) {
            if (spins == SPINS && !Thread.currentThread().isVirtual()) {
                acquire(lock);
                return;
            }
            Thread.onSpinWait();
        }
    }

    /**
     * A thread that was interrupted meanwhile is interrupted again, when it has the lock already;
     * and the method may be overridden, and throw. What it throws is dropped: nobody else would
     * unlock, and whoever locks has something to finish.
     */
    static void acquire(ReentrantLock lock) {
        try {
            lock.lock();
        } catch (Throwable e) {
            if (!lock.isHeldByCurrentThread()) {
                throw e;
            }
        }
    }

    void unlock() {
        lock.unlock();
    }
}
