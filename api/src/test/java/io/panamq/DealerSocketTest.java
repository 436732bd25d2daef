// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests DEALER, a client that does not have to take turns. */
class DealerSocketTest extends WithContext {
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldTalkToARouterUnderItsRoutingId(Transport transport) {
        RouterSocket router = context.router();
        DealerSocket dealer = context.dealer();
        dealer.set(SocketOption.ROUTING_ID, "me".getBytes(StandardCharsets.UTF_8));
        dealer.connect(router.bind(transport.fresh()));
        dealer.send("one");
        dealer.send("two");
        for (String text : new String[] {"one", "two"}) {
            try (Multipart received = Deadline.multipart(router)) {
                assertThat(received.size()).isEqualTo(2);
                assertThat(received.getString(0)).isEqualTo("me");
                assertThat(received.getString(1)).isEqualTo(text);
            }
        }
        Deadline.send(router, "me", "a", "b");

        try (Multipart received = Deadline.multipart(dealer)) {
            assertThat(received.size()).isEqualTo(2);
            assertThat(received.getString(0)).isEqualTo("a");
            assertThat(received.getString(1)).isEqualTo("b");
        }
    }

    @Test
    void shouldSendAndReceiveAtAnyTime() {
        DealerSocket one = context.dealer();
        DealerSocket two = context.dealer();
        one.connect(two.bind(Transport.INPROC.fresh()));
        assertThat(one.tryReceive()).isEmpty();
        one.send("1");
        one.send("2");
        two.send("3");
        two.send("4");

        assertThat(Deadline.text(one)).isEqualTo("3");
        assertThat(Deadline.text(two)).isEqualTo("1");
        assertThat(Deadline.text(two)).isEqualTo("2");
        assertThat(Deadline.text(one)).isEqualTo("4");
    }

    @Test
    void shouldDealItsMessagesInTurn() {
        DealerSocket dealer = context.dealer();
        RepSocket[] servers = {context.rep(), context.rep()};
        for (RepSocket server : servers) {
            dealer.connect(server.bind(Transport.INPROC.fresh()));
        }
        Deadline.send(dealer, "", "for one");
        Deadline.send(dealer, "", "for the other");

        assertThat(Deadline.text(servers[0])).isEqualTo("for one");
        assertThat(Deadline.text(servers[1])).isEqualTo("for the other");
    }

    @Test
    void shouldRefuseToSendSeveralFramesIfItConflates() {
        DealerSocket dealer = context.dealer();
        dealer.set(SocketOption.CONFLATE, true);
        try (Multipart two = Multipart.of("a", "b")) {
            assertThatThrownBy(() -> dealer.send(two))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ZMQ_CONFLATE");
            assertThat(two.size()).isEqualTo(2);
        }
    }

    @Test
    void shouldGreetARouterIfToldToProbe() {
        RouterSocket router = context.router();
        DealerSocket dealer = context.dealer();
        dealer.set(SocketOption.PROBE_ROUTER, true);
        dealer.set(SocketOption.ROUTING_ID, "me".getBytes(StandardCharsets.UTF_8));
        dealer.connect(router.bind(Transport.TCP.fresh()));

        try (Multipart greeting = Deadline.multipart(router)) {
            assertThat(greeting.size()).isEqualTo(2);
            assertThat(greeting.getString(0)).isEqualTo("me");
            assertThat(greeting.get(1).size()).isZero();
        }
        Deadline.send(router, "me", "hello");
        assertThat(Deadline.text(dealer)).isEqualTo("hello");
    }
}
