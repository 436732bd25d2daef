// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.UnreachablePeerException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests the events of a STREAM, against plain sockets of Java. */
class StreamEventTest extends WithContext {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static java.net.Socket client(String endpoint) throws IOException {
        return new java.net.Socket(LOOPBACK, Endpoint.port(endpoint));
    }

    private static StreamEvent next(StreamSocket stream) {
        return stream.receiveEvent(Deadline.LIMIT).orElseThrow();
    }

    private static String text(StreamEvent event) {
        try (StreamEvent.Data data = (StreamEvent.Data) event) {
            return data.content().getString();
        }
    }

    @Test
    void shouldTellWhoComesWhatArrivesAndWhoGoes() throws IOException {
        StreamSocket stream = context.stream();
        String endpoint = stream.bind(Transport.TCP.fresh());
        assertThat(stream.tryReceiveEvent()).isEmpty();
        assertThat(stream.receiveEvent(Duration.ofMillis(1))).isEmpty();
        StreamPeer peer;
        try (java.net.Socket client = client(endpoint)) {
            StreamEvent.Connected connected = (StreamEvent.Connected) next(stream);
            peer = connected.peer();
            assertThat(connected.address()).isEqualTo("127.0.0.1");
            client.getOutputStream().write("hello".getBytes(UTF_8));
            StreamEvent data = next(stream);
            assertThat(data.peer()).isEqualTo(peer).hasSameHashCodeAs(peer);
            assertThat(text(data)).isEqualTo("hello");
            Deadline.send(stream, Multipart.of(peer.routingId(), new byte[] {'a'}));
            assertThat(client.getInputStream().read()).isEqualTo('a');
        }
        stream.handOver();

        assertThat(Background.start(stream::receiveEvent).result())
                .isEqualTo(new StreamEvent.Disconnected(peer));
    }

    /** It has gone already, and its data and its end have not been received. */
    @Test
    void shouldTellNoMoreOfAConnectionThatIsEndedAfterItEnded() throws IOException {
        StreamSocket stream = context.stream();
        SocketMonitor monitor = stream.monitor();
        String endpoint = stream.bind(Transport.TCP.fresh());
        StreamPeer peer;
        try (java.net.Socket client = client(endpoint)) {
            peer = next(stream).peer();
            client.getOutputStream().write("unread".getBytes(UTF_8));
        }
        MonitorEvent event;
        do {
            event = monitor.receive(Deadline.LIMIT).orElseThrow();
        } while (!(event instanceof MonitorEvent.Disconnected));

        assertThat(stream.disconnect(peer)).isTrue();

        assertThat(stream.receiveEvent(Deadline.GRACE)).isEmpty();
        try (java.net.Socket client = client(endpoint)) {
            assertThat(next(stream)).isInstanceOf(StreamEvent.Connected.class);
            client.getOutputStream().write("another".getBytes(UTF_8));
            assertThat(text(next(stream))).isEqualTo("another");
        }
    }

    @Test
    void shouldTellTheConnectionsApart() throws IOException {
        StreamSocket stream = context.stream();
        String endpoint = stream.bind(Transport.TCP.fresh());
        Map<StreamPeer, String> last = new HashMap<>();
        try (java.net.Socket one = client(endpoint);
                java.net.Socket two = client(endpoint)) {
            one.getOutputStream().write("1".getBytes(UTF_8));
            two.getOutputStream().write("2".getBytes(UTF_8));
            while (last.size() < 2 || last.containsValue("connected")) {
                StreamEvent event = next(stream);
                if (event instanceof StreamEvent.Data) {
                    assertThat(last.put(event.peer(), text(event))).isEqualTo("connected");
                } else {
                    assertThat(event).isInstanceOf(StreamEvent.Connected.class);
                    assertThat(last.put(event.peer(), "connected")).isNull();
                }
            }
        }
        assertThat(last.values()).containsExactlyInAnyOrder("1", "2");
        for (int i = 0; i < 2; i++) {
            StreamEvent.Disconnected gone = (StreamEvent.Disconnected) next(stream);
            assertThat(last.remove(gone.peer())).isNotNull();
        }
    }

