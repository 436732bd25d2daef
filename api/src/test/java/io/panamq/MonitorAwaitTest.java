// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.bindings.NativeLibrary;
import io.panamq.bindings.calls.DraftFunctions;
import io.panamq.error.Errno;
import io.panamq.error.HandshakeRefusedException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests waiting for peers: how many there are, which one is gone, and why one refuses us. */
class MonitorAwaitTest extends WithContext {
    /** Long enough for a few attempts; a wait that is not ended at once takes Deadline.LIMIT. */
    private static final Duration WHILE = Duration.ofMillis(400);

    private final PullSocket server = context.pull();
    private final PushSocket client = context.push();

    /** Answers all requests of ZAP with the same status. */
    private void authenticate(String status) {
        RepSocket zap = context.rep();
        zap.bind("inproc://zeromq.zap.01");
        zap.handOver();
        Background.run(
                () -> {
                    while (true) {
                        try (Multipart request = zap.receiveMultipart()) {
                            String id = request.getString(1);
                            zap.send(Multipart.of("1.0", id, status, "text", "user", ""));
                        }
                    }
                });
    }

    private SocketMonitor connect() {
        String endpoint = server.bind(Transport.TCP.fresh());
        SocketMonitor monitor = client.monitor();
        client.connect(endpoint);
        return monitor;
    }

    private void assertRefused(String reason) {
        SocketMonitor monitor = connect();

        for (String operation : List.of("awaitConnected", "awaitPeers")) {
            assertThat(
                            catchThrowable(
                                    () -> {
                                        boolean ignored =
                                                operation.equals("awaitPeers")
                                                        ? monitor.awaitPeers(1, Deadline.LIMIT)
                                                        : monitor.awaitConnected(Deadline.LIMIT);
                                    }))
                    .isInstanceOfSatisfying(
                            HandshakeRefusedException.class,
                            e -> {
                                assertThat(e.errno()).isEqualTo(Errno.ECONNREFUSED);
                                assertThat(e.operation()).isEqualTo(operation);
                                assertThat(e.endpoint())
                                        .isEqualTo(server.get(SocketOption.LAST_ENDPOINT));
                            })
                    .hasMessageContaining("refused the handshake: " + reason);
            client.disconnect(server.get(SocketOption.LAST_ENDPOINT));
            client.connect(server.get(SocketOption.LAST_ENDPOINT));
        }
    }

    // ---- why it is refused

    @Test
    void shouldSayThatTheServerWantsCurve() {
        server.security().curveServer(Curve.keyPair());

        assertRefused("the peers have different mechanisms");
    }

    @Test
    void shouldSayThatTheServerHasAnotherKey() {
        server.security().curveServer(Curve.keyPair());
        client.security().curveClient(Curve.keyPair().publicKey(), Curve.keyPair());

        assertRefused(
                "the connection broke during the handshake, or it took too long (EPIPE); with");
    }

    @ParameterizedTest
    @ValueSource(strings = {"400", "500"})
    void shouldSayThatTheCredentialsAreRefused(String status) {
        authenticate(status);
        server.security().plainServer();
        client.security().plainClient("user", "wrong");

        assertRefused(
                (status.equals("400")
                                ? "the credentials are refused"
                                : "the authentication itself failed")
                        + " (ZAP status "
                        + status);
    }

    @Test
    void shouldSayThatAServerWithPlainHasNoAuthenticator() {
        server.security().plainServer();
        client.security().plainClient("user", "password");

        assertRefused(
                "the connection broke during the handshake, or it took too long (EPIPE); with"
                        + " PLAIN, mostly the server has no authenticator");
    }

    @Test
    void shouldSayThatTheTypesDoNotFit() {
        PubSocket other = context.pub();
        String endpoint = other.bind(Transport.TCP.fresh());
        SocketMonitor monitor = client.monitor();
        client.connect(endpoint);

        assertThatThrownBy(() -> monitor.awaitConnected(Deadline.LIMIT))
                .isInstanceOf(HandshakeRefusedException.class)
                .hasMessageContaining("the socket types do not fit");
    }

    @Test
    void shouldGoOnWhileNobodyCanAuthenticate() {
        authenticate("300");
        server.security().plainServer();
        client.security().plainClient("user", "word");

        assertThat(connect().awaitConnected(WHILE)).isFalse();
    }

    /** Such as a proxy in front of a server that is starting. */
    @Test
    void shouldGoOnWhileConnectionsBreak() throws IOException {
        client.set(SocketOption.RECONNECT_IVL, Duration.ofMillis(5));
        int port;
        SocketMonitor monitor = client.monitor();
        try (var proxy = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            port = proxy.getLocalPort();
            client.connect("tcp://127.0.0.1:" + port);
            for (int i = 0; i < 3; i++) {
                proxy.accept().close();
            }
        }
        monitor.handOver();
        var waiting = Background.blocked(() -> monitor.awaitConnected(Deadline.LIMIT));
        Deadline.until("the server binds", () -> isBound("tcp://127.0.0.1:" + port));

        assertThat(waiting.result()).isTrue();
    }

    private boolean isBound(String endpoint) {
        return catchThrowable(() -> server.bind(endpoint)) == null;
    }

