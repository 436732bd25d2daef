// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.guard;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock for a few steps that do not block. A virtual thread never parks to get it, but tries until
 * the lock is free. If it parked, it might get the lock while other threads keep all carriers: then
 * it could not run, and each thread that needs the lock would wait, also that of an event loop.
 */
public final class NonParkingLock {
    /** The number of times that a platform thread tries before it parks. */
    private static final int SPINS = 300;

    private final ReentrantLock lock = new ReentrantLock();

    /** Takes the lock; {@link #unlock} must follow in a finally block. */
    public void lock() {
        StackGuard.requireLittle(); // so that no overflow comes between taking it and returning
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
