// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Capability;
import io.panamq.DealerSocket;
import io.panamq.PairSocket;
import io.panamq.RepSocket;
import io.panamq.RouterSocket;
import io.panamq.Socket;
import io.panamq.SocketOption;
import io.panamq.StreamSocket;
import io.panamq.Zmq;
import io.panamq.error.Errno;
import io.panamq.error.ZmqException;
import io.panamq.support.Deadline;
import io.panamq.support.Fds;
import io.panamq.support.PublicMethods;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests bad endpoints: a typed exception names the endpoint and says what to do. */
class BadEndpointTest extends WithContext {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tcp",
                "://",
                "tcp://",
                "://127.0.0.1:5555",
                "tcp:/127.0.0.1:5555",
                "127.0.0.1:5555",
                "tcp://127.0.0.1:70000",
                "tcp://127.0.0.1:65536",
                "tcp://127.0.0.1:-1",
                "tcp://127.0.0.1:99999999999",
                "inproc://",
                "inproc://a\0b",
                "tcp://127.0.0.1:5555\0"
            })
    void shouldRefuseWhatIsNoEndpoint(String endpoint) {
        PairSocket pair = context.pair();

        assertThatThrownBy(() -> pair.bind(endpoint)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pair.connect(endpoint))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s)(connect '.*|endpoint has a NUL character at index \\d+)");
        pair.bind(Transport.INPROC.fresh());
    }

    @ParameterizedTest
    @CsvSource({
        "bind, nosuch://x, EPROTONOSUPPORT, unknown transport",
        "connect, nosuch://x, EPROTONOSUPPORT, unknown transport",
        "bind, TCP://127.0.0.1:*, EPROTONOSUPPORT, 'write tcp://, without capitals'",
        "connect, ' tcp://127.0.0.1:5', EPROTONOSUPPORT, 'write tcp://, without capitals'",
        "bind, udp://127.0.0.1:5555, ENOCOMPATPROTO, cannot carry this socket type: it is for RADIO",
        "bind, tcp://localhost:*, ENODEV, host names are for connect only",
        "bind, tcp://nosuchinterface:*, ENODEV, no such interface",
        "bind, tcp://192.0.2.1:*, EADDRNOTAVAIL, not one of this machine",
        "bind, tcp://127.0.0.1:port, EINVAL, malformed endpoint",
        "bind, tcp://127.0.0.1, EINVAL, malformed endpoint",
        "connect, tcp://127.0.0.1, EINVAL, malformed endpoint",
        "connect, tcp://127.0.0.1:*, EINVAL, malformed endpoint",
        "connect, tcp://*:5555, EINVAL, malformed endpoint",
        "connect, tcp://127.0.0.1:port, EINVAL, malformed endpoint",
        "bind, ipc:///no/such/folder/socket, ENOENT, folder of the ipc path does not exist",
        "unbind, tcp://127.0.0.1:5555, ENOENT, not in use",
        "unbind, inproc://nobody, ENOENT, not in use",
        "unbind, tcp://127.0.0.1:*, ENOENT, not in use",
        "disconnect, tcp://127.0.0.1:5555, ENOENT, not in use",
        "disconnect, inproc://nobody, ENOENT, not in use",
        "unbind, nonsense, EINVAL, malformed endpoint",
        "disconnect, nonsense, EINVAL, malformed endpoint"
    })
    void shouldSayWhatIsWrong(String operation, String endpoint, Errno errno, String advice) {
        PairSocket pair = context.pair();

        assertThat(catchThrowable(() -> call(pair, operation, endpoint)))
                .isInstanceOfSatisfying(
                        ZmqException.class,
                        e -> {
                            assertThat(e.errno()).isEqualTo(errno);
                            assertThat(e.operation()).isEqualTo(operation);
                            assertThat(e.endpoint()).isEqualTo(endpoint);
                            assertThat(e.number()).isEqualTo(errno.number());
                        })
                .hasMessageContaining(operation + " " + endpoint + " on PAIR#1 failed: " + errno)
                .hasMessageContaining(advice);
        assertThat(pair.bind(Transport.TCP.fresh())).startsWith("tcp://");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "bind, tcp://127.0.0.1, the port is missing, such as tcp://127.0.0.1:5555",
                "connect, tcp://127.0.0.1:, the port is missing, such as tcp://127.0.0.1:5555",
                "bind, tcp://*, the port is missing, such as tcp://*:5555",
                "bind, tcp://127.0.0.1:abc, 'abc' is not a port, * for a free one",
                "connect, tcp://127.0.0.1:abc, 'abc' is not a port, write a number",
                "bind, tcp://*:5555x, '5555x' is not a port, * for a free one",
                "connect, tcp://127.0.0.1:5561x, '5561x' is not a port, write a number",
                "connect, tcp://[::1]:abc, 'abc' is not a port, write a number",
                "bind, tcp://[::1], the port is missing, tcp://[::1]:5555",
                "connect, tcp://[::1, the bracket is not closed, [address]:port",
                "bind, tcp://[::1:5555, the bracket is not closed, [address]:port",
                "bind, tcp://127.0.0.1:50000-50010, '50000-50010' is not a port, [50000-50010]",
                "bind, tcp://127.0.0.1:*[50000-50010], a range of ports is two numbers behind"
                        + " the colon, [50000-50010]",
                "bind, ws://127.0.0.1:[50000-50010], a range of ports is two numbers behind the"
                        + " colon, tcp://127.0.0.1:[50000-50010]",
                "bind, tcp://127.0.0.1:[50000], a range of ports is two numbers behind the colon,"
                        + " tcp://127.0.0.1:[50000-50010]",
                "connect, tcp://127.0.0.1:[50000-50010], a range of ports is to bind to only,"
                        + " what bind returned",
                "connect, tcp://127.0.0.1:0, 0 is a port to bind to only, what bind returned",
                "connect, tcp://:5555, the host is missing, before the colon",
                "bind, tcp://:5555, the host is missing, or * for all addresses",
                "bind, tcp://127.0.0.1:5555/, '5555/' is not a port, * for a free one",
                "bind, \"tcp://127.0.0.1:5555 \", '5555 ' is not a port, * for a free one",
                "connect, tcp://127.0.0.1: 5555, ' 5555' is not a port, write a number",
                "connect, tcp://127.0.0.1:0;127.0.0.1:x, 'x' is not a port, write a number",
                "connect, tcp://127.0.0.1;127.0.0.1, the port is missing, tcp://127.0.0.1:5555",
                "connect, tcp://*:5599, * is an address to bind to only, such as"
                        + " tcp://127.0.0.1:5599",
                "connect, tcp://*, * is an address to bind to only, such as tcp://127.0.0.1:5555",
                "connect, tcp://127.0.0.1:*, * is a port to bind to only, what bind returned",
                "connect, tcp://http://host:1, 'http://host' is not a host, EINVAL",
                "connect, tcp://a host:1, 'a host' is not a host, EINVAL"
            })
    void shouldSayWhatIsWrongWithATcpAddress(
            String operation, String endpoint, String fault, String detail) {
        PairSocket pair = context.pair();

        assertThat(catchThrowable(() -> call(pair, operation, endpoint)))
                .isInstanceOfSatisfying(
                        ZmqException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
                .hasMessageContaining("malformed endpoint: " + fault)
                .hasMessageContaining(detail)
                .hasMessageNotContaining("inproc://");
    }

    @Test
    void shouldSayWhatIsWrongWithAWebSocketAddress() {
        assumeTrue(Zmq.has(Capability.WS), "this libzmq has no WebSocket");
        PairSocket pair = context.pair();

        assertThatThrownBy(() -> pair.bind("ws://127.0.0.1:abc/path"))
                .hasMessageContaining("'abc' is not a port");
        assertThatThrownBy(() -> pair.bind("ws://127.0.0.1/a:b"))
                .hasMessageContaining("the port is missing");
        assertThatThrownBy(() -> pair.connect("ws://*:5555"))
                .hasMessageContaining("connect to a host, such as ws://127.0.0.1:5555");
    }

    @Test
    void shouldSayThatAPartOfAnIpcPathIsAFile(@TempDir Path folder) throws IOException {
        PairSocket pair = context.pair();
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> pair.bind("ipc://" + file + "/socket"))
                .isInstanceOfSatisfying(
                        ZmqException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOTDIR))
                .hasMessageContaining("is a file and not a folder");
        assertThat(file).exists();
    }

    /** libzmq would delete any file to put its socket there. */
    @Test
    void shouldLeaveAFileAloneThatIsNoSocket(@TempDir Path folder) throws IOException {
        PairSocket pair = context.pair();
        Path file = Files.writeString(folder.resolve("precious"), "content");

        assertThatThrownBy(() -> pair.bind("ipc://" + file))
                .isInstanceOfSatisfying(
                        ZmqException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EADDRINUSE))
                .hasMessageContaining("a file that is no socket");
        assertThat(file).hasContent("content");
    }

    @Test
    void shouldNameWhoCanBeAPeerOverInproc() {
        String endpoint = Transport.INPROC.fresh();
        context.rep().bind(endpoint);

        assertThatThrownBy(() -> context.sub().connect(endpoint))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SUB#2 and REP#1 cannot be peers: SUB talks to PUB or XPUB");
    }

    private static void call(PairSocket pair, String operation, String endpoint) {
        switch (operation) {
            case "bind" -> pair.bind(endpoint);
            case "connect" -> pair.connect(endpoint);
            case "unbind" -> pair.unbind(endpoint);
            default -> pair.disconnect(endpoint);
        }
    }

    @Test
    void shouldRefuseAnEndpointThatIsTaken() {
        for (Transport transport : List.of(Transport.TCP, Transport.INPROC)) {
            PairSocket owner = context.pair();
            String endpoint = owner.bind(transport.fresh());
            PairSocket late = context.pair();

            assertThatThrownBy(() -> late.bind(endpoint))
                    .isInstanceOfSatisfying(
                            ZmqException.class,
                            e -> assertThat(e.errno()).isEqualTo(Errno.EADDRINUSE))
                    .hasMessageContaining(endpoint)
                    .hasMessageContaining("bind another one");
        }
    }

    @Test
    void shouldRefuseAnIpcPathThatIsTooLong(@TempDir Path folder) {
        PairSocket pair = context.pair();
        String endpoint = "ipc://" + folder.resolve("x".repeat(120));

        for (String operation : List.of("bind", "connect")) {
            assertThatThrownBy(() -> call(pair, operation, endpoint))
                    .isInstanceOfSatisfying(
                            ZmqException.class,
                            e -> assertThat(e.errno()).isEqualTo(Errno.ENAMETOOLONG))
                    .hasMessageContaining("shorter");
        }
    }

    @Test
    void shouldKeepTheAuthenticatorsEndpointForThoseThatCanBeOne() {
        String zap = "inproc://zeromq.zap.01";
        assertThat(PublicMethods.SOCKETS)
                .allSatisfy(
                        make -> {
                            Socket socket = make.apply(context);
                            boolean fits =
                                    socket instanceof RepSocket || socket instanceof RouterSocket;
                            if (!fits) {
                                // A STREAM is refused too, as for each transport but tcp.
                                assertThat(catchThrowable(() -> socket.bind(zap)))
                                        .isInstanceOf(IllegalArgumentException.class)
                                        .hasMessageContaining(zap);
                            }
                        });
        assertThat(context.rep().bind(zap)).isEqualTo(zap);
    }

    @Test
    void shouldRefuseOtherTransportsThanTcpForAStream() {
        StreamSocket stream = context.stream();
        for (Transport transport : List.of(Transport.IPC, Transport.INPROC)) {
            for (String operation : List.of("bind", "connect")) {
                String endpoint = transport.fresh();
                assertThat(
                                catchThrowable(
                                        () -> {
                                            if (operation.equals("bind")) {
                                                stream.bind(endpoint);
                                            } else {
                                                stream.connect(endpoint);
                                            }
                                        }))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(endpoint)
                        .hasMessageContaining("tcp://");
            }
        }
    }

    @Test
    void shouldConnectToNothingWithoutComplaint() {
        DealerSocket dealer = context.dealer();
        dealer.connect(Transport.nowhere());
        dealer.connect("ipc:///no/such/socket");
        dealer.connect("tcp://no-such-host.invalid:5555");
        dealer.connect(Transport.INPROC.fresh());

        assertThat(dealer.receive(Deadline.GRACE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TCP", "INPROC", "IPC"})
    void shouldGiveAnEndpointUpWithUnbind(Transport transport) {
        PairSocket first = context.pair();
        String endpoint = first.bind(transport.fresh());
        assertThat(first.get(SocketOption.LAST_ENDPOINT)).isEqualTo(endpoint);
        first.unbind(endpoint);
        assertThatThrownBy(() -> first.unbind(endpoint))
                .isInstanceOfSatisfying(
                        ZmqException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
        PairSocket second = context.pair();
        Deadline.until(
                "the endpoint is free", () -> catchThrowable(() -> second.bind(endpoint)) == null);
    }

    @Test
    void shouldFreeAnInprocNameWithItsSocket() {
        String endpoint = Transport.INPROC.fresh();
        context.pair().bind(endpoint);
        try (PairSocket other = context.pair()) {
            assertThatThrownBy(() -> other.bind(endpoint)).isInstanceOf(ZmqException.class);
        }
        for (int i = 0; i < 10; i++) {
            String name = Transport.INPROC.fresh();
            PairSocket first = context.pair();
            first.bind(name);
            first.close();
            PairSocket second = context.pair();
            Deadline.until(
                    "the name is free", () -> catchThrowable(() -> second.bind(name)) == null);
        }
    }

    @Test
    void shouldLeakNothingWhateverFails() {
        context.pair().bind(Transport.TCP.fresh());
        int before = Fds.count();
        for (int i = 0; i < 50; i++) {
            try (PairSocket pair = context.pair()) {
                for (String bad :
                        List.of(
                                "tcp://localhost:*",
                                "tcp://192.0.2.1:*",
                                "nosuch://x",
                                "ipc:///no/such/folder/s",
                                "tcp://127.0.0.1:70000",
                                "nonsense")) {
                    assertThat(catchThrowable(() -> pair.bind(bad))).isNotNull();
                    assertThat(catchThrowable(() -> pair.unbind(bad))).isNotNull();
                }
            }
        }

        Fds.awaitNoMoreThan(before);
    }

    @Test
    void shouldRemoveTheFileOfAWildcardIpcEndpoint() {
        PairSocket pair = context.pair();
        Path file = Path.of(pair.bind("ipc://*").substring("ipc://".length()));
        assertThat(file).exists();
        pair.close();

        Deadline.until("the file is gone", () -> !Files.exists(file));
    }
}
