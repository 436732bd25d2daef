// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What ends a send that waits for room in the queue, on platform and on virtual threads. */
class ConcurrentSenderWaitTest extends WithLoop {
    /** By any thread. */
    enum End {
        INTERRUPT,
        CLOSE,
        CLOSE_SOCKET,
        STOP_LOOP,
        ABANDON_LOOP,
        SHUT_DOWN,
        CLOSE_CONTEXT
    }

    private PushSocket push;
    private ConcurrentSender sender;

    static Stream<Arguments> ends() {
        return Stream.of(End.values())
                .flatMap(end -> Stream.of(Arguments.of(end, false), Arguments.of(end, true)));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void shouldEnd(End end, boolean onVirtual) {
        loop.close();
        loop = builder().drainTimeout(Duration.ofMillis(20)).start();
        push = context.push(); // with nobody to send to
        sender = ConcurrentSender.on(loop, push, 2);
        sender.send("1");
        sender.send("2");
        Background<Boolean> waiting =
                onVirtual ? Background.virtual(this::send) : Background.start(this::send);
        Thread thread = waiting.thread();
        Deadline.until("it waits", () -> thread.getState() == Thread.State.TIMED_WAITING);

        Class<? extends ZmqException> expected = end(end, thread);

        assertThat(waiting.failure()).isInstanceOf(expected);
    }

    /** Ends it, and tells how that should be seen. */
    private Class<? extends ZmqException> end(End end, Thread thread) {
        switch (end) {
            case INTERRUPT -> thread.interrupt();
            case CLOSE -> assertThat(sender.close(Duration.ofMillis(1))).isEqualTo(2);
            case CLOSE_SOCKET -> push.close();
            case STOP_LOOP -> loop.stop();
            case ABANDON_LOOP -> loop.stopNow();
            case SHUT_DOWN -> context.shutdown();
            case CLOSE_CONTEXT -> context.close();
        }
        return switch (end) {
            case INTERRUPT -> OperationInterruptedException.class;
            case CLOSE, CLOSE_SOCKET, STOP_LOOP, ABANDON_LOOP -> SocketClosedException.class;
            case SHUT_DOWN, CLOSE_CONTEXT -> ContextTerminatedException.class;
        };
    }

    /** It is told, and still has its message. */
    private boolean send() {
        try (Message message = Message.of("3")) {
            try {
                return sender.send(message);
            } finally {
                assertThat(message.toUtf8()).isEqualTo("3");
            }
        }
    }
}
