// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The publisher that sees subscriptions. */
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

    private SubSocket subscriber(String endpoint, String prefix) {
        SubSocket sub = context.sub();
        sub.connect(endpoint);
        sub.subscribe(prefix);
        return sub;
    }
}
