// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Waiter;
import io.panamq.support.WithLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks that a loop is awake after it was given a task. */
class LoopWakeupTest extends WithLoop {
    private static final int THREADS = 12;
    private static final int ROUNDS = 500;

    /**
     * Virtual threads that are always ready keep the carriers. When one of them had to wait for its
     * turn to give the loop a task or to wake it, it got no carrier, and the loop and all others
     * waited.
     */
    @ParameterizedTest
    @EnumSource(
            value = Waiter.class,
            names = {"PLATFORM", "VIRTUAL"})
    void shouldRunTheTasksOfThreadsThatAreAlwaysBusy(Waiter waiter) {
        try (EventLoop other = builder().start()) {
            List<Background<Integer>> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                threads.add(waiter.start(() -> runTasks(other)));
            }
            for (Background<Integer> thread : threads) {
                assertThat(thread.result()).isEqualTo(ROUNDS);
            }
        }
        assertThat(failures).isEmpty();
    }

    private int runTasks(EventLoop other) {
        int ran = 0;
        while (ran < ROUNDS) {
            run(loop);
            run(other);
            ran++;
        }
        return ran;
    }

    @SuppressWarnings("ThreadPriorityCheck") // on purpose
    private static void run(EventLoop loop) {
        var task = CompletableFuture.runAsync(() -> {}, loop);
        long start = System.nanoTime();
        while (!task.isDone()) {
            if (System.nanoTime() - start > Deadline.LIMIT.toNanos() / 4) {
                throw new AssertionError("a task is not run by " + loop);
            }
            Thread.yield();
        }
    }
}