    @Test
    void shouldTellOfConnectionsThatItMadeItself() throws IOException {
        StreamSocket stream = context.stream();
        try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK)) {
            stream.connect("tcp://127.0.0.1:" + server.getLocalPort());
            StreamPeer peer;
            try (java.net.Socket accepted = server.accept()) {
                peer = ((StreamEvent.Connected) next(stream)).peer();
                Deadline.send(stream, Multipart.of(peer.routingId(), "GET".getBytes(UTF_8)));
                assertThat(accepted.getInputStream().readNBytes(3)).asString().isEqualTo("GET");
            }
            assertThat(next(stream)).isEqualTo(new StreamEvent.Disconnected(peer));
        }
    }

    @Test
    void shouldEndAConnectionAndTellNothingMoreOfIt() throws IOException {
        StreamSocket stream = context.stream();
        String endpoint = stream.bind(Transport.TCP.fresh());
        try (java.net.Socket ended = client(endpoint);
                Poller poller = context.poller()) {
            StreamPeer peer = ((StreamEvent.Connected) next(stream)).peer();
            ended.getOutputStream().write("never read".getBytes(UTF_8));
            poller.add(stream, PollEvent.IN);
            assertThat(poller.poll(Deadline.LIMIT)).as("libzmq has read it ahead").isOne();

            assertThat(stream.disconnect(peer)).isTrue();

            try (java.net.Socket other = client(endpoint)) {
                StreamEvent event = next(stream);
                assertThat(event).isInstanceOf(StreamEvent.Connected.class);
                assertThat(event.peer()).isNotEqualTo(peer);
                var end = Background.start(() -> ended.getInputStream().read());
                Deadline.until("the client sees the end", () -> hasEnded(stream, end));
                other.getOutputStream().write("x".getBytes(UTF_8));
                assertThat(text(next(stream))).isEqualTo("x");
            }
            assertThat(stream.disconnect(peer)).as("has ended already").isTrue();
            assertThatThrownBy(() -> stream.send(Multipart.of(peer.routingId(), new byte[1])))
                    .isInstanceOf(UnreachablePeerException.class);
        }
    }

    private static boolean hasEnded(StreamSocket stream, Background<Integer> end) {
        assertThat(stream.tryReceiveEvent()).isEmpty();
        return !end.thread().isAlive();
    }

    @Test
    void shouldNotWaitForAClientThatDoesNotRead() throws IOException {
        StreamSocket stream = context.stream();
        stream.set(SocketOption.SNDHWM, 1);
        String endpoint = stream.bind(Transport.TCP.fresh());
        try (java.net.Socket lazy = client(endpoint)) {
            StreamPeer peer = ((StreamEvent.Connected) next(stream)).peer();
            byte[] much = new byte[1 << 20];
            while (stream.send(Multipart.of(peer.routingId(), much), Deadline.GRACE)) {
                assertThat(stream.isClosed()).isFalse();
            }
            assertThat(stream.disconnect(peer)).as("there is no room for the end").isFalse();
            assertThat(lazy.getInputStream().readNBytes(2 << 20)).hasSize(2 << 20);
            Deadline.until("there is room", () -> stream.disconnect(peer));
        }
    }

    @Test
    void shouldRefuseTheRestOfAnEventThatWasReceivedAsFrames() throws IOException {
        StreamSocket stream = context.stream();
        String endpoint = stream.bind(Transport.TCP.fresh());
        try (java.net.Socket client = client(endpoint)) {
            assertThat(Deadline.bytes(stream)).hasSize(5);
            assertThatThrownBy(() -> stream.receiveEvent(Deadline.LIMIT))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("receiveEvent on STREAM#1");
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void shouldThrowAtOnceIfATimeOutIsSetThatItCouldNotTell() {
        StreamSocket stream = context.stream();
        stream.set(SocketOption.RCVTIMEO, Duration.ofMillis(1));

        assertThatThrownBy(stream::receiveEvent)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("receiveEvent(Duration)");
    }
}
