// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.DealerSocket;
import io.panamq.MonitorEvent;
import io.panamq.Multipart;
import io.panamq.PollEvent;
import io.panamq.Poller;
import io.panamq.ProtocolError;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.RouterSocket;
import io.panamq.SocketMonitor;
import io.panamq.SocketOption;
import io.panamq.StreamSocket;
import io.panamq.SubSocket;
import io.panamq.bindings.NativeLibrary;
import io.panamq.error.Errno;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.RawPublisher;
import io.panamq.support.WithContext;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests peers of other kinds and ages, which the stock libzmq 4.3.4 does not bear. */
class OtherPeersTest extends WithContext {
    private static void assumeMended(String edit) {
        assumeTrue(NativeLibrary.isHardened(edit), "a fault of the stock libzmq");
    }

    private static int portOf(String endpoint) {
        return Integer.parseInt(endpoint.replaceAll("^.*:(\\d+).*$", "$1"));
    }

    private static java.net.Socket rawPeer(String endpoint) throws IOException {
        var peer = new java.net.Socket(InetAddress.getLoopbackAddress(), portOf(endpoint));
        peer.setSoTimeout((int) Deadline.LIMIT.toMillis());
        return peer;
    }

    /** A topic of 255 bytes has 256 with the mark before it, and so a length of eight bytes. */
    @Test
    void shouldAnnounceALongTopicToAPeerOfZmtp30() throws IOException {
        assumeMended("long-topic");
        try (RawPublisher publisher = new RawPublisher()) {
            SubSocket sub = context.sub();
            publisher.accept(sub);
            sub.subscribe(new byte[255]);
            DataInputStream in = publisher.received();
            assertThat(in.read()).as("a message with a long length").isEqualTo(2);
            assertThat(in.readLong()).isEqualTo(256);
            assertThat(in.read()).as("a subscription").isEqualTo(1);
        }
    }

    /** The time for the handshake ends with the handshake, for old peers too. */
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1"})
    void shouldKeepAPeerOfAnOldProtocol(int zmtp, int revision) throws IOException {
        assumeMended("old-peers");
        Duration interval = Duration.ofMillis(150);
        PullSocket pull = context.pull();
        pull.set(SocketOption.HANDSHAKE_IVL, interval);
        try (var peer = rawPeer(pull.bind("tcp://127.0.0.1:*"))) {
            var out = peer.getOutputStream();
            // The greeting with the type PUSH, and an empty routing id.
            byte[] id = zmtp == 1 ? new byte[] {1, 0} : new byte[] {0, 0};
            out.write(new byte[] {(byte) 0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, (byte) revision, 8});
            out.write(id);
            out.write(zmtp == 1 ? new byte[] {2, 0, 'a'} : new byte[] {0, 1, 'a'});
            assertThat(Deadline.text(pull)).isEqualTo("a");

            // Nothing comes back but the socket's own greeting: above all not the end.
            peer.setSoTimeout((int) interval.multipliedBy(3).toMillis());
            assertThatThrownBy(() -> peer.getInputStream().readAllBytes())
                    .isInstanceOf(SocketTimeoutException.class);
            out.write(zmtp == 1 ? new byte[] {2, 0, 'b'} : new byte[] {0, 1, 'b'});
            assertThat(Deadline.text(pull)).isEqualTo("b");
        }
    }

    /** The first bytes of a PUSH with an empty routing id; 0 means ZMTP 1.0 without a revision. */
    private static byte[] oldGreeting(int revision) {
        return revision == 0
                ? new byte[] {1, 0}
                : new byte[] {
                    (byte) 0xFF,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    1,
                    0x7F,
                    (byte) (revision - 1),
                    8,
                    (byte) (2 - revision),
                    0
                };
    }

