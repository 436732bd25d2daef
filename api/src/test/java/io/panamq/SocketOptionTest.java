// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.bindings.NativeLibrary;
import io.panamq.bindings.libzmq.zmq_h;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import io.panamq.internal.option.OptionCodec;
import io.panamq.support.Deadline;
import io.panamq.support.PublicMethods;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.foreign.Arena;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests all options, which it finds by reflection. */
class SocketOptionTest extends WithContext {
    private static final String KEY = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7";

    /** Legal values for options for which their type alone does not suggest one. */
    private static final Map<SocketOption<?>, Object> SAMPLES =
            Map.ofEntries(
                    Map.entry(SocketOption.TCP_KEEPALIVE, 1),
                    Map.entry(SocketOption.TCP_KEEPALIVE_IDLE, Duration.ofSeconds(7)),
                    Map.entry(SocketOption.TCP_KEEPALIVE_INTVL, Duration.ofSeconds(8)),
                    Map.entry(SocketOption.CURVE_PUBLICKEY, KEY),
                    Map.entry(SocketOption.CURVE_SECRETKEY, KEY),
                    Map.entry(SocketOption.CURVE_SERVERKEY, KEY),
                    Map.entry(SocketOption.HEARTBEAT_TTL, Duration.ofMillis(300)),
                    Map.entry(SocketOption.SOCKS_PROXY, "127.0.0.1:1080"),
                    Map.entry(SocketOption.IN_BATCH_SIZE, 4096),
                    Map.entry(SocketOption.OUT_BATCH_SIZE, 8192));

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

    private Socket fitting(SocketOption<?> option) {
        SocketType type = option.types().iterator().next();
        return PublicMethods.SOCKETS.stream()
                .map(make -> make.apply(context))
                .filter(socket -> socket.type() == type)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldHaveTheNamesAndNumbersOfTheHeaderFile() throws ReflectiveOperationException {
        Set<Integer> numbers = new HashSet<>();
        for (SocketOption<?> option : options()) {
            Object number = zmq_h.class.getMethod(option.name()).invoke(null);
            assertThat(option.number()).as(option.name()).isEqualTo(number);
            assertThat(numbers.add(option.number()))
                    .as("%s is unique", option)
                    .isEqualTo(option != SocketOption.ROUTING_ID_TEXT);
            assertThat(option.types()).isNotEmpty();
        }
        assertThat(numbers).hasSizeGreaterThan(50);
    }

    @Test
    void shouldBeReadAndSetAsTheyAreDeclared() {
        for (SocketOption<?> option : options()) {
            boolean manual = option.name().startsWith("ZMQ_XPUB_MANUAL");
            if (manual && !NativeLibrary.isHardened("xpub-manual")) {
                continue; // see ManualXPubTest
            }
            if (option == SocketOption.SOCKS_PROXY && !NativeLibrary.isHardened("socks")) {
                continue;
            }
            try (Socket socket = fitting(option)) {
                if (option instanceof SocketOption.Gettable<?> gettable) {
                    assertThat((Object) socket.get(gettable)).as(option.name()).isNotNull();
                }
                if (option instanceof SocketOption.Settable<?> settable) {
                    roundTrip(socket, settable);
                }
            } catch (ZmqException e) {
                throw new AssertionError(option.name(), e);
            }
        }
    }

    private static <T> void roundTrip(Socket socket, SocketOption.Settable<T> option) {
        T sample = sample(option);
        socket.set(option, sample);
        if (option instanceof SocketOption.ReadWrite<T> both) {
            assertThat(socket.get(both)).as(option.name()).isEqualTo(sample);
        }
    }

    @SuppressWarnings("unchecked") // the codec has this type
    private static <T> T sample(SocketOption<T> option) {
        Object known = SAMPLES.get(option);
        if (known != null) {
            return (T) known;
        }
        OptionCodec<T> codec = ((TypedOption<T>) option).codec;
        for (Object candidate :
                List.of(true, 17, 17L, Duration.ofMillis(170), "text", new byte[] {1, 2})) {
            if (fits(codec, option, (T) candidate)) {
                return (T) candidate;
            }
        }
        throw new AssertionError("no sample for " + option);
    }

    /** Returns whether the codec accepts a value. A value of another type fails in its cast. */
    private static <T> boolean fits(OptionCodec<T> codec, SocketOption<T> option, T candidate) {
        try (Arena arena = Arena.ofConfined()) {
            codec.check(option.name(), candidate);
            return codec.encode(candidate, arena) != null;
        } catch (ClassCastException e) {
            return false;
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
        assertRefused(pair, SocketOption.PLAIN_USERNAME, "");
        assertRefused(pair, SocketOption.ZAP_DOMAIN, "a\0b");
        assertRefused(pair, SocketOption.CURVE_SERVERKEY, "short");
        assertRefused(pair, SocketOption.CURVE_SERVERKEY, " ".repeat(40));
        for (byte[] id : List.of(new byte[0], new byte[256], new byte[] {0, 1})) {
            assertRefused(dealer, SocketOption.ROUTING_ID, id);
        }
        assertThat(pair.get(SocketOption.SNDHWM)).isEqualTo(1000);
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
        socket.set(option, sample(option));
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
