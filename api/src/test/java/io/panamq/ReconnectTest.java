// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.error.UnsupportedFeatureException;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReconnectTest extends WithContext {
    private static final Duration SHORT = Duration.ofMillis(1);

    @Test
    void shouldConnectAgainAtItsPace() {
        PushSocket push = context.push();
        Reconnect.every(Duration.ofMillis(7)).applyTo(push);
        try (SocketMonitor monitor = push.monitor()) {
            push.connect(Transport.nowhere());
            for (int i = 0; i < 3; i++) {
                MonitorEvent event = monitor.receive(Deadline.LIMIT).orElseThrow();
                while (!(event instanceof MonitorEvent.ConnectRetried)) {
                    event = monitor.receive(Deadline.LIMIT).orElseThrow();
                }
                // libzmq adds up to as much at random.
                assertThat(((MonitorEvent.ConnectRetried) event).interval())
                        .isBetween(Duration.ofMillis(7), Duration.ofMillis(14));
            }
        }
    }

    @Test
    void shouldConnectOnlyOnce() {
        PushSocket push = context.push();
        Reconnect.never().applyTo(push);
        assertConnectsOnce(push);
        PushSocket other = context.push();
        Reconnect.every(Duration.ZERO).applyTo(other);
        assertConnectsOnce(other);
    }

    @Test
    void shouldStopAfterARefusal() {
        assumeTrue(Zmq.has(Capability.DRAFT), "a libzmq with drafts");
        PushSocket push = context.push();
        Reconnect.every(SHORT).stoppingAfter(ReconnectStop.CONN_REFUSED).applyTo(push);
        assertConnectsOnce(push);
        assertThat(push.get(SocketOption.RECONNECT_STOP))
                .isEqualTo(Set.of(ReconnectStop.CONN_REFUSED));
        Reconnect.every(SHORT).applyTo(push);
        assertThat(push.get(SocketOption.RECONNECT_STOP)).isEmpty();
    }

    private static void assertConnectsOnce(PushSocket push) {
        try (SocketMonitor monitor = push.monitor()) {
            push.connect(Transport.nowhere());
            MonitorEvent event = monitor.receive(Deadline.LIMIT).orElseThrow();
            while (!(event instanceof MonitorEvent.Closed)) {
                assertThat(event).isNotInstanceOf(MonitorEvent.ConnectRetried.class);
                event = monitor.receive(Deadline.LIMIT).orElseThrow();
            }
            assertThat(monitor.receive(Deadline.GRACE)).as("nothing more").isEmpty();
        }
    }

    @Test
    void shouldSayWhatTheLibraryDoesNotHave() {
        PushSocket push = context.push();
        Reconnect policy = Reconnect.every(SHORT).stoppingAfter(ReconnectStop.AFTER_DISCONNECT);
        assumeTrue(Zmq.version().patch() < 5, "libzmq before 4.3.5");
        assertThatThrownBy(() -> policy.applyTo(push))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("ZMQ_RECONNECT_STOP on PUSH")
                .hasMessageMatching(".*(AFTER_DISCONNECT, which came with 4.3.5|without drafts).*");
    }

    @Test
    void shouldSetItsOptionsAndRefuseWhatDoesNotFit() {
        PushSocket push = context.push();
        Reconnect.every(Duration.ofSeconds(1)).growingTo(Duration.ofSeconds(30)).applyTo(push);
        assertThat(push.get(SocketOption.RECONNECT_IVL)).hasSeconds(1);
        assertThat(push.get(SocketOption.RECONNECT_IVL_MAX)).hasSeconds(30);

        Reconnect slow = Reconnect.every(Duration.ofSeconds(1));
        assertThatThrownBy(() -> slow.growingTo(Duration.ofMillis(10)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("less than the interval");
        assertThatThrownBy(() -> Reconnect.every(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> slow.stoppingAfter((ReconnectStop) null))
                .isInstanceOf(NullPointerException.class);
        Set<ReconnectStop> failures = EnumSet.of(ReconnectStop.CONN_REFUSED);
        Reconnect kept = new Reconnect(SHORT, Duration.ZERO, failures);
        failures.clear();
        assertThat(kept.stopAfter()).containsExactly(ReconnectStop.CONN_REFUSED);
    }
}
