// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.panamq.error.UnsupportedFeatureException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.WithDrafts;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatagramSocketTest extends WithDrafts {

    @Test
    void shouldRefuseUdpWhereADatagramCouldEndTheProcess() {
        if (!io.panamq.bindings.NativeLibrary.isHardened("udp")) {
            assertThatThrownBy(() -> context.datagram().bind("udp://127.0.0.1:5555"))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining("a single datagram could end the process");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://127.0.0.1:*", "inproc://datagram", "ipc://*", "ws://127.0.0.1:*"})
    void shouldRefuseOtherTransports(String endpoint) {
        assertThatThrownBy(() -> context.datagram().bind(endpoint))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("udp:// only");
    }

    /** libzmq would close the message that it does not take, and end the process later. */
    @Test
    void shouldRefuseToSendBeforeItIsBound() {
        DatagramSocket datagram = context.datagram();
        try (Multipart multipart = Multipart.of("127.0.0.1:5555", "content")) {
            assertThatThrownBy(() -> datagram.trySend(multipart))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("bind it before it sends");
            assertThat(multipart.getString(1)).isEqualTo("content");
        }
        assertThat(datagram.tryReceiveMultipart()).isEmpty();
    }

    @Test
    void shouldRefuseSingleFrames() {
        DatagramSocket datagram = context.datagram();
        assertThatThrownBy(() -> datagram.send("one frame"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two frames");
        for (Multipart multipart : new Multipart[] {Multipart.of("1"), Multipart.of("1", "2", "3")}) {
            try (multipart) {
                assertThatThrownBy(() -> datagram.send(multipart))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("two frames");
            }
        }
    }

    @Test
    void shouldExchangeDatagrams() {
        requireUdp();
        String left = "127.0.0.1:" + freeUdpPort();
        String right = "127.0.0.1:" + freeUdpPort();
        DatagramSocket one = bound(left);
        DatagramSocket other = bound(right);
        Deadline.until(
                "a datagram arrives",
                () -> {
                    one.send(Multipart.of(right, "hello"));
                    var received = other.tryReceiveMultipart();
                    received.ifPresent(other::send); // the address is that of the sender
                    return received.isPresent();
                });

        try (Multipart answer = Deadline.multipart(one)) {
            assertThat(answer.getString(0).replace("\0", "")).isEqualTo(right);
            assertThat(answer.getString(1)).isEqualTo("hello");
        }
    }

    @Test
    void shouldTalkToProgramsWithoutZeroMq() throws IOException {
        requireUdp();
        int port = freeUdpPort();
        DatagramSocket datagram = bound("127.0.0.1:" + port);
        try (var plain = new java.net.DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + plain.getLocalPort();
            byte[] largest = new byte[65_507];
            datagram.send(Multipart.of(address.getBytes(java.nio.charset.StandardCharsets.US_ASCII), largest));
            plain.setSoTimeout(20_000);
            var packet = new DatagramPacket(new byte[70_000], 70_000);
            plain.receive(packet);
            assertThat(packet.getLength()).isEqualTo(65_507);

            byte[] empty = {};
            plain.send(new DatagramPacket(empty, 0, InetAddress.getLoopbackAddress(), port));
            try (Multipart received = Deadline.multipart(datagram)) {
                assertThat(received.getString(0).replace("\0", "")).isEqualTo(address);
                assertThat(received.get(1).size()).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "localhost:5555",
                "256.0.0.1:5555", "[::1]:5555", "127.0.0.1:5555 ", "127.0.0.1:5555\0\0"
            })
    void shouldRefuseAddressesThatLibzmqWouldDrop(String address) {
        requireUdp();
        DatagramSocket datagram = bound("127.0.0.1:" + freeUdpPort());
        try (Multipart multipart = Multipart.of(address, "content")) {
            assertThatThrownBy(() -> datagram.send(multipart))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("IPv4 address and a port");
            assertThat(multipart).hasSize(2);
        }
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        requireUdp();
        DatagramSocket datagram = bound("127.0.0.1:" + freeUdpPort());
        try (Multipart multipart = Multipart.create()) {
            multipart.add("127.0.0.1:5555").add(new byte[65_508]);
            assertThatThrownBy(() -> datagram.send(multipart))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("room for 65507 bytes");
        }
    }

    @Test
    void shouldRefuseSecondEndpointsAndIpv6() {
        requireUdp();
        String endpoint = "udp://127.0.0.1:" + freeUdpPort();
        DatagramSocket datagram = context.datagram();
        datagram.bind(endpoint);
        assertThatThrownBy(() -> datagram.bind("udp://127.0.0.1:" + freeUdpPort()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one endpoint");
        assertThatThrownBy(() -> datagram.unbind(endpoint))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("close the socket instead");
        DatagramSocket ipv6 = context.datagram();
        ipv6.set(SocketOption.IPV6, true);
        assertThatThrownBy(() -> ipv6.bind("udp://[::1]:" + freeUdpPort()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("IPv4 only");
        assertThat(catchThrowable(() -> context.datagram().connect(endpoint)))
                .isInstanceOf(UnsupportedFeatureException.class);
    }

    @Test
    void shouldEndAWaitingReceive() {
        requireUdp();
        DatagramSocket datagram = context.datagram();
        Background<Multipart> waiting =
                Background.blocked(
                        () -> {
                            datagram.bind("udp://127.0.0.1:" + freeUdpPort());
                            return datagram.receiveMultipart();
                        });
        datagram.close();
        assertThat(waiting.failure()).isInstanceOf(io.panamq.error.SocketClosedException.class);
    }

    private DatagramSocket bound(String address) {
        DatagramSocket datagram = context.datagram();
        String endpoint = "udp://" + address;
        assertThat(datagram.bind(endpoint)).isEqualTo(endpoint);
        return datagram;
    }
}
