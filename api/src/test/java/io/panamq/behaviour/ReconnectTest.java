// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Curve;
import io.panamq.MonitorEvent;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import io.panamq.SocketMonitor;
import io.panamq.bindings.NativeLibrary;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that a socket connects again after a handshake that failed. */
class ReconnectTest extends WithContext {
    static List<String> endpoints() {
        return List.of(Transport.TCP.fresh(), Transport.IPC.fresh(), "ws://127.0.0.1:*");
    }

    @BeforeEach
    void requireTheMendedLibrary() {
        assumeTrue(NativeLibrary.isHardened("reconnect"), "another libzmq gives up");
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void shouldFindAServerThatFirstAskedForCurve(String wanted) {
        RepSocket first = context.rep();
        first.security().curveServer(Curve.keyPair());
        String endpoint = first.bind(wanted);
        ReqSocket client = context.req();
        try (SocketMonitor monitor = client.monitor()) {
            client.connect(endpoint);
            client.send("request");
            await(monitor, MonitorEvent.HandshakeFailure.class);
            await(monitor, MonitorEvent.ConnectRetried.class);
        }
        first.close();

        RepSocket second = context.rep();
        second.bind(endpoint);
        assertThat(Deadline.text(second)).isEqualTo("request");
        second.send("reply");
        assertThat(Deadline.text(client)).isEqualTo("reply");
    }

    /** What a proxy answers whose server is not there yet, and what is no ZeroMQ at all. */
    @ParameterizedTest
    @CsvSource({
        "ws, 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'",
        "ws, 'HTTP/1.1 101 Switching Protocols\r\n\r\n'",
        "tcp, '\u00ff\0\0\0\0\0\0\0\1\u007f\3\0NOSUCHMECHANISM'"
    })
    void shouldFindAServerBehindAProxyThatFirstRefused(String scheme, String answer)
            throws IOException {
        findAfter(scheme, answer.getBytes(ISO_8859_1));
    }

    private void findAfter(String scheme, byte[] answer) throws IOException {
        ReqSocket client = context.req();
        String endpoint;
        try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                SocketMonitor monitor = client.monitor()) {
            proxy.setSoTimeout((int) Deadline.LIMIT.toMillis());
            endpoint = scheme + "://127.0.0.1:" + proxy.getLocalPort();
            client.connect(endpoint);
            client.send("request");
            for (int i = 0; i < 2; i++) {
                try (java.net.Socket accepted = proxy.accept()) {
                    accepted.getOutputStream()
                            .write(Arrays.copyOf(answer, Math.max(64, answer.length)));
                    await(monitor, MonitorEvent.Disconnected.class);
                }
            }
        }
        RepSocket server = context.rep();
        server.bind(endpoint);
        assertThat(Deadline.text(server)).as(scheme).isEqualTo("request");
        server.close();
        client.close();
    }

    private static void await(SocketMonitor monitor, Class<? extends MonitorEvent> type) {
        Deadline.until(
                type.getSimpleName(),
                () -> monitor.receive(Deadline.GRACE).filter(type::isInstance).isPresent());
    }
}
