// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.bindings.NativeLibrary;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests an XPUB that answers subscriptions by hand. */
class ManualXPubTest extends WithContext {
    private XPubSocket pub;

    @BeforeEach
    void makeManual() {
        pub = context.xpub();
        if (!NativeLibrary.isHardened("xpub-manual")) {
            for (var option :
                    new SocketOption.WriteOnly<?>[] {
                        SocketOption.XPUB_MANUAL, SocketOption.XPUB_MANUAL_LAST_VALUE
                    }) {
                @SuppressWarnings("unchecked")
                var manual = (SocketOption.WriteOnly<Boolean>) option;
                assertThatThrownBy(() -> pub.set(manual, true))
                        .isInstanceOf(UnsupportedFeatureException.class)
                        .hasMessageContaining("the bundled library is mended");
            }
            assumeTrue(false, "another libzmq is not allowed to");
        }
        pub.set(SocketOption.XPUB_MANUAL, true);
        pub.handOver(); // each test has a thread of its own
    }

    private SubSocket subscriber(String endpoint, String prefix) {
        SubSocket sub = context.sub();
        sub.connect(endpoint);
        sub.subscribe(prefix);
        return sub;
    }

    private Subscription next() {
        return pub.receiveSubscription(Deadline.LIMIT).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldSubscribeNobodyUnlessItSaysSo(Transport transport) {
        SubSocket sub = subscriber(pub.bind(transport.fresh()), "A");
        Subscription wish = next();
        assertThat(wish.topicText()).isEqualTo("A");
        pub.send("A0");

        pub.subscribe(wish.topic());
        pub.send("A1");
        pub.send("B1");
        pub.unsubscribe(wish.topic());
        pub.send("A2");
        pub.subscribe("A");
        pub.send("A3");

        assertThat(Deadline.text(sub)).isEqualTo("A1");
        assertThat(Deadline.text(sub)).isEqualTo("A3");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldSubscribeThePeerOfTheLastMessageOnly(Transport transport) {
        String endpoint = pub.bind(transport.fresh());
        SubSocket first = subscriber(endpoint, "A");
        assertThat(next().subscribes()).isTrue();
        pub.subscribe("A");
        SubSocket second = subscriber(endpoint, "A");
        assertThat(next().subscribes()).as("also the second to a topic is seen").isTrue();
        pub.send("A1");
        pub.subscribe("A");
        pub.send("A2");

        assertThat(Deadline.text(first)).isEqualTo("A1");
        assertThat(Deadline.text(first)).isEqualTo("A2");
        assertThat(Deadline.text(second)).isEqualTo("A2");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldGiveASubscriberAnotherTopicThanItAskedFor(Transport transport) {
        XSubSocket sub = context.xsub(); // a SUB drops what it did not ask for
        sub.connect(pub.bind(transport.fresh()));
        sub.subscribe("A");
        assertThat(next().topicText()).isEqualTo("A");
        byte[] longTopic = "B".repeat(1000).getBytes(StandardCharsets.UTF_8);

        pub.subscribe(longTopic);
        pub.send("A");
        pub.send(longTopic);
        pub.unsubscribe(longTopic);
        pub.send(longTopic);
        pub.subscribe("");
        pub.send(new byte[] {0, (byte) 0xFF});

        assertThat(Deadline.bytes(sub)).isEqualTo(longTopic);
        assertThat(Deadline.bytes(sub)).isEqualTo(new byte[] {0, (byte) 0xFF});
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldDoNothingForASubscriberThatHasGone(Transport transport) {
        String endpoint = pub.bind(transport.fresh());
        SubSocket gone = subscriber(endpoint, "A");
        assertThat(next().subscribes()).isTrue();
        gone.close();
        Deadline.until("the publisher sees it go", () -> pub.tryReceiveSubscription().isPresent());
        pub.subscribe("A");
        pub.unsubscribe("B");
        pub.send("A1");

        SubSocket other = subscriber(endpoint, "A");
        assertThat(next().subscribes()).isTrue();
        pub.subscribe("A");
        pub.send("A2");
        assertThat(Deadline.text(other)).isEqualTo("A2");
    }

    /** Subscribers that go while their subscription is answered must not reach freed memory. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldOutliveSubscribersThatComeAndGo(Transport transport) {
        String endpoint = pub.bind(transport.fresh());
        for (int i = 0; i < 300; i++) {
            SubSocket sub = subscriber(endpoint, "A");
            if (i % 3 != 0) {
                assertThat(next()).isNotNull();
            }
            sub.close();
            pub.send("A" + i); // processes that it goes
            pub.subscribe("A");
            pub.send("A" + i);
        }
        assertThat(pub.isClosed()).isFalse();
    }

    /**
     * libzmq forgot who sent a message that is no subscription, and took later peers for others.
     */
    @Test
    void shouldKnowWhoSubscribesBehindAMessageOfAnotherKind() {
        String endpoint = pub.bind(Transport.INPROC.fresh());
        XSubSocket other = context.xsub();
        other.connect(endpoint);
        other.send("hello");
        SubSocket first = subscriber(endpoint, "A");
        SubSocket second = subscriber(endpoint, "B");
        assertThat(Deadline.text(pub)).isEqualTo("hello");
        pub.subscribe("H"); // for the peer that has said so
        for (String topic : new String[] {"A", "B"}) {
            assertThat(next().topicText()).isEqualTo(topic);
            pub.subscribe(topic);
        }
        pub.send("A1");
        pub.send("B1");
        pub.send("H1");

        assertThat(Deadline.text(first)).isEqualTo("A1");
        assertThat(Deadline.text(second)).isEqualTo("B1");
        assertThat(Deadline.text(other)).isEqualTo("H1");
    }

    @Test
    void shouldSendTheLastValueToTheNewcomerAlone() {
        XPubSocket cache = context.xpub();
        cache.set(SocketOption.XPUB_MANUAL_LAST_VALUE, true);
        String endpoint = cache.bind(Transport.TCP.fresh());
        SubSocket old = subscriber(endpoint, "A");
        assertThat(cache.receiveSubscription(Deadline.LIMIT)).isPresent();
        cache.subscribe("A");
        cache.send("A1");
        SubSocket newcomer = subscriber(endpoint, "A");
        assertThat(cache.receiveSubscription(Deadline.LIMIT)).isPresent();

        cache.subscribe("A");
        cache.send("A1 again");
        cache.send("A2");

        assertThat(Deadline.text(newcomer)).isEqualTo("A1 again");
        assertThat(Deadline.text(newcomer)).isEqualTo("A2");
        assertThat(Deadline.text(old)).isEqualTo("A1");
        assertThat(Deadline.text(old)).isEqualTo("A2");
    }

    @Test
    void shouldBeSetBeforeThereArePeers() {
        XPubSocket late = context.xpub();
        late.bind(Transport.INPROC.fresh());

        assertThatThrownBy(() -> late.set(SocketOption.XPUB_MANUAL, true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before bind and connect");
        assertThatThrownBy(() -> late.set(SocketOption.XPUB_MANUAL_LAST_VALUE, true))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldRefuseToAnswerWhatTakesEffectByItself() {
        XPubSocket plain = context.xpub();
        subscriber(plain.bind(Transport.INPROC.fresh()), "A");
        XPubSocket off = context.xpub();
        off.set(SocketOption.XPUB_MANUAL, true);
        off.set(SocketOption.XPUB_MANUAL, false);

        for (XPubSocket each : new XPubSocket[] {plain, off}) {
            assertThatThrownBy(() -> each.subscribe("A"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("subscribe on " + each)
                    .hasMessageContaining("XPUB_MANUAL");
            assertThatThrownBy(() -> each.unsubscribe("A"))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
