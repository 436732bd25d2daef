// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.guard;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock for a few steps in which nothing waits. A virtual thread never queues for it, nor gives up
 * its carrier: while other threads keep all carriers it would not be run, and everybody else would
 * wait for it, an event loop's own thread too. So it tries again until the lock is free.
 */
public final class NonParkingLock {
    /** How often a platform thread tries before it queues. */
    private static final int SPINS = 300;

    private final ReentrantLock lock = new ReentrantLock();

    /** Takes the lock; {@link #unlock} must follow in a finally block. */
    public void lock() {
        StackGuard.requireLittle(); // or it could be cut off between having it and knowing it
        for (int spins = 0; !lock.tryLock(); spins++) {
            if (spins == SPINS && !Thread.currentThread().isVirtual()) {
                lock.lock();
                return;
            }
            Thread.onSpinWait();
        }
    }

    public void unlock() {
        lock.unlock();
    }
}
