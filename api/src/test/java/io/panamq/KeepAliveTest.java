// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class KeepAliveTest extends WithContext {
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldMakeTheKernelProbeAConnection() throws IOException {
        assertThat(timer(null)).as("no timer").startsWith("00:");
        assertThat(timer(new KeepAlive(Duration.ofSeconds(50), Duration.ofSeconds(5), 3)))
                .as("a keep-alive timer")
                .startsWith("02:");
    }

    /** Returns the timer of an idle connection that a socket with this keep-alive accepted. */
    private String timer(KeepAlive keepAlive) throws IOException {
        try (PullSocket pull = context.pull();
                PushSocket push = context.push()) {
            if (keepAlive != null) {
                keepAlive.applyTo(pull);
            }
            String endpoint = pull.bind(Transport.TCP.fresh());
            push.connect(endpoint);
            push.send("x");
            assertThat(Deadline.text(pull)).isEqualTo("x");
            String local = "0100007F:%04X".formatted(Endpoint.port(endpoint));
            String established = "01";
            String[] found = new String[1];
            // Data that is not acknowledged yet has a timer of its own.
            Deadline.until("all is acknowledged", () -> idle(found, local, established));
            return found[0];
        }
    }

    private static boolean idle(String[] found, String local, String state) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/net/tcp"))) {
                String[] fields = line.strip().split("\\s+");
                if (fields[1].toUpperCase(Locale.ROOT).equals(local) && fields[3].equals(state)) {
                    found[0] = fields[5];
                    return !fields[5].startsWith("01:");
                }
            }
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldSetItsOptions() {
        PullSocket pull = context.pull();
        new KeepAlive(Duration.ofSeconds(50), Duration.ofSeconds(5), 3).applyTo(pull);
        assertThat(pull.get(SocketOption.TCP_KEEPALIVE)).isEqualTo(1);
        assertThat(pull.get(SocketOption.TCP_KEEPALIVE_IDLE)).hasSeconds(50);
        assertThat(pull.get(SocketOption.TCP_KEEPALIVE_INTVL)).hasSeconds(5);
        assertThat(pull.get(SocketOption.TCP_KEEPALIVE_CNT)).isEqualTo(3);

        KeepAlive.bySystem().applyTo(pull);
        assertThat(pull.get(SocketOption.TCP_KEEPALIVE)).isEqualTo(1);
        assertThat(pull.get(SocketOption.TCP_KEEPALIVE_IDLE)).isEqualTo(SocketOption.FOREVER);
        assertThat(pull.get(SocketOption.TCP_KEEPALIVE_CNT)).isEqualTo(-1);
    }

    @Test
    void shouldRefuseValuesOutOfRange() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new KeepAlive(second, second, 128))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ZMQ_TCP_KEEPALIVE_CNT is 128, not in -1 to 127");
        assertThatThrownBy(() -> new KeepAlive(second, second, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeepAlive(Duration.ZERO, second, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeepAlive(second, Duration.ofSeconds(40_000), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not in 0 ms to 32767000 ms, nor FOREVER");
        assertThatThrownBy(() -> new KeepAlive(null, second, 1))
                .isInstanceOf(NullPointerException.class);
    }
}
