// SPDX-License-Identifier: Apache-2.0
package io.panamq.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.panamq.Context;
import io.panamq.ContextOption;
import io.panamq.DealerSocket;
import io.panamq.Heartbeat;
import io.panamq.KeepAlive;
import io.panamq.Message;
import io.panamq.MessageArena;
import io.panamq.PeerMessages;
import io.panamq.Reconnect;
import io.panamq.ReconnectStop;
import io.panamq.RetryPolicy;
import io.panamq.RouterSocket;
import io.panamq.SocketOption;
import io.panamq.Subscription;
import io.panamq.error.ZmqException;
import io.panamq.loop.EventLoop;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Gives any values to builders and to the values that set several options: what they take can be
 * set, and is read back; the rest is refused with a text of ours.
 */
class ValuePropertyTest {
    private static Context context;

    @BeforeContainer
    static void open() {
        context = Context.builder().linger(Duration.ZERO).build();
    }

    @AfterContainer
    static void close() {
        assertThat(context.close(Duration.ofSeconds(20)).terminated()).isTrue();
    }

    @Provide
    Arbitrary<Duration> times() {
        Arbitrary<Duration> any =
                Combinators.combine(
                                Arbitraries.longs(), Arbitraries.integers().between(0, 999_999_999))
                        .as(Duration::ofSeconds);
        return Arbitraries.oneOf(
                any,
                Arbitraries.longs().map(Duration::ofNanos),
                Arbitraries.integers().between(-1, 70_000).map(Duration::ofMillis),
                Arbitraries.of(
                        Duration.ZERO,
                        SocketOption.FOREVER,
                        Duration.ofNanos(1),
                        Duration.ofMillis(Integer.MAX_VALUE),
                        Duration.ofMillis(Integer.MAX_VALUE).plusNanos(1),
                        Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                        Duration.ofSeconds(Long.MIN_VALUE)));
    }

    /** Returns whether the call has succeeded; it may only fail with a text of ours. */
    private static boolean isTaken(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        if (thrown != null) {
            assertThat(thrown)
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasNoCause()
                    .message()
                    .isNotBlank();
        }
        return thrown == null;
    }

    /** Options have a unit, such as a second: what is between two units becomes the longer one. */
    private static void assertRounded(Duration set, Duration read) {
        if (set.equals(SocketOption.FOREVER) || read.equals(SocketOption.FOREVER)) {
            assertThat(read).isEqualTo(set);
        } else {
            assertThat(read).isBetween(set, set.plusSeconds(1));
        }
    }

    @Property(tries = 200)
    void shouldSetHeartbeatsOrRefuseThem(
            @ForAll("times") Duration interval,
            @ForAll("times") Duration timeout,
            @ForAll("times") Duration ttl) {
        Heartbeat[] made = new Heartbeat[1];
        if (isTaken(() -> made[0] = new Heartbeat(interval, timeout, ttl))) {
            try (DealerSocket dealer = context.dealer()) {
                made[0].applyTo(dealer);

                assertRounded(interval, dealer.get(SocketOption.HEARTBEAT_IVL));
                assertRounded(timeout, dealer.get(SocketOption.HEARTBEAT_TIMEOUT));
                assertThat(dealer.get(SocketOption.HEARTBEAT_TTL))
                        .isBetween(ttl.minusMillis(100), ttl.plusMillis(100));
            }
        }
    }

    @Property(tries = 200)
    void shouldSetReconnectsOrRefuseThem(
            @ForAll("times") Duration interval,
            @ForAll("times") Duration longest,
            @ForAll ReconnectStop stop) {
        Reconnect[] made = new Reconnect[1];
        if (isTaken(() -> made[0] = Reconnect.every(interval).growingTo(longest))) {
            try (DealerSocket dealer = context.dealer()) {
                made[0].applyTo(dealer);

                assertRounded(interval, dealer.get(SocketOption.RECONNECT_IVL));
                assertRounded(longest, dealer.get(SocketOption.RECONNECT_IVL_MAX));
            }
            assertThat(made[0].stoppingAfter(stop, ReconnectStop.CONN_REFUSED).stopAfter())
                    .contains(stop);
        }
    }

    @Property(tries = 200)
    void shouldSetKeepAlivesOrRefuseThem(
            @ForAll("times") Duration idle, @ForAll("times") Duration interval, @ForAll int count) {
        KeepAlive[] made = new KeepAlive[1];
        if (isTaken(() -> made[0] = new KeepAlive(idle, interval, count))) {
            try (DealerSocket dealer = context.dealer()) {
                made[0].applyTo(dealer);

                assertRounded(idle, dealer.get(SocketOption.TCP_KEEPALIVE_IDLE));
                assertRounded(interval, dealer.get(SocketOption.TCP_KEEPALIVE_INTVL));
                assertThat(dealer.get(SocketOption.TCP_KEEPALIVE_CNT)).isEqualTo(count);
            }
        }
    }

