// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The lock is had or not had, whatever the thread's own methods do. */
class BriefLockTest {
    private final BriefLock lock = new BriefLock();
    private final AtomicInteger entered = new AtomicInteger();
    private final AtomicInteger thrown = new AtomicInteger();

    /** Is interrupted by others, and not by itself. */
    private final class Stubborn extends Thread {
        Stubborn() {
            super(BriefLockTest.this::enter);
            setDaemon(true);
        }

        @Override
        public void interrupt() {
            if (Thread.currentThread() == this) {
                thrown.incrementAndGet();
                throw new IllegalStateException("not by itself");
            }
            super.interrupt();
        }
    }

    private void enter() {
        lock.lock();
        try {
            entered.incrementAndGet();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void shouldNotBeLostByAThreadThatRefusesToBeInterruptedAgain() throws InterruptedException {
        Stubborn stubborn = new Stubborn();
        lock.lock();
        try {
            stubborn.start();
            Deadline.until(
                    "it waits for the lock", () -> stubborn.getState() == Thread.State.WAITING);
            stubborn.interrupt();
        } finally {
            lock.unlock();
        }

        assertThat(stubborn.join(Deadline.LIMIT)).isTrue();
        assertThat(thrown).hasValue(1);
        assertThat(entered).hasValue(1);
        Background.run(this::enter).result(); // it is free
    }
}
