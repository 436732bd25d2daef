// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.support.Background;
import io.panamq.support.Deadline;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Checks that one thread at a time has the lock, and that a virtual thread does not park for it.
 */
class NonParkingLockTest {
    private final NonParkingLock lock = new NonParkingLock();
    private final AtomicInteger entered = new AtomicInteger();

    private void enter() {
        lock.lock();
        try {
            entered.incrementAndGet();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void shouldMakeAPlatformThreadWaitForItsTurn() {
        Background<Void> waiting;
        lock.lock();
        try {
            waiting = Background.run(this::enter);
            Deadline.until(
                    "it waits for the lock",
                    () -> waiting.thread().getState() == Thread.State.WAITING);
            assertThat(entered).hasValue(0);
        } finally {
            lock.unlock();
        }

        waiting.result();
        assertThat(entered).hasValue(1);
    }

    @Test
    void shouldNotParkAVirtualThread() {
        var begun = new AtomicBoolean();
        Background<Integer> waiting;
        lock.lock();
        try {
            waiting =
                    Background.virtual(
                            () -> {
                                begun.set(true);
                                enter();
                                return entered.get();
                            });
            Deadline.until("it has begun", begun::get);
            for (int i = 0; i < 10_000; i++) {
                assertThat(waiting.thread().getState()).isEqualTo(Thread.State.RUNNABLE);
            }
        } finally {
            lock.unlock();
        }

        assertThat(waiting.result()).isOne();
    }
}
