// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.support.Deadline;
import io.panamq.support.Pattern;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests XSUB, the subscriber that subscribes by sending. */
class XSubSocketTest extends WithContext {
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldSubscribeAndUnsubscribeBySending(Transport transport) {
        XPubSocket pub = context.xpub();
        XSubSocket sub = context.xsub();
        sub.connect(pub.bind(transport.fresh()));
        sub.send("\1a");
        assertThat(Deadline.text(pub)).isEqualTo("\1a");
        pub.send("apple");
        pub.send("banana");
        assertThat(Deadline.text(sub)).isEqualTo("apple");

        sub.send("\0a");
        assertThat(Deadline.text(pub)).isEqualTo("\0a");
        pub.send("another apple");
        sub.send("\1b");
        assertThat(Deadline.text(pub)).isEqualTo("\1b");
        pub.send("blueberry");
        assertThat(Deadline.text(sub)).isEqualTo("blueberry");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldSubscribeAndUnsubscribeByName(Transport transport) {
        XPubSocket pub = context.xpub();
        XSubSocket sub = context.xsub();
        sub.connect(pub.bind(transport.fresh()));
        sub.subscribe("ä");
        assertThat(Deadline.text(pub)).isEqualTo("\1ä");
        sub.subscribe(new byte[0]);
        assertThat(Deadline.bytes(pub)).containsExactly(1);
        pub.send("anything");
        assertThat(Deadline.text(sub)).isEqualTo("anything");

        sub.unsubscribe(new byte[0]);
        assertThat(Deadline.bytes(pub)).containsExactly(0);
        sub.unsubscribe("never subscribed");
        pub.send("nobody wants this");
        pub.send("ä is wanted");
        assertThat(Deadline.text(sub)).isEqualTo("ä is wanted");
        sub.unsubscribe("ä");
        assertThat(Deadline.text(pub)).isEqualTo("\0ä");
        assertThat(pub.tryReceive()).as("nothing of what was never made").isEmpty();
    }

    @Test
    void shouldTellPublishersThatComeLaterWhatItSubscribedTo() {
        XSubSocket sub = context.xsub();
        sub.send("\1early");
        XPubSocket pub = context.xpub();
        sub.connect(pub.bind(Transport.TCP.fresh()));

        assertThat(Deadline.text(pub)).isEqualTo("\1early");
    }

    @Test
    void shouldForwardSubscriptionsAndMessagesBetweenAPublisherAndASubscriber() {
        XSubSocket front = context.xsub();
        XPubSocket back = context.xpub();
        PubSocket pub = context.pub();
        SubSocket sub = context.sub();
        front.connect(pub.bind(Transport.INPROC.fresh()));
        sub.connect(back.bind(Transport.INPROC.fresh()));
        sub.subscribe("a");
        try (Message subscription = Deadline.receive(back)) {
            front.send(subscription);
        }
        Pattern.PUB_XSUB.send(pub, new byte[0]);
        Deadline.until(
                "the subscription reaches the publisher",
                () -> {
                    pub.send("apple");
                    return front.tryReceive()
                            .map(
                                    message -> {
                                        boolean sent = back.send(message);
                                        message.close();
                                        return sent;
                                    })
                            .orElse(false);
                });

        assertThat(Deadline.text(sub)).isEqualTo("apple");
    }

    /** libzmq's own limit of 1000 messages counts subscriptions, and drops those that exceed it. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldKeepAllOfManySubscriptions(Transport transport) {
        XPubSocket xpub = context.xpub();
        XSubSocket xsub = context.xsub();
        xpub.set(SocketOption.XPUB_VERBOSE, true);
        xsub.connect(xpub.bind(transport.fresh()));
        for (int i = 0; i < 3000; i++) {
            xsub.subscribe("topic " + i / 2);
        }
        for (int i = 0; i < 3000; i++) {
            assertThat(Deadline.text(xpub)).isEqualTo("\1topic " + i / 2);
        }
    }
}