    @Property(tries = 200)
    void shouldKeepRetriesOrRefuseThem(@ForAll int attempts, @ForAll("times") Duration time) {
        RetryPolicy[] made = new RetryPolicy[1];
        boolean taken = isTaken(() -> made[0] = new RetryPolicy(attempts, time));

        assertThat(taken).isEqualTo(attempts > 0 && !time.isNegative());
        assertThat(taken).isEqualTo(made[0] != null);
    }

    @Property(tries = 100)
    void shouldSetAnyPeerMessages(
            @ForAll @Size(max = 300) byte[] hello, @ForAll @Size(max = 300) byte[] gone) {
        PeerMessages messages = PeerMessages.none().withHello(hello).withDisconnect(gone);
        assertThat(messages)
                .isEqualTo(PeerMessages.none().withDisconnect(gone).withHello(hello))
                .hasToString(
                        "PeerMessages[hello %d B, disconnect %d B, hiccup 0 B]",
                        hello.length, gone.length);
        try (RouterSocket router = context.router()) {
            Throwable thrown = catchThrowable(() -> messages.applyTo(router));
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(ZmqException.class); // without drafts
            }
        }
    }

    @Property(tries = 200)
    void shouldBuildAContextOrRefuseTheValue(
            @ForAll int number,
            @ForAll("times") Duration linger,
            @ForAll("times") Duration closeTimeout,
            @ForAll @StringLength(max = 20) String prefix) {
        Context.Builder builder = Context.builder();
        isTaken(() -> builder.maxSockets(number));
        isTaken(() -> builder.batchSize(number));
        isTaken(() -> builder.linger(linger));
        isTaken(() -> builder.closeTimeout(closeTimeout));
        isTaken(() -> builder.set(ContextOption.MAX_MSGSZ, number));
        isTaken(() -> builder.set(ContextOption.THREAD_NAME_PREFIX, prefix));
        if (isTaken(() -> builder.ioThreads(number)) && number > 4) {
            builder.ioThreads(1); // so that the test starts no hundreds of threads
        }

        Throwable thrown =
                catchThrowable(
                        () -> {
                            try (Context made = builder.build();
                                    DealerSocket dealer = made.dealer()) {
                                assertThat(dealer.isClosed()).isFalse();
                            }
                        });
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(ZmqException.class).message().isNotBlank();
        }
    }

    @Property(tries = 100)
    void shouldBuildALoopOrRefuseTheValue(
            @ForAll("times") Duration drain, @ForAll @StringLength(max = 20) String name) {
        EventLoop.Builder builder = EventLoop.builder(context);
        isTaken(() -> builder.drainTimeout(drain));
        isTaken(() -> builder.name(name));

        EventLoop loop = builder.start();
        loop.stopNow();
        loop.close();

        assertThat(loop.isStopped()).isTrue();
    }

    @Property(tries = 200)
    void shouldReadASubscriptionOutOfAnyBytes(@ForAll @Size(max = 300) byte[] bytes) {
        try (Message message = Message.of(bytes)) {
            var found = Subscription.of(message);

            boolean is = bytes.length > 0 && (bytes[0] == 0 || bytes[0] == 1);
            assertThat(found.isPresent()).isEqualTo(is);
            found.ifPresent(
                    subscription -> {
                        assertThat(subscription.subscribes()).isEqualTo(bytes[0] == 1);
                        assertThat(subscription.topic())
                                .isEqualTo(Arrays.copyOfRange(bytes, 1, bytes.length));
                        assertThat(subscription.toString()).startsWith("Subscription[");
                    });
        }
    }

    @Property(tries = 200)
    void shouldAllocateInAnArenaOrRefuseTheSize(
            @ForAll("sizes") long size, @ForAll("sizes") long alignment) {
        try (MessageArena arena = MessageArena.create()) {
            MemorySegment[] made = new MemorySegment[1];
            if (isTaken(() -> made[0] = arena.allocate(size, alignment))) {
                assertThat(made[0].byteSize()).isEqualTo(size);
                assertThat(made[0].address() % alignment).isZero();
                try (Message message = arena.wrap(made[0])) {
                    assertThat(message.size()).isEqualTo(size);
                }
            }
        }
    }

    @Provide
    Arbitrary<Long> sizes() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(-1, 4097),
                Arbitraries.longs().lessOrEqual(0),
                Arbitraries.of(1L, 2L, 4L, 8L, 64L, 4096L));
    }
}
