// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.bindings.NativeLibrary;
import io.panamq.error.Errno;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import io.panamq.support.Deadline;
import io.panamq.support.PublicMethods;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests all options, which it finds by reflection. */
class SocketOptionTest extends WithContext {
    private static List<SocketOption<?>> options() {
        return Arrays.stream(SocketOption.class.getFields())
                .filter(field -> SocketOption.class.isAssignableFrom(field.getType()))
                .<SocketOption<?>>map(SocketOptionTest::value)
                .toList();
    }

    private static SocketOption<?> value(Field field) {
        try {
            var option = (SocketOption<?>) field.get(null);
            assertThat(option.name()).isEqualTo("ZMQ_" + field.getName().replace("_TEXT", ""));
            assertThat(option).hasToString(option.name());
            return option;
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldSetAndReadARoutingIdAsTextAndAsBytes() {
        DealerSocket dealer = context.dealer();
        dealer.set(SocketOption.ROUTING_ID_TEXT, "wörker");
        assertThat(dealer.get(SocketOption.ROUTING_ID)).isEqualTo("wörker".getBytes(UTF_8));
        dealer.set(SocketOption.ROUTING_ID, new byte[] {'a', 'b'});
        assertThat(dealer.get(SocketOption.ROUTING_ID_TEXT)).isEqualTo("ab");
        for (String bad : List.of("", "\0id", "ü".repeat(128))) {
            assertThatThrownBy(() -> dealer.set(SocketOption.ROUTING_ID_TEXT, bad))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(dealer.get(SocketOption.ROUTING_ID_TEXT)).isEqualTo("ab");
    }

    @Test
    void shouldHaveTheDocumentedDefaults() {
        try (Context plain = Context.create();
                PairSocket pair = plain.pair()) {
            assertThat(pair.get(SocketOption.LINGER)).isEqualTo(Duration.ofSeconds(5));
            assertThat(pair.get(SocketOption.SNDHWM)).isEqualTo(1000);
            assertThat(pair.get(SocketOption.RCVHWM)).isEqualTo(1000);
            assertThat(pair.get(SocketOption.RCVTIMEO)).isEqualTo(SocketOption.FOREVER);
            assertThat(pair.get(SocketOption.SNDTIMEO)).isEqualTo(SocketOption.FOREVER);
            assertThat(pair.get(SocketOption.MAXMSGSIZE)).isEqualTo(-1);
            assertThat(pair.get(SocketOption.RECONNECT_IVL)).isEqualTo(Duration.ofMillis(100));
            assertThat(pair.get(SocketOption.HANDSHAKE_IVL)).isEqualTo(Duration.ofSeconds(30));
            assertThat(pair.get(SocketOption.HEARTBEAT_TIMEOUT)).isEqualTo(SocketOption.FOREVER);
            assertThat(pair.get(SocketOption.BACKLOG)).isEqualTo(100);
            assertThat(pair.get(SocketOption.SNDBUF)).isEqualTo(-1);
            assertThat(pair.get(SocketOption.IMMEDIATE)).isFalse();
            assertThat(pair.get(SocketOption.IPV6)).isFalse();
            assertThat(pair.get(SocketOption.LAST_ENDPOINT)).isEmpty();
            assertThat(pair.get(SocketOption.ZAP_DOMAIN)).isEmpty();
            assertThat(pair.get(SocketOption.MECHANISM)).isZero();
            assertThat(pair.get(SocketOption.AFFINITY)).isZero();
            assertThat(pair.get(SocketOption.RATE)).isEqualTo(100);
            assertThat(pair.get(SocketOption.RECOVERY_IVL)).isEqualTo(Duration.ofSeconds(10));
            assertThat(pair.get(SocketOption.MULTICAST_HOPS)).isEqualTo(1);
            assertThat(pair.get(SocketOption.MULTICAST_MAXTPDU)).isEqualTo(1500);
            assertThat(pair.get(SocketOption.RCVBUF)).isEqualTo(-1);
            assertThat(pair.get(SocketOption.TCP_KEEPALIVE)).isEqualTo(-1);
            assertThat(pair.get(SocketOption.TCP_KEEPALIVE_CNT)).isEqualTo(-1);
            assertThat(pair.get(SocketOption.TCP_KEEPALIVE_IDLE)).isEqualTo(SocketOption.FOREVER);
            assertThat(pair.get(SocketOption.TCP_KEEPALIVE_INTVL)).isEqualTo(SocketOption.FOREVER);
            assertThat(pair.get(SocketOption.RECONNECT_IVL_MAX)).isZero();
            assertThat(pair.get(SocketOption.HEARTBEAT_IVL)).isZero();
            assertThat(pair.get(SocketOption.HEARTBEAT_TTL)).isZero();
            assertThat(pair.get(SocketOption.CONNECT_TIMEOUT)).isZero();
            assertThat(pair.get(SocketOption.TCP_MAXRT)).isZero();
            assertThat(pair.get(SocketOption.TOS)).isZero();
            assertThat(pair.get(SocketOption.SOCKS_PROXY)).isEmpty();
            assertThat(pair.get(SocketOption.CURVE_SERVER)).isFalse();
            assertThat(pair.get(SocketOption.PLAIN_SERVER)).isFalse();
        }
        try (Context plain = Context.create();
                SubSocket sub = plain.sub();
                XSubSocket xsub = plain.xsub()) {
            assertThat(sub.get(SocketOption.LINGER)).isZero();
            assertThat(xsub.get(SocketOption.LINGER)).isZero();
            assertThat(sub.get(SocketOption.CONFLATE)).isFalse();
            assertThat(sub.get(SocketOption.INVERT_MATCHING)).isFalse();
        }
        try (DealerSocket dealer = context.dealer()) {
            assertThat(dealer.get(SocketOption.ROUTING_ID)).isEmpty();
        }
    }

    @Test
    void shouldTakeForeverWhereTimeMayBeEndless() {
        PairSocket pair = context.pair();
        for (var option :
                List.of(SocketOption.LINGER, SocketOption.RCVTIMEO, SocketOption.RECONNECT_IVL)) {
            pair.set(option, SocketOption.FOREVER);
            assertThat(pair.get(option)).as(option.name()).isEqualTo(SocketOption.FOREVER);
            assertRefused(pair, option, Duration.ofMillis(-1));
        }
        assertRefused(pair, SocketOption.HANDSHAKE_IVL, SocketOption.FOREVER);
        assertRefused(pair, SocketOption.HANDSHAKE_IVL, Duration.ofDays(30));
    }

    @Test
    void shouldRoundTimesUpToTheUnitOfLibzmq() {
        PairSocket pair = context.pair();
        pair.set(SocketOption.LINGER, Duration.ofNanos(1));

        assertThat(pair.get(SocketOption.LINGER)).isEqualTo(Duration.ofMillis(1));
        pair.set(SocketOption.TCP_KEEPALIVE_IDLE, Duration.ofMillis(1001));
        assertThat(pair.get(SocketOption.TCP_KEEPALIVE_IDLE)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void shouldRefuseValuesOutOfRange() {
        PairSocket pair = context.pair();
        DealerSocket dealer = context.dealer();
        assertRefused(pair, SocketOption.SNDHWM, -1);
        assertRefused(pair, SocketOption.RCVHWM, Integer.MIN_VALUE);
        assertRefused(pair, SocketOption.BACKLOG, -1);
        assertRefused(pair, SocketOption.SNDBUF, -2);
        assertRefused(pair, SocketOption.TCP_KEEPALIVE, 2);
        assertRefused(pair, SocketOption.TOS, 256);
        assertRefused(pair, SocketOption.MULTICAST_HOPS, 0);
        assertRefused(pair, SocketOption.HEARTBEAT_TTL, Duration.ofMillis(6_553_600));
        assertRefused(pair, SocketOption.ZAP_DOMAIN, "");
        assertRefused(pair, SocketOption.PLAIN_USERNAME, "n".repeat(256));
        assertRefused(pair, SocketOption.METADATA, "key:value");
        assertRefused(pair, SocketOption.METADATA, "X-:value");
        assertRefused(pair, SocketOption.METADATA, "X-key:");
        assertRefused(pair, SocketOption.METADATA, "X-key");
        assertRefused(pair, SocketOption.BINDTODEVICE, "n".repeat(16));
        assertRefused(pair, SocketOption.PRIORITY, 7);
        assertRefused(pair, SocketOption.USE_FD, -2);
        assertRefused(pair, SocketOption.ZAP_DOMAIN, "a\0b");
        assertRefused(pair, SocketOption.CURVE_SERVERKEY, "short");
        assertRefused(pair, SocketOption.CURVE_SERVERKEY, " ".repeat(40));
        for (byte[] id : List.of(new byte[0], new byte[256], new byte[] {0, 1})) {
            assertRefused(dealer, SocketOption.ROUTING_ID, id);
        }
        assertThat(pair.get(SocketOption.SNDHWM)).isEqualTo(1000);
    }

    @Test
    void shouldNameTheOptionAndItsRangeWhenItRefusesAValue() {
        PairSocket pair = context.pair();
        assertThatThrownBy(() -> pair.set(SocketOption.PLAIN_USERNAME, "n".repeat(256)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ZMQ_PLAIN_USERNAME has 256 bytes in UTF-8, not 0 to 255");
        assertThatThrownBy(() -> pair.set(SocketOption.BACKLOG, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ZMQ_BACKLOG is -1, not in 0 to 2147483647");
        assertThatThrownBy(() -> pair.set(SocketOption.HANDSHAKE_IVL, Duration.ofDays(30)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ZMQ_HANDSHAKE_IVL is PT720H, not in 0 ms to 2147483647 ms");
        assertThatThrownBy(() -> pair.set(SocketOption.ZAP_DOMAIN, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 255: it cannot be emptied");
    }

    @Test
    void shouldEmptyTexts() {
        DealerSocket dealer = context.dealer();
        dealer.set(SocketOption.BINDTODEVICE, "lo");
        dealer.set(SocketOption.BINDTODEVICE, "");
        assertThat(dealer.get(SocketOption.BINDTODEVICE)).isEmpty();
        dealer.set(SocketOption.PLAIN_USERNAME, "name");
        assertThat(dealer.get(SocketOption.MECHANISM)).isEqualTo(1);
        dealer.set(SocketOption.PLAIN_USERNAME, "");
        assertThat(dealer.get(SocketOption.MECHANISM)).as("NULL").isEqualTo(0);
        dealer.set(SocketOption.PLAIN_PASSWORD, "name");
        dealer.set(SocketOption.PLAIN_PASSWORD, "");
        assertThat(dealer.get(SocketOption.MECHANISM)).isEqualTo(0);
        if (NativeLibrary.isHardened("socks")) {
            dealer.set(SocketOption.SOCKS_PROXY, "127.0.0.1:1080");
            dealer.set(SocketOption.SOCKS_PROXY, "");
            assertThat(dealer.get(SocketOption.SOCKS_PROXY)).isEmpty();
        }
        if (Zmq.has(Capability.DRAFT)) {
            dealer.set(SocketOption.SOCKS_USERNAME, "name");
            dealer.set(SocketOption.SOCKS_USERNAME, "");
            assertThat(dealer.get(SocketOption.SOCKS_USERNAME)).isEmpty();
        }
    }

    @Test
    void shouldReadWhatASocketIsAndHas() {
        SubSocket sub = context.sub();
        PubSocket pub = context.pub();
        sub.set(SocketOption.SUBSCRIBE, "a".getBytes(UTF_8));
        sub.connect(pub.bind(Transport.INPROC.fresh()));
        assertThat(sub.get(SocketOption.TYPE)).isEqualTo(SocketType.SUB);
        assertThat(sub.get(SocketOption.FD)).isPositive();
        assertThat(pub.get(SocketOption.EVENTS)).containsExactly(PollEvent.OUT);
        assertThat(sub.get(SocketOption.EVENTS)).isEmpty();
        pub.send("a message");
        Deadline.until("it is there", () -> sub.get(SocketOption.EVENTS).contains(PollEvent.IN));
        assertThat(Deadline.text(sub)).isEqualTo("a message");

        sub.set(SocketOption.UNSUBSCRIBE, "a".getBytes(UTF_8));
        Deadline.until("nobody is subscribed", () -> !arrives(pub, sub));
    }

    private static boolean arrives(PubSocket pub, SubSocket sub) {
        pub.send("a message");
        return sub.receiveString(Deadline.GRACE).isPresent();
    }

    @Test
    void shouldRefuseToConflateOnceConnected() {
        PushSocket push = context.push();
        push.connect(Transport.nowhere());
        assertThatThrownBy(() -> push.set(SocketOption.CONFLATE, true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ZMQ_CONFLATE of PUSH")
                .hasMessageContaining("before bind and connect");
    }

    @Test
    void shouldCarryPropertiesToPeers() {
        assumeTrue(Zmq.has(Capability.DRAFT), "a libzmq with drafts");
        PushSocket push = context.push();
        push.set(SocketOption.METADATA, "X-role:worker");
        push.set(SocketOption.METADATA, "X-zone:7");
        PullSocket pull = context.pull();
        push.connect(pull.bind(Transport.TCP.fresh()));
        push.send("x");
        try (Message message = Deadline.receive(pull)) {
            assertThat(message.metadata("X-role")).contains("worker");
            assertThat(message.metadata("X-zone")).contains("7");
        }
    }

    @Test
    void shouldRefuseNumbersThatAreNamedOrThatLibzmqDoesNotHave() {
        PairSocket pair = context.pair();
        for (int number : new int[] {-1, 0, 17, 124}) {
            assertThatThrownBy(() -> SocketOption.ofInt(number))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("option " + number);
            assertThatThrownBy(() -> SocketOption.ofBytes(number))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> pair.set(SocketOption.ofInt(9999), 1))
                .isInstanceOfSatisfying(
                        ZmqException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
                .hasMessageContaining("set option 9999 on PAIR");
        assertThatThrownBy(() -> pair.get(SocketOption.ofBytes(9999)))
                .isInstanceOf(ZmqException.class)
                .hasMessageContaining("get option 9999 on PAIR");
    }

    private static <T> void assertRefused(Socket socket, SocketOption.Settable<T> option, T value) {
        assertThatThrownBy(() -> socket.set(option, value))
                .as("%s = %s", option, value)
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldBeRefusedBySocketsOfOtherTypes() {
        List<Socket> sockets =
                PublicMethods.SOCKETS.stream().map(make -> make.apply(context)).toList();
        for (SocketOption<?> option : options()) {
            for (Socket socket : sockets) {
                if (!option.types().contains(socket.type())) {
                    if (option instanceof SocketOption.Settable<?> settable) {
                        assertRefusedByType(() -> set(socket, settable), option);
                    }
                    if (option instanceof SocketOption.Gettable<?> gettable) {
                        assertRefusedByType(() -> socket.get(gettable), option);
                    }
                }
            }
        }
    }

    private static <T> void set(Socket socket, SocketOption.Settable<T> option) {
        @SuppressWarnings("unchecked") // a sample has the type of the option
        T sample = (T) OptionWalk.sample(option);
        socket.set(option, sample);
    }

    private static void assertRefusedByType(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, SocketOption<?> option) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(option.name() + " is an option of ");
    }

    @Test
    void shouldBeSetWhileBoundAndConnected() {
        PairSocket one = context.pair();
        PairSocket two = context.pair();
        one.connect(two.bind(Transport.INPROC.fresh()));
        two.set(SocketOption.LINGER, Duration.ofMillis(9));
        two.set(SocketOption.RCVTIMEO, Deadline.GRACE);

        assertThat(two.get(SocketOption.LINGER)).isEqualTo(Duration.ofMillis(9));
        one.send("x");
        try (Message message = Message.create()) {
            assertThat(two.receive(message)).isTrue();
            assertThat(message.getString()).isEqualTo("x");
            assertThat(two.receive(message)).as("the time is over").isFalse();
        }
    }

    @Test
    void shouldKeepHighWaterMarksOnceBoundOrConnected() {
        PairSocket one = context.pair();
        PairSocket two = context.pair();
        one.connect(two.bind(Transport.INPROC.fresh()));
        for (PairSocket socket : List.of(one, two)) {
            for (var option : List.of(SocketOption.SNDHWM, SocketOption.RCVHWM)) {
                assertThatThrownBy(() -> socket.set(option, 7))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(option.name())
                        .hasMessageContaining("before bind and connect");
                assertThat(socket.get(option)).isEqualTo(1000);
            }
        }
    }

    @Test
    void shouldHoldTheLongestIdAndTextThereIs() {
        DealerSocket dealer = context.dealer();
        byte[] id = new byte[255];
        Arrays.fill(id, (byte) 0xFF);
        dealer.set(SocketOption.ROUTING_ID, id);
        assertThat(dealer.get(SocketOption.ROUTING_ID)).isEqualTo(id);
        String name = "n".repeat(255);
        dealer.set(SocketOption.PLAIN_USERNAME, name);
        assertThat(dealer.get(SocketOption.PLAIN_USERNAME)).isEqualTo(name);
        dealer.set(SocketOption.ROUTING_ID, "é".getBytes(UTF_8));
        assertThat(dealer.get(SocketOption.ROUTING_ID)).isEqualTo("é".getBytes(UTF_8));
    }

    /** Closing a socket that waits for its next attempt ended the process. */
    @Test
    void shouldSurviveAProxyThatCannotBeReached() {
        try (PushSocket push = context.push()) {
            if (!NativeLibrary.isHardened("socks")) {
                assertThatThrownBy(() -> push.set(SocketOption.SOCKS_PROXY, "127.0.0.1:1"))
                        .isInstanceOf(UnsupportedFeatureException.class)
                        .hasMessageContaining("ZMQ_SOCKS_PROXY");
                return;
            }
            push.set(SocketOption.SOCKS_PROXY, "127.0.0.1:1");
            push.connect(Transport.nowhere());
            assertThat(push.trySend("queued for the connection to come")).isTrue();
        }
        assertThat(context.close(Deadline.LIMIT).terminated()).isTrue();
    }
}
