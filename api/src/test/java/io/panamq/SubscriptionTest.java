// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.error.UnsupportedFeatureException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what an XPUB receives of its subscribers. */
class SubscriptionTest extends WithContext {
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldBeReceivedInThreeForms(Transport transport) {
        XPubSocket pub = context.xpub();
        SubSocket sub = context.sub();
        sub.connect(pub.bind(transport.fresh()));
        assertThat(pub.tryReceiveSubscription()).isEmpty();
        assertThat(pub.receiveSubscription(Duration.ofMillis(1))).isEmpty();
        sub.subscribe("tópic");
        Subscription first = pub.receiveSubscription(Deadline.LIMIT).orElseThrow();
        assertThat(first.subscribes()).isTrue();
        assertThat(first.topicText()).isEqualTo("tópic");
        sub.unsubscribe("tópic");
        pub.handOver();

        Subscription second = Background.start(pub::receiveSubscription).result();

        assertThat(second).isEqualTo(new Subscription(false, first.topic()));
        assertThat(second).isNotEqualTo(first).hasToString("Subscription[unsubscribe 'tópic']");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldHaveTopicsOfAnyLengthAndAnyBytes(Transport transport) {
        XPubSocket pub = context.xpub();
        XSubSocket sub = context.xsub();
        sub.connect(pub.bind(transport.fresh()));
        int longest = Zmq.librarySource().equals("bundled") ? 70_000 : 512;
        for (int length : new int[] {0, 1, 245, 256, longest}) {
            byte[] topic = new byte[length];
            Arrays.fill(topic, (byte) 0xFE);
            sub.subscribe(topic);
            sub.unsubscribe(topic);

            for (boolean subscribes : new boolean[] {true, false}) {
                assertThat(pub.receiveSubscription(Deadline.LIMIT))
                        .contains(new Subscription(subscribes, topic));
            }
        }
    }

    /** A prefix of 246 to 255 bytes made the publisher misread all that came after it. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldLeaveTheOtherSubscriptionsAsTheyAreWhateverTheirLength(Transport transport) {
        assumeTrue(Internals.isHardened("long-topic"), "this libzmq mangles long topics");
        XPubSocket pub = context.xpub();
        SubSocket sub = context.sub();
        sub.subscribe("before");
        sub.connect(pub.bind(transport.fresh()));
        List<byte[]> topics = new ArrayList<>();
        for (int length = 243; length <= 258; length++) {
            byte[] topic = new byte[length];
            Arrays.fill(topic, (byte) length);
            topics.add(topic);
            sub.subscribe(topic);
        }
        sub.subscribe("behind");

        assertThat(nextTopic(pub)).isEqualTo("before".getBytes(UTF_8));
        for (byte[] topic : topics) {
            assertThat(nextTopic(pub)).isEqualTo(topic);
        }
        assertThat(nextTopic(pub)).isEqualTo("behind".getBytes(UTF_8));
        for (byte[] topic : topics) {
            pub.send(topic);
            assertThat(Deadline.bytes(sub)).isEqualTo(topic);
        }
        topics.forEach(sub::unsubscribe);
        for (byte[] topic : topics) {
            assertThat(pub.receiveSubscription(Deadline.LIMIT))
                    .contains(new Subscription(false, topic));
            pub.send(topic);
        }
        for (String other : List.of("before", "behind")) {
            pub.send(other);
            assertThat(Deadline.text(sub)).isEqualTo(other);
        }
    }

    private static byte[] nextTopic(XPubSocket pub) {
        Subscription next = pub.receiveSubscription(Deadline.LIMIT).orElseThrow();
        assertThat(next.subscribes()).isTrue();
        return next.topic();
    }

    /** Taking such a prefix back, or the end of its socket, ended the process; or see above. */
    @ParameterizedTest
    @ValueSource(ints = {246, 255, 513})
    void shouldBeRefusedIfTheLibraryDoesNotBearItsLength(int length) {
        assumeFalse(Zmq.librarySource().equals("bundled"), "the bundled library has no limit");
        assumeTrue(length > 512 || Zmq.version().patch() < 5, "4.3.5 announces it rightly");
        byte[] topic = new byte[length];
        SubSocket sub = context.sub();
        XSubSocket xsub = context.xsub();
        for (byte kind : new byte[] {0, 1}) {
            byte[] frame = Subscription.frame(kind, topic);
            for (ThrowingCallable call :
                    List.<ThrowingCallable>of(
                            () -> sub.subscribe(topic),
                            () -> sub.unsubscribe(topic),
                            () -> xsub.subscribe(topic),
                            () -> xsub.unsubscribe(topic),
                            () -> xsub.send(frame),
                            () -> xsub.send(Message.of(frame)),
                            () -> xsub.send(Multipart.of(new byte[] {'a'}, frame)),
                            () -> xsub.bulkSender().send(MemorySegment.ofArray(frame)),
                            () -> xsub.bulkSender().sendBatch(List.of(Message.of(frame))))) {
                assertThatThrownBy(call)
                        .isInstanceOf(UnsupportedFeatureException.class)
                        .hasMessageContaining("a prefix of " + length + " bytes")
                        .hasMessageContaining("bundled");
            }
        }
        xsub.send(new byte[] {2, 3});
    }

    @Test
    void shouldBeNothingElseThanASubscription() {
        XPubSocket pub = context.xpub();
        XSubSocket sub = context.xsub();
        sub.connect(pub.bind(Transport.INPROC.fresh()));
        for (String other : List.of("", "other", "\2")) {
            try (Message message = Message.of(other)) {
                assertThat(Subscription.of(message)).isEmpty();
            }
            sub.send(other);
            assertThatThrownBy(() -> pub.receiveSubscription(Deadline.LIMIT))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("receiveSubscription on XPUB#1")
                    .hasMessageContaining("no subscription");
        }
        sub.send(Multipart.of("of several", "frames"));
        try (Multipart received = Deadline.multipart(pub)) {
            assertThat(Subscription.of(received.get(0))).isEmpty();
        }
        try (Message message = Message.of("\1topic")) {
            assertThat(Subscription.of(message).orElseThrow().topicText()).isEqualTo("topic");
            assertThat(message.getString()).as("stays the caller's").isEqualTo("\1topic");
        }
        assertThatThrownBy(() -> Subscription.of(Message.create()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldThrowAtOnceIfATimeOutIsSetThatItCouldNotTell() {
        XPubSocket pub = context.xpub();
        pub.set(SocketOption.RCVTIMEO, Duration.ofMillis(1));

        assertThatThrownBy(pub::receiveSubscription)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("receiveSubscription(Duration)");
    }

    @Test
    void shouldCompareKindAndBytes() {
        Subscription one = new Subscription(true, new byte[] {1, 2});

        assertThat(one)
                .isEqualTo(new Subscription(true, new byte[] {1, 2}))
                .hasSameHashCodeAs(new Subscription(true, new byte[] {1, 2}))
                .isNotEqualTo(new Subscription(true, new byte[] {1}))
                .isNotEqualTo(new Subscription(false, new byte[] {1, 2}))
                .hasToString("Subscription[subscribe 0x0102]");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldBeMadeForManyTopicsAtOnce(Transport transport) {
        XPubSocket pub = context.xpub();
        SubSocket sub = context.sub();
        sub.connect(pub.bind(transport.fresh()));
        Set<String> topics = Set.of("a", "b", "");

        sub.subscribe(topics);

        Set<String> received = new HashSet<>();
        for (int i = 0; i < topics.size(); i++) {
            received.add(pub.receiveSubscription(Deadline.LIMIT).orElseThrow().topicText());
        }
        assertThat(received).isEqualTo(topics);
    }

    @Test
    void shouldBeMadeForAllTopicsOrNone() {
        XPubSocket pub = context.xpub();
        SubSocket sub = context.sub();
        sub.connect(pub.bind(Transport.INPROC.fresh()));

        assertThatThrownBy(() -> sub.subscribe(Arrays.asList("a", null)))
                .isInstanceOf(NullPointerException.class);

        sub.subscribe(List.of());
        sub.subscribe("last");
        assertThat(pub.receiveSubscription(Deadline.LIMIT).orElseThrow().topicText())
                .isEqualTo("last");
    }
}
