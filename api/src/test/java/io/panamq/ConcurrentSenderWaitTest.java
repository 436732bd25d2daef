// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationCancelledException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import io.panamq.error.ZmqException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Waiter;
import io.panamq.support.WithContext;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests what ends a send that waits for room, or that waits for its turn behind such a send. */
class ConcurrentSenderWaitTest extends WithContext {
    /** The ways in which any thread can end the wait. */
    enum End {
        CLOSE(SocketClosedException.class),
        CLOSE_SOCKET(SocketClosedException.class),
        SHUT_DOWN(ContextTerminatedException.class),
        CLOSE_CONTEXT(ContextTerminatedException.class);

        private final Class<? extends ZmqException> expected;

        End(Class<? extends ZmqException> expected) {
            this.expected = expected;
        }
    }

    private PushSocket push;
    private ConcurrentSender sender;

    static Stream<Arguments> ends() {
        return Stream.of(End.values())
                .flatMap(end -> Stream.of(Waiter.values()).map(way -> Arguments.of(end, way)));
    }

    /** Starts a send that waits for room, because there is no peer. */
    private Background<Boolean> startFirst(Waiter waiter) {
        push = context.push();
        sender = push.concurrentSender();
        return waiter.blocked(this::send);
    }

    /** Starts a send that waits for its turn, on the other kind of thread. */
    private Background<Boolean> startSecond(Waiter waiter) {
        Callable<Boolean> send = this::send;
        var waiting = waiter == Waiter.VIRTUAL ? Background.start(send) : Background.virtual(send);
        Deadline.until(
                "it waits for its turn",
                () -> waiting.thread().getState() == Thread.State.TIMED_WAITING);
        return waiting;
    }

    /** Sends a message, and checks that it still has its content when the send fails. */
    private boolean send() {
        try (Message message = Message.of("kept")) {
            try {
                return sender.send(message);
            } finally {
                assertThat(message.getString()).isEqualTo("kept");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ends")
    void shouldEndForAll(End end, Waiter waiter) {
        var first = startFirst(waiter);
        var second = startSecond(waiter);

        switch (end) {
            case CLOSE -> sender.close();
            case CLOSE_SOCKET -> push.close();
            case SHUT_DOWN -> context.shutdown();
            case CLOSE_CONTEXT -> context.close();
        }

        assertThat(first.failure()).isInstanceOf(end.expected);
        assertThat(second.failure()).isInstanceOf(end.expected);
    }

    @ParameterizedTest
    @EnumSource(Waiter.class)
    void shouldEndForOneThatIsInterrupted(Waiter waiter) {
        var first = startFirst(waiter);
        var second = startSecond(waiter);

        second.thread().interrupt();
        assertThat(second.failure()).isInstanceOf(OperationInterruptedException.class);
        first.thread().interrupt();
        assertThat(first.failure()).isInstanceOf(OperationInterruptedException.class);
        assertThat(sender.trySend("nobody has it")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Waiter.class)
    void shouldEndForOneThatIsCancelledAndGiveTheNextItsTurn(Waiter waiter) {
        var first = startFirst(waiter);
        var second = startSecond(waiter);

        push.cancel();
        assertThat(first.failure()).isInstanceOf(OperationCancelledException.class);
        second.awaitBlocked();
        push.cancel();
        assertThat(second.failure()).isInstanceOf(OperationCancelledException.class);
    }
}
