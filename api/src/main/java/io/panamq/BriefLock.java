// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.concurrent.locks.ReentrantLock;

/**
 * For a few steps in which nothing waits. A virtual thread never queues for it: while others keep
 * all carriers, one that has been chosen as the next owner is not run, and everybody else, an event
 * loop's own thread too, would wait for it. So it tries again instead.
 */
final class BriefLock {
    /** Somebody is within a few steps of leaving it, as a rule. */
    private static final int SPINS = 300;

    private final ReentrantLock lock = new ReentrantLock();

    /** {@link #unlock} must follow in a finally block. */
    @SuppressWarnings("ThreadPriorityCheck") // the owner may need this processor
    void lock() {
        StackGuard.requireLittle(); // or it could be cut off between having it and knowing it
        int spins = 0;
        while (!lock.tryLock()) {
            if (spins < SPINS) {
                spins++;
                Thread.onSpinWait();
            } else if (Thread.currentThread().isVirtual()) {
                Thread.yield();
            } else {
                lock.lock();
                return;
            }
        }
    }

    void unlock() {
        lock.unlock();
    }
}
