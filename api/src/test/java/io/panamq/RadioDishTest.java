// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.Errno;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import io.panamq.internal.socket.PeerProperties;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithDrafts;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RadioDishTest extends WithDrafts {
    private static final String LONGEST = "g".repeat(PeerProperties.LONGEST_GROUP);

    @ParameterizedTest
    @MethodSource("endpoints")
    void shouldDeliverToThoseThatHaveJoinedTheGroup(String endpoint) {
        RadioSocket radio = context.radio();
        DishSocket news = context.dish();
        DishSocket both = context.dish();
        String bound = radio.bind(endpoint);
        news.join("news");
        both.join("news");
        both.join(LONGEST);
        news.connect(bound);
        both.connect(bound);
        await(radio, news, "news");
        await(radio, both, "news");
        await(radio, both, LONGEST);

        assertThat(radio.send("new", Message.of("a prefix is no group"))).isTrue();
        assertThat(radio.trySend(LONGEST, Message.of("for both alone"))).isTrue();
        assertThat(radio.send("news", Message.of("for all"), Deadline.LIMIT)).isTrue();

        assertNext(news, "news", "for all");
        Set<String> received = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            try (Message message = next(both)) {
                received.add(both.group(message) + ": " + message.getString());
            }
        }
        assertThat(received)
                .containsExactlyInAnyOrder(LONGEST + ": for both alone", "news: for all");
        assertThat(both.tryReceive()).isEmpty();
    }

    @Test
    void shouldDeliverNothingAfterLeaving() {
        RadioSocket radio = context.radio();
        DishSocket dish = context.dish();
        dish.connect(radio.bind(Transport.INPROC.fresh()));
        dish.join("left");
        dish.join("kept");
        await(radio, dish, "left");
        await(radio, dish, "kept");
        dish.leave("left");

        radio.send("left", Message.of("dropped"));
        radio.send("kept", Message.of("received"));

        assertNext(dish, "kept", "received");
        assertThat(dish.tryReceive()).isEmpty();
    }

    @Test
    void shouldKeepTheGroupOfAMessageThatIsPassedOn() {
        RadioSocket first = context.radio();
        DishSocket relay = context.dish();
        RadioSocket second = context.radio();
        DishSocket last = context.dish();
        relay.connect(first.bind(Transport.INPROC.fresh()));
        last.connect(second.bind(Transport.INPROC.fresh()));
        relay.join("group");
        last.join("group");
        await(first, relay, "group");
        await(second, last, "group");

        first.send("group", Message.of("passed on"));
        second.send(Deadline.receive(relay));

        assertNext(last, "group", "passed on");
    }

    @Test
    void shouldSendTextsToTheEmptyGroup() {
        RadioSocket radio = context.radio();
        DishSocket dish = context.dish();
        dish.connect(radio.bind(Transport.INPROC.fresh()));
        dish.join("");
        await(radio, dish, "");

        radio.send("a text");

        assertNext(dish, "", "a text");
    }

    /** A long name of a group is freed too often by libzmq when it goes to two sockets. */
    @Test
    void shouldRefuseGroupsThatAreNotSafe() {
        RadioSocket radio = context.radio();
        DishSocket dish = context.dish();
        try (Message message = Message.of("mine")) {
            for (String group : new String[] {"g".repeat(256), "a\0b"}) {
                assertThatThrownBy(() -> radio.send(group, message))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> dish.join(group))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> dish.leave(group))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            if (!io.panamq.bindings.NativeLibrary.isHardened("long-group")) {
                assertThatThrownBy(() -> radio.setGroup(message, "\u20ac".repeat(5)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("at most 14 bytes, not 15");
            }
            assertThat(dish.group(message)).isEmpty();
        }
    }

    /** libzmq keeps the name of a long group apart, and did not count who has it. */
    @ParameterizedTest
    @MethodSource("endpoints")
    void shouldSendLongGroupsToSeveralSockets(String endpoint) {
        RadioSocket radio = context.radio();
        String bound = radio.bind(endpoint);
        List<String> groups =
                Stream.of("a", "b", "c", "d").map(LONGEST.substring(1)::concat).toList();
        List<DishSocket> dishes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            DishSocket dish = context.dish();
            groups.forEach(dish::join);
            dish.connect(bound);
            groups.forEach(group -> await(radio, dish, group));
            dishes.add(dish);
        }
        for (int i = 0; i < 2_000; i++) {
            String group = groups.get(i % groups.size());
            Message message = i % 3 == 0 ? Message.of(group.repeat(3)) : Message.of("short");
            radio.setGroup(message, groups.get(i % 3));
            radio.setGroup(message, i % 5 == 0 ? "none" : LONGEST);
            radio.send(group, message);
            for (DishSocket dish : dishes) {
                try (Message received = next(dish)) {
                    assertThat(dish.group(received)).isEqualTo(group);
                }
            }
        }
    }

    @Test
    void shouldRefuseToJoinTwiceAndToLeaveWhatWasNotJoined() {
        DishSocket dish = context.dish();
        dish.join("group");

        assertThatThrownBy(() -> dish.join("group"))
                .isInstanceOfSatisfying(
                        ZmqException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
                .hasMessageContaining("has joined the group 'group'");
        assertThatThrownBy(() -> dish.leave("other"))
                .isInstanceOf(ZmqException.class)
                .hasMessageContaining("has not joined the group 'other'");
        dish.leave("group");
        dish.join("group");
    }

    // ---- udp

    @Test
    void shouldRefuseUdpWhereADatagramCouldEndTheProcess() {
        if (io.panamq.bindings.NativeLibrary.isHardened("udp")) {
            return; // the tests that follow run there
        }
        assertThatThrownBy(() -> context.dish().bind("udp://127.0.0.1:5555"))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("a single datagram could end the process");
        assertThatThrownBy(() -> context.radio().connect("udp://127.0.0.1:5555"))
                .isInstanceOf(UnsupportedFeatureException.class);
    }

    @Test
    void shouldCarryGroupsOverUdp() {
        requireUdp();
        String endpoint = "udp://127.0.0.1:" + freeUdpPort();
        DishSocket dish = context.dish();
        dish.join("group");
        assertThat(dish.bind(endpoint)).isEqualTo(endpoint);
        RadioSocket radio = context.radio();
        radio.connect(endpoint);
        await(radio, dish, "group");
        byte[] largest = new byte[65_507 - 1 - "group".length()];
        largest[largest.length - 1] = 7;

        radio.send("other", Message.of("not joined"));
        radio.send("group", Message.of(largest));

        try (Message message = next(dish)) {
            assertThat(message.getBytes()).isEqualTo(largest);
            assertThat(dish.group(message)).isEqualTo("group");
        }
        radio.disconnect(endpoint);
        assertThatThrownBy(() -> dish.unbind(endpoint))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("close the socket instead");
    }

    @Test
    void shouldRefuseWhatDoesNotFitIntoADatagram() {
        requireUdp();
        RadioSocket radio = context.radio();
        radio.connect("udp://127.0.0.1:" + freeUdpPort());
        try (Message message = Message.allocate(65_507 - 1 - 4)) {
            assertThatThrownBy(() -> radio.send("group", message))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("room for 65501 bytes");
            assertThatThrownBy(() -> radio.send(new byte[65_507]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(
                            () -> radio.bulkSender().sendBatch(java.util.List.of(message.share())))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(radio.send("four", message)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "ff", "7f41", "", "05", "0541"})
    void shouldSurviveMalformedDatagrams(String hex) throws IOException {
        requireUdp();
        int port = freeUdpPort();
        String endpoint = "udp://127.0.0.1:" + port;
        DishSocket dish = context.dish();
        dish.join("group");
        dish.bind(endpoint);
        RadioSocket radio = context.radio();
        radio.connect(endpoint);
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);
        try (var sender = new java.net.DatagramSocket()) {
            sender.send(
                    new DatagramPacket(
                            bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        }

        await(radio, dish, "group");
    }

    @Test
    void shouldRefuseUdpEndpointsThatCannotWork() {
        requireUdp();
        for (String endpoint : new String[] {"udp://127.0.0.1:*", "udp://127.0.0.1:0"}) {
            assertThatThrownBy(() -> context.dish().bind(endpoint))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("needs the number of a port");
        }
        assertThatThrownBy(() -> context.radio().bind("udp://127.0.0.1:5555"))
                .isInstanceOf(UnsupportedFeatureException.class);
        assertThatThrownBy(() -> context.dish().connect("udp://127.0.0.1:5555"))
                .isInstanceOf(UnsupportedFeatureException.class);
    }

    // ---- helpers

    private static final String PROBE = "\0are you there?";

    /** Waits until messages to the group arrive. */
    private static void await(RadioSocket radio, DishSocket dish, String group) {
        Deadline.until(
                "a message to " + group + " arrives",
                () -> {
                    radio.send(group, Message.of(PROBE));
                    return dish.tryReceive()
                            .filter(message -> isOf(dish, message, group))
                            .isPresent();
                });
    }

    private static boolean isOf(DishSocket dish, Message message, String group) {
        try (message) {
            return dish.group(message).equals(group);
        }
    }

    /** Receives the next message that is no probe. */
    private static Message next(DishSocket dish) {
        Message message = Deadline.receive(dish);
        while (message.contentEquals(PROBE)) {
            message.close();
            message = Deadline.receive(dish);
        }
        return message;
    }

    private static void assertNext(DishSocket dish, String group, String text) {
        try (Message message = next(dish)) {
            assertThat(message.getString()).isEqualTo(text);
            assertThat(dish.group(message)).isEqualTo(group);
        }
    }
}
