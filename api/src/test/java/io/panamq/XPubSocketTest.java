// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.bindings.NativeLibrary;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.Waiter;
import io.panamq.support.WithContext;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests XPUB, the publisher that sees subscriptions. */
class XPubSocketTest extends WithContext {
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldSeeSubscriptionsComeAndGo(Transport transport) {
        XPubSocket pub = context.xpub();
        SubSocket sub = context.sub();
        sub.connect(pub.bind(transport.fresh()));
        sub.subscribe("topic");
        assertThat(Deadline.text(pub)).isEqualTo("\1topic");
        sub.unsubscribe("topic");
        assertThat(Deadline.text(pub)).isEqualTo("\0topic");
        sub.subscribe("other");
        assertThat(Deadline.text(pub)).isEqualTo("\1other");

        sub.close();

        assertThat(Deadline.text(pub)).as("a lost subscriber unsubscribes").isEqualTo("\0other");
    }

    /**
     * libzmq took its copy of this message for a shared one, and freed it while it had an owner.
     */
    @Test
    void shouldKeepWhatAnXsubSentWhenItIsShared() {
        assumeTrue(NativeLibrary.isHardened("xpub-flags"), "another libzmq frees it too early");
        XPubSocket pub = context.xpub();
        XSubSocket sub = context.xsub();
        sub.connect(pub.bind(Transport.INPROC.fresh()));
        byte[] content = new byte[200];
        content[0] = 'd'; // not a subscription
        for (int i = 0; i < 100; i++) {
            content[199] = (byte) i;
            try (Message sent = Message.of(content);
                    Message kept = sent.share()) {
                sub.send(sent);
                try (Message received = Deadline.receive(pub)) {
                    received.share().close();
                    // These would get the same memory if it was freed.
                    Message.of(new byte[200]).close();
                    try (Message other = Message.of(new byte[200])) {
                        assertThat(received.getBytes()).isEqualTo(content);
                        assertThat(other.getByte(199)).isZero();
                    }
                }
                assertThat(kept.getBytes()).isEqualTo(content);
            }
        }
    }

    @Test
    void shouldSeeRepeatedSubscriptionsOnlyIfVerbose() {
        for (boolean verbose : new boolean[] {false, true}) {
            XPubSocket pub = context.xpub();
            pub.set(SocketOption.XPUB_VERBOSE, verbose);
            String endpoint = pub.bind(Transport.INPROC.fresh());
            subscriber(endpoint, "a");
            assertThat(Deadline.text(pub)).isEqualTo("\1a");
            SubSocket second = subscriber(endpoint, "a");
            if (verbose) {
                assertThat(Deadline.text(pub)).isEqualTo("\1a");
            }
            second.subscribe("z");
            assertThat(Deadline.text(pub)).isEqualTo("\1z");
        }
    }

    @Test
    void shouldSeeRepeatedUnsubscriptionsIfVerboser() {
        XPubSocket pub = context.xpub();
        pub.set(SocketOption.XPUB_VERBOSER, true);
        String endpoint = pub.bind(Transport.INPROC.fresh());
        SubSocket one = subscriber(endpoint, "a");
        SubSocket two = subscriber(endpoint, "a");
        assertThat(Deadline.text(pub)).isEqualTo("\1a");
        assertThat(Deadline.text(pub)).isEqualTo("\1a");

        one.unsubscribe("a");
        assertThat(Deadline.text(pub)).isEqualTo("\0a");
        two.unsubscribe("a");
        assertThat(Deadline.text(pub)).isEqualTo("\0a");
    }

    @Test
    void shouldReceiveWhatAnXSubSendsBesideSubscriptions() {
        XPubSocket pub = context.xpub();
        XSubSocket sub = context.xsub();
        sub.connect(pub.bind(Transport.TCP.fresh()));
        sub.send("\1a");
        assertThat(Deadline.text(pub)).isEqualTo("\1a");
        sub.send("a message of its own");

        assertThat(Deadline.text(pub)).isEqualTo("a message of its own");
    }

