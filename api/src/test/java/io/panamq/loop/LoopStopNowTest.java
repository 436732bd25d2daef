// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.Message;
import io.panamq.PullSocket;
import io.panamq.error.OperationInterruptedException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithLoop;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Tests which threads are interrupted when a loop is stopped at once: the running handler, and
 * nothing after it.
 */
class LoopStopNowTest extends WithLoop {
    private final Queue<Boolean> interrupted = new ConcurrentLinkedQueue<>();

    @Override
    protected EventLoop.Builder builder() {
        return super.builder().drainTimeout(Duration.ofDays(1)); // too long to end anything
    }

    private void noteInterrupt() {
        interrupted.add(Thread.currentThread().isInterrupted());
    }

    /** Waits for a message on the thread of the loop. */
    private void blockIn(PullSocket pull) {
        AtomicReference<Thread> thread = new AtomicReference<>();
        loop.execute(
                () -> {
                    thread.set(Thread.currentThread());
                    pull.receive().close();
                });
        Deadline.until("it waits", () -> thread.get() != null && Background.isInCall(thread.get()));
    }

    @Test
    void shouldEndTheWaitOfAHandler() {
        PullSocket pull = line(Transport.INPROC).pull();
        blockIn(pull);

        loop.stopNow();

        assertThat(loop.awaitStopped(Deadline.LIMIT)).isTrue();
        assertThat(failures).hasSize(1).hasOnlyElementsOfType(OperationInterruptedException.class);
    }

    @Test
    void shouldInterruptAgainAtEachCall() {
        PullSocket pull = line(Transport.INPROC).pull();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch once = new CountDownLatch(1);
        loop.execute(
                () -> {
                    begun.countDown();
                    try {
                        pull.receive().close();
                    } catch (OperationInterruptedException e) {
                        interrupted.add(Thread.interrupted());
                    }
                    once.countDown();
                    pull.receive().close();
                });
        await(begun);
        loop.stopNow();
        await(once);

        loop.stopNow();

        assertThat(loop.awaitStopped(Deadline.LIMIT)).isTrue();
        assertThat(interrupted).containsExactly(true);
        assertThat(failures).hasSize(1).hasOnlyElementsOfType(OperationInterruptedException.class);
    }

    @Test
    void shouldNotInterruptWhatDependsOnAFutureThatFailsInTheEnd() {
        CountDownLatch failed = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        CompletableFuture<Message> waits = AsyncSocket.on(loop, context.pair()).receive();
        CompletableFuture<?> follows =
                waits.whenComplete(
                        (message, failure) -> {
                            noteInterrupt();
                            failed.countDown();
                            while (open.getCount() > 0) {
                                Thread.onSpinWait();
                            }
                            noteInterrupt();
                        });
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        loop.execute(
                () -> {
                    held.countDown();
                    while (stopped.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    noteInterrupt();
                });
        await(held);

        loop.stopNow();
        stopped.countDown();
        await(failed);
        loop.stopNow();
        open.countDown();

        assertThat(loop.awaitStopped(Deadline.LIMIT)).isTrue();
        assertThat(follows).isCompletedExceptionally();
        assertThat(interrupted).containsExactly(true, false, false);
    }

    @Test
    void shouldNotInterruptTheHandlerThatStopsItsLoop() {
        on(
                () -> {
                    loop.stopNow();
                    noteInterrupt();
                });

        assertThat(loop.awaitStopped(Deadline.LIMIT)).isTrue();
        assertThat(interrupted).containsExactly(false);
    }

    @Test
    void shouldStopNowWhenTheThreadThatClosesIsInterrupted() {
        PullSocket pull = line(Transport.INPROC).pull();
        blockIn(pull);
        Runnable never = this::noteInterrupt;
        loop.execute(never);
        var closer =
                Background.start(
                        () -> {
                            loop.close();
                            return Thread.interrupted();
                        });
        Deadline.until("it waits", () -> closer.thread().getState() == Thread.State.TIMED_WAITING);
        assertThat(loop.isStopped()).isFalse();

        closer.thread().interrupt();

        assertThat(closer.result()).as("the flag").isTrue();
        assertThat(loop.isStopped()).isTrue();
        assertThat(loop.abandoned()).containsExactly(never);
        assertThat(failures).hasSize(1).hasOnlyElementsOfType(OperationInterruptedException.class);
    }
}