    private static MonitorEvent untilEnd(SocketMonitor monitor) {
        while (true) {
            MonitorEvent event = monitor.receive(Deadline.LIMIT).orElseThrow();
            if (event instanceof MonitorEvent.Disconnected
                    || event instanceof MonitorEvent.HandshakeFailure) {
                return event;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "2, true", "0, false", "1, false", "2, false"})
    void shouldTellThatAPeerOfAnOldProtocolHasComeAndGone(int revision, boolean binds)
            throws IOException {
        assumeMended("handshake-events");
        PullSocket pull = context.pull();
        SocketMonitor monitor = pull.monitor();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            java.net.Socket peer;
            if (binds) {
                peer = rawPeer(pull.bind("tcp://127.0.0.1:*"));
            } else {
                pull.connect("tcp://127.0.0.1:" + server.getLocalPort());
                peer = server.accept();
            }
            peer.getOutputStream().write(oldGreeting(revision));
            assertThat(monitor.awaitConnected(Deadline.LIMIT)).isTrue();
            assertThat(monitor.awaitPeers(1, Duration.ZERO)).isTrue();

            peer.close();
            assertThat(untilEnd(monitor)).isInstanceOf(MonitorEvent.Disconnected.class);
            assertThat(monitor.awaitPeers(1, Duration.ofMillis(20))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldTellThatAPeerOfAnOldProtocolHasNoMechanism(int revision) throws IOException {
        assumeMended("refusal-event");
        PullSocket pull = context.pull();
        pull.security().plainServer();
        SocketMonitor monitor = pull.monitor();
        try (var peer = rawPeer(pull.bind("tcp://127.0.0.1:*"))) {
            peer.getOutputStream().write(oldGreeting(revision));
            assertThat(untilEnd(monitor))
                    .isInstanceOfSatisfying(
                            MonitorEvent.ProtocolFailed.class,
                            failed ->
                                    assertThat(failed.error())
                                            .isEqualTo(ProtocolError.ZMTP_MECHANISM_MISMATCH));
        }
    }

    /** A STREAM has no handshake, so none can fail. */
    @Test
    void shouldNotTakeTheEndOfAStreamForAHandshakeThatFailed() throws IOException {
        assumeMended("handshake-events");
        StreamSocket stream = context.stream();
        SocketMonitor monitor = stream.monitor();
        rawPeer(stream.bind("tcp://127.0.0.1:*")).close();
        assertThat(untilEnd(monitor)).isInstanceOf(MonitorEvent.Disconnected.class);
    }

    /** A peer that does not end its handshake is cut off, and the monitor told why. */
    @ParameterizedTest
    @CsvSource({"tcp, false", "tcp, true", "ws, false", "ws, true"})
    void shouldNotWaitForeverForTheEndOfAHandshake(String transport, boolean begins)
            throws IOException {
        assumeMended("handshake-time");
        PullSocket pull = context.pull();
        pull.set(SocketOption.HANDSHAKE_IVL, Duration.ofMillis(150));
        SocketMonitor monitor = pull.monitor();
        try (var peer = rawPeer(pull.bind(transport + "://127.0.0.1:*"))) {
            byte[] greeting = {(byte) 0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 1, 8};
            if (begins) {
                peer.getOutputStream()
                        .write(
                                transport.equals("tcp")
                                        ? greeting
                                        : upgradeRequest("ZWS2.0/NULL", "Upgrade"));
            }
            byte[] answer = peer.getInputStream().readAllBytes();
            assertThat(answer.length > 0)
                    .as("it has answered")
                    .isEqualTo(begins || transport.equals("tcp"));
            assertThat(untilEnd(monitor))
                    .isInstanceOfSatisfying(
                            MonitorEvent.HandshakeFailed.class,
                            failed -> assertThat(failed.errno()).isEqualTo(Errno.ETIMEDOUT));
        }
    }

    /** A peer of ws without a mechanism has no other handshake than that of HTTP. */
    @Test
    void shouldKeepAWebSocketThatHasEndedItsHandshake() throws IOException {
        PullSocket pull = context.pull();
        Duration interval = Duration.ofMillis(150);
        pull.set(SocketOption.HANDSHAKE_IVL, interval);
        try (var peer = rawPeer(pull.bind("ws://127.0.0.1:*"))) {
            peer.getOutputStream().write(upgradeRequest("ZWS2.0", "Upgrade"));
            peer.setSoTimeout((int) interval.multipliedBy(3).toMillis());
            assertThatThrownBy(() -> peer.getInputStream().readAllBytes())
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static byte[] upgradeRequest(String protocol, String connection) {
        return """
        GET / HTTP/1.1
        Host: localhost
        Upgrade: websocket
        Connection: %s
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Protocol: %s

        """
                .formatted(connection, protocol)
                .replace("\n", "\r\n")
                .getBytes(US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldKnowThePeerInItsIdToo(boolean polled) {
        assumeMended("id-metadata");
        RouterSocket router = context.router();
        DealerSocket dealer = context.dealer();
        dealer.connect(router.bind("tcp://127.0.0.1:*"));
        dealer.send("a");
        if (polled) {
            try (Poller poller = context.poller()) {
                poller.add(router, PollEvent.IN);
                assertThat(poller.poll(Deadline.LIMIT)).isEqualTo(1);
            }
        }
        try (Multipart received = Deadline.multipart(router)) {
            assertThat(received.get(0).metadata("Peer-Address")).contains("127.0.0.1");
            assertThat(received.get(1).metadata("Peer-Address")).contains("127.0.0.1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Upgrade|true",
                "upgrade|true",
                "keep-alive, Upgrade|true",
                "Upgrade,keep-alive|true",
                "keep-alive|false",
                "upgraded, up|false"
            })
    void shouldUpgradeWhereTheBrowserSaysSo(String connection, boolean upgraded) throws Exception {
        assumeMended("ws-upgrade");
        try (var peer = rawPeer(context.pull().bind("ws://127.0.0.1:*"))) {
            peer.getOutputStream().write(upgradeRequest("ZWS2.0", connection));
            var answer = new BufferedReader(new InputStreamReader(peer.getInputStream(), US_ASCII));
            String status = answer.readLine();
            if (upgraded) {
                assertThat(status).startsWith("HTTP/1.1 101");
            } else {
                assertThat(status).isNull();
            }
        }
    }

    /** A ws client asks for the whole path, and takes the answer of a proxy. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "/a/b", "/a:b/c:d"})
    void shouldAskAWebServerForThePath(String path) throws Exception {
        assumeMended("ws-path");
        assumeMended("ws-upgrade");
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout((int) Deadline.LIMIT.toMillis());
            Background<String> asked = Background.start(() -> upgrade(server));
            PushSocket push = context.push();
            SocketMonitor monitor = push.monitor();
            push.connect("ws://127.0.0.1:" + server.getLocalPort() + path);
            assertThat(asked.result()).isEqualTo("GET " + path + " HTTP/1.1");
            assertThat(monitor.awaitConnected(Deadline.LIMIT)).isTrue();
        }
    }

    /** Answers one request as a proxy would, and returns the first line of the request. */
    private static String upgrade(ServerSocket server) throws Exception {
        java.net.Socket peer = server.accept();
        peer.setSoTimeout((int) Deadline.LIMIT.toMillis());
        var in = new BufferedReader(new InputStreamReader(peer.getInputStream(), US_ASCII));
        String first = in.readLine();
        String key = "";
        for (String line = first; !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Sec-WebSocket-Key: ")) {
                key = line.substring(19);
            }
        }
        byte[] hash =
                MessageDigest.getInstance("SHA-1")
                        .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(US_ASCII));
        String answer =
                """
                HTTP/1.1 101 Switching Protocols
                Upgrade: websocket
                Connection: keep-alive, Upgrade
                Sec-WebSocket-Accept: %s
                Sec-WebSocket-Protocol: ZWS2.0

                """
                        .formatted(Base64.getEncoder().encodeToString(hash));
        peer.getOutputStream().write(answer.replace("\n", "\r\n").getBytes(US_ASCII));
        return first;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "/a/b", "/a/b/", "/a:b/c:d"})
    void shouldBindAWholePath(String path) {
        assumeMended("ws-path");
        PullSocket pull = context.pull();
        String endpoint = pull.bind("ws://127.0.0.1:*" + path);
        assertThat(endpoint).endsWith(path.isEmpty() ? "/" : path);
        PushSocket push = context.push();
        push.connect(endpoint);
        push.send("there");
        assertThat(Deadline.text(pull)).isEqualTo("there");
    }

    /** A client that the kernel connects with itself has met nobody, and tries again. */
    @Test
    void shouldNotTakeItselfForItsPeer() throws IOException {
        assumeMended("own-peer");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        PushSocket push = context.push();
        push.set(SocketOption.RECONNECT_IVL, Duration.ofMillis(1));
        SocketMonitor monitor = push.monitor();
        String address = "127.0.0.1:" + port;
        push.connect("tcp://" + address + ";" + address);
        for (int retries = 0; retries < 3; ) {
            MonitorEvent event = monitor.receive(Deadline.LIMIT).orElseThrow();
            assertThat(event).isNotInstanceOf(MonitorEvent.Connected.class);
            if (event instanceof MonitorEvent.ConnectRetried) {
                retries++;
            }
        }
    }
}
