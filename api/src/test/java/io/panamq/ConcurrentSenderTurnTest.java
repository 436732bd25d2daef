// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Waiter;
import io.panamq.support.WithContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests turns that do not come, and sends from within a send. */
class ConcurrentSenderTurnTest extends WithContext {
    private PushSocket push;
    private ConcurrentSender sender;

    @BeforeEach
    void setUp() {
        push = context.push();
        sender = push.concurrentSender();
    }

    /** A virtual thread that gets no carrier may have the turn. Here the test keeps it. */
    @ParameterizedTest
    @EnumSource(Waiter.class)
    void shouldEndTheWaitForATurnThatDoesNotComeWhenClosed(Waiter waiter) {
        var waiting = waitForTurn(waiter);
        sender.close();
        assertThat(waiting.failure()).isInstanceOf(SocketClosedException.class);
    }

    @ParameterizedTest
    @EnumSource(Waiter.class)
    void shouldEndTheWaitForATurnThatDoesNotComeWhenShutDown(Waiter waiter) {
        var waiting = waitForTurn(waiter);
        context.shutdown();
        assertThat(waiting.failure()).isInstanceOf(ContextTerminatedException.class);
    }

    private Background<Boolean> waitForTurn(Waiter waiter) {
        assertThat(push.core().tryTurn()).isTrue();
        var waiting = waiter.start(() -> sender.send("x"));
        awaitTurn(waiting.thread());
        return waiting;
    }

    private static void awaitTurn(Thread thread) {
        Deadline.until(
                "it waits for its turn", () -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    /** The close ends the ordinary wait. The thread must not wait for its own turn then. */
    @Test
    void shouldRefuseASendFromWithinASendThatIsClosed() throws InterruptedException {
        AtomicReference<RuntimeException> nested = new AtomicReference<>();
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        Thread closer =
                new Thread() {
                    @Override
                    public boolean isInterrupted() {
                        if (Thread.currentThread() == this && nested.get() == null) {
                            sender.close();
                            try {
                                sender.send("nested");
                            } catch (RuntimeException e) {
                                nested.set(e);
                            }
                        }
                        return super.isInterrupted();
                    }

                    @Override
                    public void run() {
                        try {
                            sender.send("nobody");
                        } catch (RuntimeException e) {
                            failure.set(e);
                        }
                    }
                };
        closer.setDaemon(true);
        closer.start();
        closer.join(Deadline.LIMIT);
        assertThat(nested.get()).isInstanceOf(IllegalStateException.class);
        assertThat(failure.get()).isInstanceOf(SocketClosedException.class);
        assertThat(push.core().isNativeClosed()).isTrue();
    }

    /** Otherwise the next owner would be in libzmq at the same time. */
    @Test
    void shouldNotReleaseAPlainSocketFromWithinASend() throws InterruptedException {
        PushSocket plain = context.push();
        plain.handOver();
        AtomicReference<RuntimeException> refused = new AtomicReference<>();
        Thread releaser =
                new Thread() {
                    @Override
                    public boolean isInterrupted() {
                        if (Thread.currentThread() != this) {
                            return super.isInterrupted();
                        }
                        try {
                            // The call comes from a class of another package, like a user's call.
                            List.of(plain).forEach(PushSocket::handOver);
                        } catch (IllegalStateException e) {
                            refused.set(e);
                        }
                        return true;
                    }

                    @Override
                    public void run() {
                        try {
                            plain.send("nobody");
                        } catch (OperationInterruptedException e) {
                            // The test interrupts the thread to end its send.
                        }
                    }
                };
        releaser.start();
        releaser.join(Deadline.LIMIT);
        assertThat(refused.get()).hasMessageContaining("within a call of its own");
    }
}
