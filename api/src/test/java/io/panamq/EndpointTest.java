// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests endpoints that are composed and taken apart. */
class EndpointTest extends WithContext {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 5555, tcp://127.0.0.1:5555",
        "*, 0, tcp://*:*",
        "server, 65535, tcp://server:65535",
        "::1, 1, tcp://[::1]:1",
        "[::1], 1, tcp://[::1]:1",
    })
    void shouldComposeTcp(String host, int port, String endpoint) {
        assertThat(Endpoint.tcp(host, port)).isEqualTo(endpoint);
    }

    @Test
    void shouldComposeTheOthers() {
        assertThat(Endpoint.ipc(Path.of("/tmp/feed"))).isEqualTo("ipc:///tmp/feed");
        assertThat(Endpoint.inproc("work")).isEqualTo("inproc://work");
    }

    @Test
    void shouldRefuseToComposeWhatIsNone() {
        for (int port : new int[] {-1, 65536}) {
            assertThatThrownBy(() -> Endpoint.tcp("host", port))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("" + port);
        }
        assertThatThrownBy(() -> Endpoint.tcp("", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Endpoint.inproc("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Endpoint.ipc(Path.of("relative")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("relative");
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://127.0.0.1:5555, 127.0.0.1, 5555",
        "tcp://[::1]:80, ::1, 80",
        "tcp://192.168.1.2:0;10.0.0.1:9, 10.0.0.1, 9",
        "ws://host:8080/chat:1, host, 8080",
        "wss://host:8443, host, 8443",
        "udp://239.0.0.1:65535, 239.0.0.1, 65535",
    })
    void shouldTakeHostAndPortOutOfAnEndpoint(String endpoint, String host, int port) {
        assertThat(Endpoint.host(endpoint)).isEqualTo(host);
        assertThat(Endpoint.port(endpoint)).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tcp",
                "tcp://",
                "tcp://host",
                "tcp://:1",
                "tcp://host:",
                "tcp://*:*",
                "tcp://host:0",
                "tcp://host:65536",
                "tcp://host:-1",
                "tcp://host:x",
                "ipc:///tmp/a:1",
                "inproc://a:1",
                "127.0.0.1:5555"
            })
    void shouldSayThatThereIsNoPort(String endpoint) {
        assertThatThrownBy(() -> Endpoint.port(endpoint))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("in the endpoint " + endpoint);
    }

    @Test
    void shouldTellThePortThatTheSystemChose() {
        PullSocket pull = context.pull();
        int port = Endpoint.port(pull.bind(Endpoint.tcp("127.0.0.1", 0)));
        PushSocket push = context.push();
        push.connect(Endpoint.tcp("127.0.0.1", port));
        push.send("arrives");

        assertThat(Deadline.text(pull)).isEqualTo("arrives");
        assertThat(port).isPositive();
        String path = context.pull().bind(Transport.IPC.fresh()).substring("ipc://".length());
        assertThat(Endpoint.ipc(Path.of(path))).isEqualTo("ipc://" + path);
    }
}
