// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.bindings.NativeLibrary;
import io.panamq.error.UnreachablePeerException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests STREAM, which talks raw TCP, against plain sockets of Java. */
class StreamSocketTest extends WithContext {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void shouldTalkToAPlainTcpClient() throws IOException {
        StreamSocket stream = context.stream();
        try (java.net.Socket client = client(stream)) {
            byte[] id = nextConnection(stream);
            client.getOutputStream().write("hello".getBytes(UTF_8));
            assertThat(new String(read(stream, 5), UTF_8)).isEqualTo("hello");
            send(stream, id, "hello yourself".getBytes(UTF_8));

            assertThat(new String(client.getInputStream().readNBytes(14), UTF_8))
                    .isEqualTo("hello yourself");
        }
        try (Multipart gone = Deadline.multipart(stream)) {
            assertThat(gone.get(1).size()).as("an empty frame tells of the end").isZero();
        }
    }

    @Test
    void shouldConnectToAPlainTcpServer() throws IOException {
        StreamSocket stream = context.stream();
        try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK)) {
            stream.connect("tcp://127.0.0.1:" + server.getLocalPort());
            try (java.net.Socket peer = server.accept()) {
                byte[] id = nextConnection(stream);
                send(stream, id, "GET".getBytes(UTF_8));
                assertThat(new String(peer.getInputStream().readNBytes(3), UTF_8)).isEqualTo("GET");
                peer.getOutputStream().write("OK".getBytes(UTF_8));
                assertThat(new String(read(stream, 2), UTF_8)).isEqualTo("OK");
            }
        }
    }

    @Test
    void shouldCarryMoreThanABatchIntact() throws IOException {
        byte[] content = new byte[300_000];
        new Random(1).nextBytes(content);
        StreamSocket stream = context.stream();
        try (java.net.Socket client = client(stream)) {
            byte[] id = nextConnection(stream);
            var writing =
                    Background.start(
                            () -> {
                                client.getOutputStream().write(content);
                                return true;
                            });
            assertThat(read(stream, content.length)).isEqualTo(content);
            assertThat(writing.result()).isTrue();
            var reading =
                    Background.start(() -> client.getInputStream().readNBytes(content.length));
            send(stream, id, content);
            assertThat(reading.result()).isEqualTo(content);
        }
    }

    @Test
    void shouldCloseAConnectionWithAnEmptyFrame() throws IOException {
        StreamSocket stream = context.stream();
        try (java.net.Socket client = client(stream)) {
            byte[] id = nextConnection(stream);
            send(stream, id, new byte[0]);
            var end = Background.start(() -> client.getInputStream().read());
            // libzmq closes the connection in its next call.
            Deadline.until("the client sees the end", () -> isEnded(stream, end));
            assertThat(end.result()).isEqualTo(-1);
        }
    }

    private static boolean isEnded(StreamSocket stream, Background<Integer> end) {
        stream.tryReceiveMultipart().ifPresent(Multipart::close);
        return !end.thread().isAlive();
    }

    @Test
    void shouldRefuseAnUnknownPeerAndLeaveTheMessageWithTheCaller() {
        StreamSocket stream = context.stream();
        stream.bind(Transport.TCP.fresh());
        try (Multipart message = Multipart.of("12345", "data")) {
            assertThatThrownBy(() -> stream.send(message, Deadline.LIMIT))
                    .isInstanceOf(UnreachablePeerException.class);
            assertThat(message.getString(1)).isEqualTo("data");
        }
    }

    /** Clients that send a request and hang up at once, as a port scan or a broken browser does. */
    @Test
    void shouldServeOthersWhileClientsHangUp() throws IOException {
        assumeTrue(NativeLibrary.isHardened("gone-peer"), "with another libzmq a send waits");
        StreamSocket stream = context.stream();
        int port = URI.create(stream.bind(Transport.TCP.fresh())).getPort();
        stream.handOver();
        var server = Background.start(() -> answer(stream));
        for (int i = 0; i < 20; i++) {
            try (var client = new java.net.Socket(LOOPBACK, port)) {
                client.getOutputStream().write("GET /\r\n\r\n".getBytes(UTF_8));
            }
        }
        try (var client = new java.net.Socket(LOOPBACK, port)) {
            client.setSoTimeout((int) Deadline.LIMIT.toMillis());
            client.getOutputStream().write("end".getBytes(UTF_8));
            assertThat(client.getInputStream().readNBytes(6)).isEqualTo("answer".getBytes(UTF_8));
        }
        assertThat(server.result()).as("requests").isGreaterThan(0);
    }

    /** Answers each request until one says that it is the last. Returns how many there were. */
    private static int answer(StreamSocket stream) {
        int requests = 0;
        while (true) {
            try (Multipart request = Deadline.multipart(stream)) {
                if (request.get(1).size() > 0) {
                    requests++;
                    byte[] id = request.get(0).getBytes();
                    answer(stream, id);
                    if (request.getString(1).equals("end")) {
                        stream.handOver();
                        return requests;
                    }
                }
            }
        }
    }

    private static void answer(StreamSocket stream, byte[] id) {
        try (Multipart answer = Multipart.of(id, "answer".getBytes(UTF_8))) {
            stream.send(answer);
        } catch (UnreachablePeerException e) {
            // This one has gone.
        }
    }

    @Test
    void shouldRefuseAnythingButTwoFrames() {
        StreamSocket stream = context.stream();
        try (Multipart one = Multipart.of("1");
                Multipart three = Multipart.of("1", "2", "3")) {
            assertThatThrownBy(() -> stream.send("lone"))
                    .isInstanceOf(IllegalArgumentException.class);
            for (Multipart bad : new Multipart[] {one, three}) {
                assertThatThrownBy(() -> stream.send(bad))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("two frames");
            }
        }
    }

    @Test
    void shouldNotAnnounceConnectionsIfToldSo() throws IOException {
        StreamSocket stream = context.stream();
        stream.set(SocketOption.STREAM_NOTIFY, false);
        try (java.net.Socket client = client(stream)) {
            client.getOutputStream().write('x');
            try (Multipart first = Deadline.multipart(stream)) {
                assertThat(first.getString(1)).isEqualTo("x");
            }
        }
    }

    private static java.net.Socket client(StreamSocket stream) throws IOException {
        int port = URI.create(stream.bind(Transport.TCP.fresh())).getPort();
        return new java.net.Socket(LOOPBACK, port);
    }

    /** Returns the id of the connection that the stream announces next. */
    private static byte[] nextConnection(StreamSocket stream) {
        try (Multipart announced = Deadline.multipart(stream)) {
            assertThat(announced.size()).isEqualTo(2);
            assertThat(announced.get(0).size()).isEqualTo(5);
            assertThat(announced.get(1).size()).isZero();
            return announced.get(0).getBytes();
        }
    }

    private static void send(StreamSocket stream, byte[] id, byte[] data) {
        try (Multipart message = Multipart.of(id, data)) {
            Deadline.send(stream, message);
        }
    }

    private static byte[] read(StreamSocket stream, int count) {
        var bytes = new ByteArrayOutputStream();
        while (bytes.size() < count) {
            try (Multipart chunk = Deadline.multipart(stream)) {
                bytes.writeBytes(chunk.get(1).getBytes());
            }
        }
        return bytes.toByteArray();
    }
}
