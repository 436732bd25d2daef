// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Capability;
import io.panamq.Endpoint;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketOption;
import io.panamq.Zmq;
import io.panamq.error.Errno;
import io.panamq.error.ZmqException;
import io.panamq.support.Deadline;
import io.panamq.support.WithContext;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of an address with host and port: families, scopes, wildcards, sources and ranges. */
class TcpAddressTest extends WithContext {
    private static final String LOOPBACK = "tcp://127.0.0.1:";

    /** Connects, and lets one message through. */
    private void assertTalk(PullSocket pull, String endpoint) {
        try (PushSocket push = context.push()) {
            push.set(SocketOption.IPV6, pull.get(SocketOption.IPV6));
            push.connect(endpoint);
            push.send("to " + endpoint);
            assertThat(pull.receiveString(Deadline.LIMIT)).contains("to " + endpoint);
        }
    }

    private static InetAddress address(String literal) throws IOException {
        return InetAddress.getAllByName(literal)[0];
    }

    private PullSocket pull6() {
        PullSocket pull = context.pull();
        pull.set(SocketOption.IPV6, true);
        return pull;
    }

    private static void assumeIpv6() throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(address("::1"), 0));
        } catch (SocketException e) {
            assumeTrue(false, "this machine has no IPv6: " + e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://127.0.0.1:*", "tcp://*:*", "tcp://lo:*", "tcp://127.0.0.1:0"})
    void shouldBindIpv4(String endpoint) {
        PullSocket pull = context.pull();

        assertTalk(pull, LOOPBACK + Endpoint.port(pull.bind(endpoint)));
    }

    @Test
    void shouldBindIpv6() throws IOException {
        assumeIpv6();
        PullSocket pull = pull6();

        assertTalk(pull, pull.bind("tcp://[::1]:*"));
    }

    @Test
    void shouldServeBothFamiliesWithOneWildcard() throws IOException {
        assumeIpv6();
        PullSocket pull = pull6();
        int port = Endpoint.port(pull.bind("tcp://*:*"));

        assertTalk(pull, "tcp://[::1]:" + port);
        assertTalk(pull, LOOPBACK + port);
    }

    @Test
    void shouldBindAndConnectWithAScope() throws IOException {
        Inet6Address local = linkLocal();
        assumeTrue(local != null, "this machine has no link-local address of IPv6");
        String host = local.getHostAddress(); // with the scope, as fe80::1%eth0
        PullSocket pull = pull6();

        assertTalk(pull, pull.bind("tcp://[" + host + "]:*"));
    }

    private static Inet6Address linkLocal() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet6Address && address.isLinkLocalAddress())
                .map(Inet6Address.class::cast)
                .filter(TcpAddressTest::canBeBound)
                .findFirst()
                .orElse(null);
    }

    /** An address that an interface has just got, as those of containers, cannot be for a while. */
    private static boolean canBeBound(Inet6Address address) {
        try (var socket = new ServerSocket(0, 1, address)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void shouldSayThatThereIsNoSuchScope() {
        PushSocket push = context.push();
        push.set(SocketOption.IPV6, true);

        assertThatThrownBy(() -> push.connect("tcp://[fe80::1%nosuch]:5555"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no network interface 'nosuch'");
    }

    /** libzmq would try for ever, and tell nobody. */
    @ParameterizedTest
    @ValueSource(
            strings = {"tcp://[::1]:5555", "tcp://::1:5555", "tcp://127.0.0.1:0;[fe80::1%1]:5555"})
    void shouldRefuseIpv6WhileItIsOff(String endpoint) {
        PushSocket push = context.push();

        assertThatThrownBy(() -> push.connect(endpoint))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("set SocketOption.IPV6 first");
    }

    @Test
    void shouldRefuseIpv6OverWebSocketsWhileItIsOff() {
        assumeTrue(Zmq.has(Capability.WS), "this libzmq has no WebSocket");
        PullSocket pull = context.pull();

        assertThatThrownBy(() -> pull.bind("ws://[::1]:*/path"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("set SocketOption.IPV6 first");
    }

    /** A connection comes from the address that stands before the semicolon. */
    @Test
    void shouldConnectFromASourceAddress() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, address("127.0.0.1"));
                PushSocket push = context.push()) {
            server.setSoTimeout((int) Deadline.LIMIT.toMillis());
            push.connect("tcp://127.0.0.2:0;127.0.0.1:" + server.getLocalPort());
            try (java.net.Socket accepted = server.accept()) {
                assertThat(accepted.getInetAddress().getHostAddress()).isEqualTo("127.0.0.2");
            }
        }
    }

    /** Three ports that were free a moment ago, one after the other. */
    private static int freeRange() throws IOException {
        for (int port = 42_000; port < 60_000; port += 3) {
            try (ServerSocket a = listen(port);
                    ServerSocket b = listen(port + 1);
                    ServerSocket c = listen(port + 2)) {
                if (a.isBound() && b.isBound() && c.isBound()) {
                    return port;
                }
            } catch (SocketException e) {
                // One of them is taken.
            }
        }
        throw new AssertionError("no three free ports");
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, address("127.0.0.1"));
    }

    @Test
    void shouldBindTheFirstFreePortOfARange() throws IOException {
        int first = freeRange();
        String range = LOOPBACK + "[" + first + "-" + (first + 2) + "]";
        PullSocket pull = context.pull();
        try (ServerSocket taken = listen(first)) {
            assertThat(pull.bind(range)).isEqualTo(LOOPBACK + (first + 1));
            assertThat(pull.bind(range)).isEqualTo(LOOPBACK + (first + 2));

            assertThatThrownBy(() -> pull.bind(range))
                    .isInstanceOfSatisfying(
                            ZmqException.class,
                            e -> assertThat(e.errno()).isEqualTo(Errno.EADDRINUSE))
                    .hasMessageContaining(range)
                    .hasMessageContaining("all ports of the range are taken");
            assertThat(taken.isBound()).isTrue();
        }
        assertTalk(pull, LOOPBACK + (first + 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[2-1]", "[0-5]", "[1-70000]", "[-]", "[a-b]", "[5-]", "[1-2-3]"})
    void shouldRefuseWhatIsNoRange(String range) {
        PullSocket pull = context.pull();

        assertThatThrownBy(() -> pull.bind(LOOPBACK + range))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a range is two ports in 1 to 65535");
    }
}
