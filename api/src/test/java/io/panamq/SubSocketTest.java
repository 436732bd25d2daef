// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.bindings.NativeLibrary;
import io.panamq.error.ProtocolStateException;
import io.panamq.support.Deadline;
import io.panamq.support.RawPublisher;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests SUB, the subscriber. The publisher is an XPUB, because it sees the subscriptions arrive.
 */
class SubSocketTest extends WithContext {
    private XPubSocket pub;
    private SubSocket sub;

    private void link(Transport transport) {
        pub = context.xpub();
        sub = context.sub();
        sub.connect(pub.bind(transport.fresh()));
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldReceiveOnlyWhatStartsWithAPrefixItSubscribedTo(Transport transport) {
        link(transport);
        sub.subscribe("a");
        assertThat(Deadline.text(pub)).isEqualTo("\1a");
        sub.subscribe("bb".getBytes(StandardCharsets.UTF_8));
        assertThat(Deadline.text(pub)).isEqualTo("\1bb");
        for (String text : new String[] {"b", "a", "", "bbc", "ca", "apple", "bb"}) {
            pub.send(text);
        }

        assertThat(Deadline.text(sub)).isEqualTo("a");
        assertThat(Deadline.text(sub)).isEqualTo("bbc");
        assertThat(Deadline.text(sub)).isEqualTo("apple");
        assertThat(Deadline.text(sub)).isEqualTo("bb");
        assertThat(sub.tryReceive()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldReceiveNothingAfterTheLastUnsubscribe(Transport transport) {
        link(transport);
        sub.subscribe("a");
        sub.subscribe("a");
        assertThat(Deadline.text(pub)).isEqualTo("\1a");
        sub.unsubscribe("a");
        sub.subscribe("end");
        assertThat(Deadline.text(pub)).isEqualTo("\1end");
        pub.send("a, still subscribed once");
        assertThat(Deadline.text(sub)).isEqualTo("a, still subscribed once");

        sub.unsubscribe("a".getBytes(StandardCharsets.UTF_8));
        assertThat(Deadline.text(pub)).isEqualTo("\0a");
        pub.send("a");
        pub.send("end");
        assertThat(Deadline.text(sub)).isEqualTo("end");
    }

    @Test
    void shouldIgnoreAnUnsubscribeFromWhatItNeverSubscribedTo() {
        link(Transport.INPROC);
        sub.unsubscribe("never");
        sub.unsubscribe("");
        sub.subscribeAll();

        assertThat(Deadline.bytes(pub)).isEqualTo(new byte[] {1});
        pub.send("x");
        assertThat(Deadline.text(sub)).isEqualTo("x");
    }

    @Test
    void shouldFilterByTheFirstFrameOnly() {
        link(Transport.TCP);
        sub.subscribe("yes");
        Deadline.bytes(pub);
        Deadline.send(pub, "no", "yes");
        Deadline.send(pub, "yes", "no");

        try (Multipart received = Deadline.multipart(sub)) {
            assertThat(received.getString(0)).isEqualTo("yes");
            assertThat(received.getString(1)).isEqualTo("no");
        }
        assertThat(sub.tryReceive()).isEmpty();
    }

    @Test
    void shouldSubscribeToBinaryAndToLongPrefixes() {
        link(Transport.TCP);
        boolean bundled = Zmq.librarySource().equals("bundled"); // see SubscriptionTest
        for (int length : new int[] {1, 245, 246, 255, 256, bundled ? 70_000 : 512}) {
            if (length > 245 && length < 256 && !NativeLibrary.isHardened("long-topic")) {
                continue; // the stock libzmq 4.3.4 mangles these
            }
            byte[] prefix = new byte[length];
            prefix[length - 1] = (byte) length;
            sub.subscribe(prefix);
            assertThat(Deadline.bytes(pub)).hasSize(length + 1).startsWith((byte) 1);
            pub.send(prefix);
            assertThat(Deadline.bytes(sub)).isEqualTo(prefix);
            sub.unsubscribe(prefix);
            assertThat(Deadline.bytes(pub)).hasSize(length + 1).startsWith((byte) 0);
        }
    }

    @Test
    void shouldNoLongerReceiveAfterDisconnect() {
        pub = context.xpub();
        sub = context.sub();
        String endpoint = pub.bind(Transport.INPROC.fresh());
        sub.connect(endpoint);
        sub.subscribe("a");
        assertThat(Deadline.text(pub)).isEqualTo("\1a");

        sub.disconnect(endpoint);

        Deadline.until(
                "the publisher is told",
                () -> sub.tryReceive().isPresent() || pub.tryReceive().isPresent());
        pub.send("a");
        assertThat(sub.tryReceive()).isEmpty();
    }

    @Test
    void shouldReceiveTheWelcomeMessageOfItsPublisher() {
        pub = context.xpub();
        pub.set(SocketOption.XPUB_WELCOME_MSG, "welcome".getBytes(StandardCharsets.UTF_8));
        sub = context.sub();
        sub.subscribe("w");
        sub.connect(pub.bind(Transport.TCP.fresh()));
        assertThat(Deadline.text(pub)).isEqualTo("\1w");

        assertThat(Deadline.text(sub)).isEqualTo("welcome");
        pub.send("world");
        assertThat(Deadline.text(sub)).isEqualTo("world");
    }

    @Test
    void shouldRefuseMessagesOfSeveralFramesIfItConflates() throws IOException {
        assumeTrue(NativeLibrary.isHardened("fq"), "this libzmq does not survive CONFLATE here");
        sub = context.sub();
        sub.set(SocketOption.CONFLATE, true);
        sub.subscribe("a");
        try (RawPublisher publisher = new RawPublisher()) {
            publisher.accept(sub);
            publisher.sendFirstOfMore('a');
            // The first call fails, and so does each later call: none may reach libzmq again.
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> sub.receive(Deadline.LIMIT))
                        .isInstanceOf(ProtocolStateException.class)
                        .hasMessageContaining("ZMQ_CONFLATE")
                        .hasMessageContaining("close the socket");
            }
            assertThatThrownBy(sub::tryReceive).isInstanceOf(ProtocolStateException.class);
            assertThatThrownBy(sub::tryReceiveMultipart).isInstanceOf(ProtocolStateException.class);
            assertThatThrownBy(sub::receiveBytes).isInstanceOf(ProtocolStateException.class);
        }
    }

    /** libzmq's own limit of 1000 messages counts subscriptions, and drops those that exceed it. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldKeepAllOfManySubscriptions(Transport transport) {
        link(transport);
        int topics = 3000;
        for (int i = 0; i < topics; i++) {
            sub.subscribe("topic " + i);
        }
        for (int i = 0; i < topics; i++) {
            assertThat(Deadline.text(pub)).isEqualTo("\1topic " + i);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "IPC"})
    void shouldSubscribeAgainToAllAfterThePublisherCameBack(Transport transport) {
        link(transport);
        String endpoint = pub.get(SocketOption.LAST_ENDPOINT);
        int topics = 3000;
        for (int i = 0; i < topics; i++) {
            sub.subscribe("topic " + i);
        }
        Deadline.text(pub);
        pub.close();
        XPubSocket next = context.xpub();
        next.bind(endpoint);
        assertThat(sub.receive(Deadline.GRACE)).isEmpty();
        var seen = new java.util.HashSet<String>();
        Deadline.until(
                "all topics",
                () -> {
                    assertThat(sub.tryReceive()).isEmpty();
                    next.tryReceive().ifPresent(frame -> seen.add(text(frame)));
                    return seen.size() == topics;
                });
    }

    private static String text(Message frame) {
        try (frame) {
            return frame.getString();
        }
    }
}
