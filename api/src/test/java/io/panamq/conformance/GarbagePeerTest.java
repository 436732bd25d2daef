// SPDX-License-Identifier: Apache-2.0
package io.panamq.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Capability;
import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.DealerSocket;
import io.panamq.Endpoint;
import io.panamq.PairSocket;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.ReceivingSocket;
import io.panamq.SendingSocket;
import io.panamq.SocketOption;
import io.panamq.StreamSocket;
import io.panamq.Zmq;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Sends bytes without sense to sockets of all kinds, which must live and serve those who speak
 * properly. About half of them begin properly, so that they get further.
 */
class GarbagePeerTest extends WithContext {
    private static final int PEERS = 300;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final Random random = new Random(7);

    private byte[] garbage(String... beginnings) {
        StringBuilder text = new StringBuilder();
        if (random.nextBoolean()) {
            text.append(beginnings[random.nextInt(beginnings.length)]);
        }
        for (int i = random.nextInt(300); i >= 0; i--) {
            // Small numbers are lengths and flags that may be right.
            text.append((char) (random.nextBoolean() ? random.nextInt(8) : random.nextInt(256)));
        }
        byte[] bytes = text.toString().getBytes(ISO_8859_1);
        if (random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static String greeting(String mechanism) {
        return "\u00ff\0\0\0\0\0\0\0\1\u007f\3\0"
                + mechanism
                + "\0".repeat(52 - mechanism.length());
    }

    private static final String READY = "\4\32\5READY\13Socket-Type\0\0\0\4PUSH";
    private static final String UPGRADE =
            String.join(
                    "\r\n",
                    "GET / HTTP/1.1",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Sec-WebSocket-Protocol: ZWS2.0/NULL",
                    "Sec-WebSocket-Version: 13",
                    "",
                    "");

    /** Connects many times, sends garbage, and hangs up at some point. */
    private void attack(String endpoint, String... beginnings) throws IOException {
        for (int i = 0; i < PEERS; i++) {
            try (var peer = new java.net.Socket(LOOPBACK, Endpoint.port(endpoint))) {
                peer.setSoTimeout(50);
                peer.getOutputStream().write(garbage(beginnings));
                if (random.nextInt(8) == 0) {
                    int ignored = peer.getInputStream().read(new byte[64]);
                }
            } catch (IOException e) {
                // It hung up first, or waits for more.
            }
        }
    }

    private static void assertTalk(SendingSocket from, ReceivingSocket to) {
        from.send("proper");
        assertThat(to.receiveString(Deadline.LIMIT)).contains("proper");
    }

    @Test
    void shouldServeOthersWhileAPullGetsGarbage() throws IOException {
        PullSocket pull = context.pull();
        String endpoint = pull.bind(Transport.TCP.fresh());
        attack(endpoint, greeting("NULL"), greeting("NULL") + READY, "\1\0", "\u00ff");
        PushSocket push = context.push();
        push.connect(endpoint);

        push.send("proper");
        Deadline.until(
                "the proper message",
                () -> pull.tryReceiveString().filter("proper"::equals).isPresent());
    }

    @Test
    void shouldServeOthersWhileACurveServerGetsGarbage() throws IOException {
        assumeTrue(Zmq.has(Capability.CURVE), "this libzmq has no CURVE");
        CurveKeyPair keys = Curve.keyPair();
        PullSocket pull = context.pull();
        pull.security().curveServer(keys);
        String endpoint = pull.bind(Transport.TCP.fresh());
        String hello = "\4\u00c8\5HELLO\1\0" + "\0".repeat(72);
        attack(endpoint, greeting("CURVE"), greeting("CURVE") + hello, greeting("CURVE") + READY);
        PushSocket push = context.push();
        push.security().curveClient(keys.publicKey(), Curve.keyPair());
        push.connect(endpoint);

        assertTalk(push, pull);
    }

    /** All bytes are data to a STREAM. */
    @Test
    void shouldServeOthersWhileAStreamGetsGarbage() throws IOException {
        StreamSocket stream = context.stream();
        String endpoint = stream.bind(Transport.TCP.fresh());
        attack(endpoint, "GET / HTTP/1.1\r\n", greeting("NULL"));
        byte[] last = "the last one, which is proper".getBytes(ISO_8859_1);
        try (var peer = new java.net.Socket(LOOPBACK, Endpoint.port(endpoint))) {
            peer.getOutputStream().write(last);
            Deadline.until("its bytes", () -> isReceived(stream, last));
        }
    }

    private static boolean isReceived(StreamSocket stream, byte[] expected) {
        return stream.bulkReceiver()
                .tryReceiveFrames()
                .filter(frames -> Arrays.equals(frames.get(1), expected))
                .isPresent();
    }

    @Test
    void shouldServeOthersWhileAWebSocketGetsGarbage() throws IOException {
        assumeTrue(Zmq.has(Capability.WS), "this libzmq has no WebSocket");
        PairSocket pair = context.pair();
        String endpoint = pair.bind("ws://127.0.0.1:*");
        attack(endpoint, UPGRADE, "GET / HTTP/1.1\r\n", UPGRADE + "\u0082\u0085\0\0\0\0\4");
        PairSocket peer = context.pair();
        peer.connect(endpoint);

        Deadline.until("the proper message", () -> peer.trySend("proper") && isProper(pair));
    }

    private static boolean isProper(PairSocket pair) {
        return pair.receiveString(Duration.ofMillis(20)).filter("proper"::equals).isPresent();
    }

    // ---- garbage from what one connects to

    /** Lets the socket connect to a server that answers garbage, and then to a proper one. */
    private void connectToGarbage(String scheme, DealerSocket dealer, String... beginnings)
            throws IOException {
        dealer.set(SocketOption.RECONNECT_IVL, Duration.ofMillis(1));
        dealer.set(SocketOption.RECONNECT_IVL_MAX, Duration.ofMillis(2));
        try (ServerSocket server = new ServerSocket(0, 50, LOOPBACK)) {
            server.setSoTimeout(500);
            String endpoint = scheme + "127.0.0.1:" + server.getLocalPort();
            for (int i = 0; i < 40; i++) {
                dealer.connect(endpoint);
                try (var client = server.accept()) {
                    client.getOutputStream().write(garbage(beginnings));
                } catch (IOException e) {
                    // It hung up first, or does not connect again.
                }
                dealer.disconnect(endpoint);
            }
        }
    }

    private void assertStillTalks(DealerSocket dealer, Consumer<DealerSocket> server, String at) {
        DealerSocket proper = context.dealer();
        server.accept(proper);
        dealer.connect(proper.bind(at));
        assertTalk(dealer, proper);
    }

    @Test
    void shouldSurviveAServerOfGarbage() throws IOException {
        DealerSocket dealer = context.dealer();
        connectToGarbage("tcp://", dealer, greeting("NULL"), greeting("NULL") + READY, "\u00ff");

        assertStillTalks(dealer, proper -> {}, Transport.TCP.fresh());
    }

    @Test
    void shouldSurviveACurveServerOfGarbage() throws IOException {
        assumeTrue(Zmq.has(Capability.CURVE), "this libzmq has no CURVE");
        CurveKeyPair keys = Curve.keyPair();
        DealerSocket dealer = context.dealer();
        dealer.security().curveClient(keys.publicKey(), Curve.keyPair());
        String welcome = "\4\u00a8\7WELCOME" + "\1".repeat(160);
        connectToGarbage("tcp://", dealer, greeting("CURVE"), greeting("CURVE") + welcome);

        assertStillTalks(
                dealer, proper -> proper.security().curveServer(keys), Transport.TCP.fresh());
    }

    @Test
    void shouldSurviveAStreamServerOfGarbage() throws IOException {
        StreamSocket stream = context.stream();
        try (ServerSocket server = new ServerSocket(0, 50, LOOPBACK)) {
            server.setSoTimeout((int) Deadline.LIMIT.toMillis());
            for (int i = 0; i < 40; i++) {
                stream.connect("tcp://127.0.0.1:" + server.getLocalPort());
                try (var client = server.accept()) {
                    client.getOutputStream().write(garbage("HTTP/1.1 200 OK\r\n"));
                }
                stream.disconnect("tcp://127.0.0.1:" + server.getLocalPort());
            }
        }
        while (stream.bulkReceiver().tryReceiveFrames().isPresent()) {
            assertThat(stream.isClosed()).isFalse();
        }
        assertThat(stream.bind(Transport.TCP.fresh())).startsWith("tcp://");
    }

    @Test
    void shouldSurviveAWebSocketServerOfGarbage() throws IOException {
        assumeTrue(Zmq.has(Capability.WS), "this libzmq has no WebSocket");
        DealerSocket dealer = context.dealer();
        String accepted =
                String.join(
                        "\r\n",
                        "HTTP/1.1 101 Switching Protocols",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Accept: x",
                        "Sec-WebSocket-Protocol: ZWS2.0/NULL",
                        "",
                        "");
        connectToGarbage("ws://", dealer, accepted, "HTTP/1.1 502 Bad Gateway\r\n\r\n");

        assertStillTalks(dealer, proper -> {}, "ws://127.0.0.1:*");
    }
}
