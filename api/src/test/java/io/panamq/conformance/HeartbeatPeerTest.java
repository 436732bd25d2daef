// SPDX-License-Identifier: Apache-2.0
package io.panamq.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.Endpoint;
import io.panamq.MonitorEvent;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketMonitor;
import io.panamq.SocketOption;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heartbeats of ZMTP 3.1, seen by a peer written by hand. */
class HeartbeatPeerTest extends WithContext {
    private static final int COMMAND = 4;

    private final PullSocket pull = context.pull();
    private SocketMonitor monitor;

    private <E extends MonitorEvent> E next(Class<E> type) {
        while (true) {
            MonitorEvent event = monitor.receive(Deadline.LIMIT).orElseThrow();
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    /** Connects and makes the handshake of a PUSH. */
    private java.net.Socket peer() throws IOException {
        monitor = pull.monitor();
        int port = Endpoint.port(pull.bind(Transport.TCP.fresh()));
        var peer = new java.net.Socket(InetAddress.getLoopbackAddress(), port);
        peer.setSoTimeout((int) Deadline.LIMIT.toMillis());
        byte[] greeting = new byte[64];
        greeting[0] = (byte) 0xFF;
        greeting[9] = 0x7F;
        greeting[10] = 3;
        greeting[11] = 1;
        System.arraycopy("NULL".getBytes(US_ASCII), 0, greeting, 12, 4);
        OutputStream out = peer.getOutputStream();
        out.write(greeting);
        DataInputStream in = new DataInputStream(peer.getInputStream());
        in.readFully(new byte[64]);
        out.write("\4\32\5READY\13Socket-Type\0\0\0\4PUSH".getBytes(US_ASCII));
        assertThat(command(in)).startsWith("\5READY");
        return peer;
    }

    private static String command(DataInputStream in) throws IOException {
        assertThat(in.read()).as("a command").isEqualTo(COMMAND);
        return new String(in.readNBytes(in.read()), US_ASCII);
    }

    @Test
    void shouldDropAPeerThatDoesNotAnswer() throws IOException {
        pull.set(SocketOption.HEARTBEAT_IVL, Duration.ofMillis(50));
        pull.set(SocketOption.HEARTBEAT_TIMEOUT, Duration.ofMillis(50));
        try (var mute = peer()) {
            DataInputStream in = new DataInputStream(mute.getInputStream());
            next(MonitorEvent.HandshakeSucceeded.class);
            assertThat(command(in)).startsWith("\4PING");

            assertThat(next(MonitorEvent.Disconnected.class).local())
                    .isEqualTo(pull.get(SocketOption.LAST_ENDPOINT));
        }
    }

    @Test
    void shouldKeepAPeerThatAnswers() throws IOException {
        pull.set(SocketOption.HEARTBEAT_IVL, Duration.ofMillis(20));
        pull.set(SocketOption.HEARTBEAT_TIMEOUT, Duration.ofSeconds(10));
        try (var peer = peer()) {
            DataInputStream in = new DataInputStream(peer.getInputStream());
            for (int i = 0; i < 5; i++) {
                assertThat(command(in)).startsWith("\4PING");
                peer.getOutputStream().write("\4\5\4PONG".getBytes(US_ASCII));
            }
            peer.getOutputStream().write("\0\5alive".getBytes(US_ASCII));

            assertThat(Deadline.text(pull)).isEqualTo("alive");
        }
    }

    @Test
    void shouldEchoTheContextOfAPing() throws IOException {
        try (var peer = peer()) {
            peer.getOutputStream().write("\4\17\4PING\0\0context!".getBytes(US_ASCII));

            assertThat(command(new DataInputStream(peer.getInputStream())))
                    .isEqualTo("\4PONGcontext!");
        }
    }

    /** The time to live, in tenths of a second, is for the other side to obey. */
    @Test
    void shouldTellItsTimeToLiveInTenthsOfASecond() throws IOException {
        pull.set(SocketOption.HEARTBEAT_IVL, Duration.ofMillis(50));
        pull.set(SocketOption.HEARTBEAT_TTL, Duration.ofMillis(2_550));
        try (var peer = peer()) {
            assertThat(command(new DataInputStream(peer.getInputStream())))
                    .isEqualTo("\4PING\0\31");
        }
    }

    @Test
    void shouldDropAPeerThatOutlivesItsOwnTime() throws IOException {
        try (var peer = peer()) {
            next(MonitorEvent.HandshakeSucceeded.class);
            peer.getOutputStream().write("\4\7\4PING\0\1".getBytes(US_ASCII));

            assertThat(next(MonitorEvent.Disconnected.class)).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldKeepAHealthyConnection(boolean encrypted) {
        monitor = pull.monitor();
        PushSocket push = context.push();
        if (encrypted) {
            CurveKeyPair keys = Curve.keyPair();
            pull.security().curveServer(keys);
            push.security().curveClient(keys.publicKey(), Curve.keyPair());
        }
        push.set(SocketOption.HEARTBEAT_IVL, Duration.ofMillis(20));
        pull.set(SocketOption.HEARTBEAT_IVL, Duration.ofMillis(20));
        push.connect(pull.bind(Transport.TCP.fresh()));
        assertThat(monitor.awaitPeers(1, Deadline.LIMIT)).isTrue();

        // A connection that ends would be less than one peer, once the event was read.
        assertThat(monitor.receive(Duration.ofMillis(300))).isEmpty();
        push.send("still there");
        assertThat(Deadline.text(pull)).isEqualTo("still there");
    }
}