    /** A peer that is refused is no reason to give up waiting for others. */
    @Test
    void shouldGoOnAtTheServerThatRefuses() {
        CurveKeyPair keys = Curve.keyPair();
        server.security().curveServer(keys);
        SocketMonitor monitor = server.monitor();
        String endpoint = server.bind(Transport.TCP.fresh());
        context.push().connect(endpoint);
        assertThat(monitor.awaitConnected(WHILE)).isFalse();
        client.security().curveClient(keys.publicKey(), Curve.keyPair());
        client.connect(endpoint);

        assertThat(monitor.awaitConnected(Deadline.LIMIT)).isTrue();
    }

    // ---- how many there are

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "ipc", "ws"})
    void shouldCountThePeersThatAreThere(String transport) {
        assumeTrue(
                !transport.equals("ws") || NativeLibrary.isHardened("handshake-events"),
                "another libzmq tells twice of a connection of ws");
        SocketMonitor monitor = server.monitor();
        String endpoint =
                server.bind(
                        transport.equals("ipc")
                                ? Transport.IPC.fresh()
                                : transport + "://127.0.0.1:*");
        List<PushSocket> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clients.add(context.push());
            clients.getLast().connect(endpoint);
        }
        assertThat(monitor.awaitPeers(5, Deadline.LIMIT)).isTrue();
        assertThat(monitor.awaitPeers(5, Duration.ZERO)).isTrue();
        assertThat(monitor.awaitPeers(4, SocketOption.FOREVER)).as("at once").isTrue();
        assertThat(monitor.awaitPeers(6, Duration.ofMillis(20))).isFalse();

        clients.subList(0, 2).forEach(PushSocket::close);
        for (int gone = 0; gone < 2; ) {
            MonitorEvent event = monitor.receive(Deadline.LIMIT).orElseThrow();
            gone += event instanceof MonitorEvent.Disconnected ? 1 : 0;
        }
        assertThat(monitor.awaitPeers(4, Duration.ofMillis(20))).as("2 of 5 are gone").isFalse();
        assertThat(monitor.awaitPeers(3, Duration.ZERO)).isTrue();
        context.push().connect(endpoint);
        assertThat(monitor.awaitPeers(4, Deadline.LIMIT)).isTrue();
    }

    /** That it goes is an event which nobody has received when the count is asked for. */
    @Test
    void shouldNotCountAPeerThatHasGone() {
        SocketMonitor monitor = server.monitor();
        String endpoint = server.bind(Transport.TCP.fresh());
        PushSocket goes = context.push();
        goes.connect(endpoint);
        assertThat(monitor.awaitPeers(1, Deadline.LIMIT)).isTrue();
        goes.close();

        Deadline.until("gone", () -> !monitor.awaitPeers(1, Duration.ZERO));
    }

    @Test
    void shouldCountNoPeerThatIsRefused() {
        CurveKeyPair keys = Curve.keyPair();
        server.security().curveServer(keys);
        SocketMonitor monitor = server.monitor();
        String endpoint = server.bind(Transport.TCP.fresh());
        client.security().curveClient(keys.publicKey(), Curve.keyPair());
        client.connect(endpoint);
        assertThat(monitor.awaitPeers(1, Deadline.LIMIT)).isTrue();
        context.push().connect(endpoint);

        assertThat(monitor.awaitPeers(2, WHILE)).isFalse();
        assertThat(monitor.awaitPeers(1, Duration.ZERO)).isTrue();
    }

    @Test
    void shouldRefuseToAwaitNobody() {
        SocketMonitor monitor = server.monitor();

        assertThatThrownBy(() -> monitor.awaitPeers(0, WHILE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> monitor.awaitPeers(1, null))
                .isInstanceOf(NullPointerException.class);
    }

    // ---- which one is gone

    @Test
    void shouldTellWhichClientIsGone() {
        assumeTrue(DraftFunctions.hasVersionedMonitor(), "events have one address only");
        SocketMonitor monitor = server.monitor();
        String endpoint = server.bind(Transport.TCP.fresh());
        List<ConnectionId> ids = new ArrayList<>();
        List<PushSocket> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(context.push());
            clients.getLast().connect(endpoint);
            clients.getLast().send("hello");
            try (Message hello = Deadline.receive(server)) {
                ids.add(ConnectionId.of(hello).orElseThrow());
            }
        }
        assertThat(ids).doesNotHaveDuplicates();
        List<ConnectionId> ready = new ArrayList<>();
        while (ready.size() < 3) {
            if (monitor.receive(Deadline.LIMIT).orElseThrow()
                    instanceof MonitorEvent.HandshakeSucceeded event) {
                ready.add(event.connection().orElseThrow());
            }
        }
        assertThat(ready).containsExactlyInAnyOrderElementsOf(ids);

        clients.get(1).close();
        MonitorEvent event;
        do {
            event = monitor.receive(Deadline.LIMIT).orElseThrow();
        } while (!(event instanceof MonitorEvent.Disconnected));
        assertThat(event.connection()).contains(ids.get(1));
    }

    @Test
    void shouldKnowNoConnectionOfInprocAndOfWhatWasNotReceived() {
        client.connect(server.bind(Transport.INPROC.fresh()));
        client.send("hello");
        try (Message received = Deadline.receive(server);
                Message made = Message.of("made")) {
            assertThat(ConnectionId.of(received)).isEmpty();
            assertThat(ConnectionId.of(made)).isEmpty();
            assertThatThrownBy(() -> new ConnectionId(-1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(new MonitorEvent.ConnectDelayed("", "tcp://b").connection()).isEmpty();
    }
}
