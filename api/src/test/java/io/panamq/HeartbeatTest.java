// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.support.Deadline;
import io.panamq.support.RawPublisher;
import io.panamq.support.WithContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartbeatTest extends WithContext {
    private static final Duration SHORT = Duration.ofMillis(100);

    @Test
    void shouldDisconnectAPeerThatDoesNotAnswer() throws IOException {
        try (RawPublisher mute = new RawPublisher();
                SubSocket sub = context.sub();
                SocketMonitor monitor = sub.monitor()) {
            Reconnect.never().applyTo(sub);
            Heartbeat.every(SHORT).applyTo(sub);
            mute.accept(sub);

            MonitorEvent event = monitor.receive(Deadline.LIMIT).orElseThrow();
            while (!(event instanceof MonitorEvent.Disconnected)) {
                event = monitor.receive(Deadline.LIMIT).orElseThrow();
            }
            assertThat(event).isInstanceOf(MonitorEvent.Disconnected.class);
        }
    }

    @Test
    void shouldTellThePeerTheTimeToLive() throws IOException {
        try (RawPublisher peer = new RawPublisher();
                SubSocket sub = context.sub()) {
            Heartbeat.every(SHORT)
                    .withTimeout(Duration.ZERO)
                    .withTtl(Duration.ofMillis(2500))
                    .applyTo(sub);
            peer.accept(sub);

            ByteBuffer ping = ByteBuffer.wrap(peer.receiveCommand());
            byte[] name = new byte[5];
            ping.get(name);
            assertThat(new String(name, US_ASCII)).isEqualTo("\4PING");
            assertThat(ping.getShort()).as("in tenths of a second").isEqualTo((short) 25);
        }
    }

    @Test
    void shouldSetItsOptions() {
        DealerSocket dealer = context.dealer();
        Heartbeat heartbeat = Heartbeat.every(Duration.ofSeconds(2));
        heartbeat.applyTo(dealer);
        assertThat(dealer.get(SocketOption.HEARTBEAT_IVL)).hasSeconds(2);
        assertThat(dealer.get(SocketOption.HEARTBEAT_TIMEOUT)).hasSeconds(2);
        assertThat(dealer.get(SocketOption.HEARTBEAT_TTL)).isZero();

        Heartbeat.every(Duration.ZERO).applyTo(dealer);
        assertThat(dealer.get(SocketOption.HEARTBEAT_IVL)).as("off again").isZero();
        assertThat(heartbeat).isEqualTo(Heartbeat.every(Duration.ofSeconds(2)));
    }

    @Test
    void shouldRefuseTimesOutOfRange() {
        Heartbeat heartbeat = Heartbeat.every(SHORT);
        assertThatThrownBy(() -> Heartbeat.every(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ZMQ_HEARTBEAT_IVL is PT-0.001S");
        assertThatThrownBy(() -> heartbeat.withTimeout(SocketOption.FOREVER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ZMQ_HEARTBEAT_TIMEOUT");
        assertThatThrownBy(() -> heartbeat.withTtl(Duration.ofMillis(6_553_600)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not in 0 ms to 6553599 ms");
        assertThatThrownBy(() -> Heartbeat.every(null)).isInstanceOf(NullPointerException.class);
        DealerSocket closed = context.dealer();
        closed.close();
        assertThatThrownBy(() -> heartbeat.applyTo(closed))
                .hasMessageContaining("it is closed; create another one");
    }
}