    @Test
    void shouldDeliverWhatDoesNotMatchIfInverted() {
        XPubSocket pub = context.xpub();
        pub.set(SocketOption.INVERT_MATCHING, true);
        SubSocket sub = context.sub();
        sub.set(SocketOption.INVERT_MATCHING, true);
        sub.connect(pub.bind(Transport.INPROC.fresh()));
        sub.subscribe("a");
        assertThat(Deadline.text(pub)).isEqualTo("\1a");
        pub.send("apple");
        pub.send("banana");

        assertThat(Deadline.text(sub)).isEqualTo("banana");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldAwaitSubscribers(Transport transport) {
        XPubSocket pub = context.xpub();
        pub.set(SocketOption.XPUB_VERBOSE, true);
        String endpoint = pub.bind(transport.fresh());
        assertThat(pub.awaitSubscriptions(0, Duration.ZERO)).isTrue();
        assertThat(pub.awaitSubscriptions(1, Duration.ofMillis(1))).isFalse();
        SubSocket one = subscriber(endpoint, "a");
        SubSocket two = subscriber(endpoint, "a");

        assertThat(pub.awaitSubscriptions(2, Deadline.LIMIT)).isTrue();

        pub.send("a message");
        assertThat(Deadline.text(one)).isEqualTo("a message");
        assertThat(Deadline.text(two)).isEqualTo("a message");
    }

    @Test
    void shouldCountThoseWhoGo() {
        XPubSocket pub = context.xpub();
        String endpoint = pub.bind(Transport.INPROC.fresh());
        SubSocket sub = subscriber(endpoint, "a");
        sub.unsubscribe("a");
        sub.subscribe("b");

        assertThat(pub.awaitSubscriptions(2, Duration.ofMillis(50))).isFalse();
    }

    @Test
    void shouldNotAwaitMessagesOfAnotherKind() {
        XPubSocket pub = context.xpub();
        XSubSocket sub = context.xsub();
        sub.connect(pub.bind(Transport.INPROC.fresh()));
        sub.send("\1a");
        sub.send("other");

        assertThatThrownBy(() -> pub.awaitSubscriptions(2, Deadline.LIMIT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("XPUB#1");
        assertThatThrownBy(() -> pub.awaitSubscriptions(-1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private SubSocket subscriber(String endpoint, String prefix) {
        SubSocket sub = context.sub();
        sub.connect(endpoint);
        sub.subscribe(prefix);
        return sub;
    }

    @ParameterizedTest
    @EnumSource(Waiter.class)
    void shouldEndAWaitForSubscribersOnInterruptCloseAndShutdown(Waiter waiter) {
        XPubSocket closed = context.xpub();
        var interrupted = awaiting(waiter, context.xpub());
        var closing = awaiting(waiter, closed);
        var shuttingDown = awaiting(waiter, context.xpub());

        interrupted.thread().interrupt();
        assertThat(interrupted.failure()).isInstanceOf(OperationInterruptedException.class);
        closed.close();
        assertThat(closing.failure()).isInstanceOf(SocketClosedException.class);
        context.shutdown();
        assertThat(shuttingDown.failure()).isInstanceOf(ContextTerminatedException.class);
    }

    private static Background<Boolean> awaiting(Waiter waiter, XPubSocket pub) {
        return waiter.blocked(() -> pub.awaitSubscriptions(1, Deadline.LIMIT.multipliedBy(2)));
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldGoOnCountingAfterAWaitThatWasTooShort(Transport transport) {
        XPubSocket pub = context.xpub();
        String endpoint = pub.bind(transport.fresh());
        subscriber(endpoint, "a");
        assertThat(pub.awaitSubscriptions(1, Deadline.LIMIT)).isTrue();
        subscriber(endpoint, "b");
        assertThat(pub.awaitSubscriptions(2, Duration.ofMillis(50))).isFalse();
        subscriber(endpoint, "c");

        assertThat(pub.awaitSubscriptions(2, Deadline.LIMIT)).isTrue();
        assertThat(pub.awaitSubscriptions(1, Duration.ZERO)).as("none is counted twice").isFalse();
    }

    @Test
    void shouldSeeAnInterruptWhileSubscriptionsAreThere() {
        XPubSocket pub = context.xpub();
        String endpoint = pub.bind(Transport.INPROC.fresh());
        SubSocket sub = subscriber(endpoint, "a");
        sub.subscribe("b");
        sub.subscribe("c");
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> pub.awaitSubscriptions(3, Deadline.LIMIT))
                    .isInstanceOf(OperationInterruptedException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(pub.awaitSubscriptions(3, Deadline.LIMIT)).as("all are counted").isTrue();
    }

    @Test
    void shouldEndInTimeHoweverManySubscriptionsAreThere() {
        XPubSocket pub = context.xpub();
        XSubSocket sub = context.xsub();
        pub.set(SocketOption.RCVHWM, 0);
        sub.set(SocketOption.SNDHWM, 0);
        sub.connect(pub.bind(Transport.INPROC.fresh()));
        for (int i = 0; i < 1_000_000; i++) {
            sub.send(i % 2 == 0 ? "\1a" : "\0a");
        }
        assertThat(pub.awaitSubscriptions(2, Duration.ofMillis(1))).isFalse();
        try (Message left = Message.create()) {
            assertThat(pub.tryReceive(left)).as("it did not look at all").isTrue();
        }
    }
}
