// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.CloseReport;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketOption;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.Waiter;
import io.panamq.support.WithContext;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests what ends a send that waits for room, with all ways to wait. */
class FullQueueTest extends WithContext {
    private PushSocket push;
    private PullSocket pull;
    private int queued;

    /** Ways to send. Each returns whether the message was sent. */
    enum Call {
        TEXT,
        BYTES,
        MESSAGE,
        MULTIPART,
        BATCH;

        Callable<Boolean> on(PushSocket push, boolean forATime) {
            return () -> {
                try (Message message = Message.of("last");
                        Multipart multipart = Multipart.of("last", "part")) {
                    boolean sent =
                            forATime
                                    ? forATime(push, message, multipart)
                                    : forEver(push, message, multipart);
                    if (!sent) {
                        assertThat(message.getString()).isEqualTo("last");
                        assertThat(multipart.size()).isEqualTo(2);
                    }
                    return sent;
                }
            };
        }

        private boolean forEver(PushSocket push, Message message, Multipart multipart) {
            return switch (this) {
                case TEXT -> push.send("last");
                case BYTES -> push.send(new byte[100]);
                case MESSAGE -> push.send(message);
                case MULTIPART -> push.send(multipart);
                case BATCH -> push.bulkSender().sendBatch(List.of(message)) == 1;
            };
        }

        private boolean forATime(PushSocket push, Message message, Multipart multipart) {
            return switch (this) {
                case TEXT -> push.send("last", Deadline.GRACE);
                case BYTES -> push.send(new byte[100], Deadline.GRACE);
                case MESSAGE -> push.send(message, Deadline.GRACE);
                case MULTIPART -> push.send(multipart, Deadline.GRACE);
                case BATCH -> push.bulkSender().sendBatch(List.of(message), Deadline.GRACE) == 1;
            };
        }
    }

    static Stream<Arguments> calls() {
        return Stream.of(Call.values())
                .flatMap(call -> Stream.of(Waiter.values()).map(way -> Arguments.of(call, way)));
    }

    @BeforeEach
    void fill() {
        push = context.push();
        push.set(SocketOption.SNDHWM, 1);
        pull = context.pull();
        pull.set(SocketOption.RCVHWM, 1);
        push.connect(pull.bind(Transport.INPROC.fresh()));
        while (push.trySend("full")) {
            queued++;
        }
        push.handOver();
        pull.handOver();
    }

    private void empty() {
        for (int i = 0; i < queued; i++) {
            assertThat(Deadline.text(pull)).isEqualTo("full");
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void shouldEndWithRoom(Call call, Waiter waiter) {
        var blocked = waiter.blocked(call.on(push, false));
        empty();

        assertThat(blocked.result()).isTrue();
        try (Multipart last = Deadline.multipart(pull)) {
            assertThat(last.size()).isEqualTo(call == Call.MULTIPART ? 2 : 1);
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void shouldEndWithItsDeadlineAndSendNothing(Call call, Waiter waiter) {
        long begin = System.nanoTime();
        Callable<Boolean> sending =
                () -> {
                    boolean sent = call.on(push, true).call();
                    push.handOver();
                    return sent;
                };
        var ended = waiter.start(sending);

        assertThat(ended.result()).isFalse();
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(Deadline.GRACE.toNanos());
        empty();
        assertThat(push.send("next", Deadline.LIMIT)).isTrue();
        assertThat(Deadline.text(pull)).isEqualTo("next");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void shouldEndWithAnInterruptAndSendNothing(Call call, Waiter waiter) {
        Callable<Boolean> sending = call.on(push, false);
        var blocked =
                waiter.blocked(
                        () -> {
                            try {
                                return sending.call();
                            } catch (OperationInterruptedException e) {
                                boolean flag = Thread.currentThread().isInterrupted();
                                push.handOver();
                                return flag;
                            }
                        });
        blocked.thread().interrupt();

        assertThat(blocked.result()).as("flag").isTrue();
        empty();
        assertThat(push.send("next", Deadline.LIMIT)).isTrue();
        assertThat(Deadline.text(pull)).isEqualTo("next");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void shouldEndWhenAnotherThreadCloses(Call call, Waiter waiter) {
        var blocked = waiter.blocked(call.on(push, false));
        push.close();

        assertThat(blocked.failure()).isInstanceOf(SocketClosedException.class);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void shouldEndWhenTheContextIsShutDown(Call call, Waiter waiter) {
        var blocked = waiter.blocked(call.on(push, false));
        context.shutdown();

        assertThat(blocked.failure()).isInstanceOf(ContextTerminatedException.class);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void shouldEndWhenTheContextIsClosed(Call call, Waiter waiter) {
        var blocked = waiter.blocked(call.on(push, false));
        CloseReport report = context.close(Deadline.LIMIT);

        assertThat(report.terminated()).isTrue();
        assertThat(report.abandoned()).isEmpty();
        assertThat(blocked.failure()).isInstanceOf(ContextTerminatedException.class);
    }
}
