// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.bindings.calls.DraftFunctions;
import io.panamq.error.SocketClosedException;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the statistics of pipes: how many messages wait in the queues of a connection. */
class PipeStatisticsTest extends WithContext {
    private final PullSocket pull = context.pull();
    private final PushSocket push = context.push();

    private static void assumeStatistics() {
        assumeTrue(DraftFunctions.hasPipeStatistics(), "another libzmq may crash");
    }

    /** Asks, and waits for the answer, which passes through the socket when it polls. */
    private static MonitorEvent.PipeStatistics ask(SocketMonitor monitor, Socket socket) {
        assertThat(monitor.requestPipeStatistics()).isTrue();
        Optional<MonitorEvent> event = Optional.empty();
        while (!(event.orElse(null) instanceof MonitorEvent.PipeStatistics statistics)) {
            assertThat(socket.get(SocketOption.EVENTS)).isNotNull();
            event = monitor.receive(Duration.ofMillis(5));
        }
        return statistics;
    }

    @Test
    void shouldNeedTheBundledLibrary() {
        SocketMonitor monitor = push.monitor();
        if (DraftFunctions.hasPipeStatistics()) {
            assertThat(monitor.requestPipeStatistics()).as("no connection").isFalse();
        } else {
            assertThatThrownBy(monitor::requestPipeStatistics)
                    .isInstanceOf(UnsupportedFeatureException.class);
        }
    }

    @Test
    void shouldCountWhatWaitsToBeWritten() {
        assumeStatistics();
        SocketMonitor monitor = push.monitor();
        push.connect(Transport.nowhere());
        for (int i = 0; i < 5; i++) {
            push.send("some");
            assertThat(ask(monitor, push))
                    .isEqualTo(new MonitorEvent.PipeStatistics("", Transport.nowhere(), i + 1, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCountWhatWaitsToBeReceived(boolean limited) {
        assumeStatistics();
        pull.set(SocketOption.RCVHWM, limited ? 10 : 0);
        SocketMonitor monitor = pull.monitor();
        push.connect(pull.bind(Transport.TCP.fresh()));
        for (int i = 0; i < 5; i++) {
            push.send(Multipart.of("two", "frames"));
        }
        Deadline.multipart(pull).close();
        MonitorEvent.PipeStatistics[] last = {ask(monitor, pull)};
        Deadline.until(
                "the others have come",
                () -> {
                    last[0] = ask(monitor, pull);
                    return last[0].inbound() == 4;
                });
        for (int left = 3; left >= 0; left--) {
            Deadline.multipart(pull).close();
            assertThat(ask(monitor, pull).inbound()).isEqualTo(left);
        }
        assertThat(last[0].outbound()).isZero();
        assertThat(last[0].local()).isEqualTo(pull.get(SocketOption.LAST_ENDPOINT));
    }

    @Test
    void shouldCountBothEndsOfInproc() {
        assumeStatistics();
        SocketMonitor monitor = pull.monitor();
        push.connect(pull.bind(Transport.INPROC.fresh()));
        push.send("a");
        push.send("b");
        assertThat(pull.get(SocketOption.EVENTS)).contains(PollEvent.IN);
        assertThat(monitor.requestPipeStatistics()).isTrue();
        assertThat(push.get(SocketOption.EVENTS)).as("the peer answers").isNotNull();
        assertThat(ask(monitor, pull).inbound()).isEqualTo(2);
    }

    @Test
    void shouldBelongToTheThreadOfTheSocket() {
        assumeStatistics();
        SocketMonitor monitor = pull.monitor();
        assertThat(monitor.requestPipeStatistics()).isFalse();
        Background.run(
                        () ->
                                assertThatThrownBy(monitor::requestPipeStatistics)
                                        .isInstanceOf(WrongThreadException.class))
                .result();
        monitor.close();

        assertThatThrownBy(monitor::requestPipeStatistics)
                .isInstanceOf(SocketClosedException.class);
    }

    /** The answers are under way between threads of libzmq while sockets end. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldSurviveTheEndWhileStatisticsAreUnderWay(Transport transport) {
        assumeStatistics();
        for (int i = 0; i < 200; i++) {
            PullSocket in = context.pull();
            PushSocket out = context.push();
            SocketMonitor monitor = in.monitor();
            out.connect(in.bind(transport.fresh()));
            for (int j = 0; j < 20; j++) {
                if (j == 10 && i % 2 == 0) {
                    out.close();
                } else if (!out.isClosed()) {
                    out.trySend("some");
                }
                in.tryReceive().ifPresent(Message::close);
                boolean ignored = monitor.requestPipeStatistics();
            }
            if (i % 3 == 0) {
                monitor.close();
            }
            in.close();
            out.close();
            monitor.close();
        }
        assertThat(context.isClosed()).isFalse();
    }
}
