// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.error.UnsupportedFeatureException;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeerMessagesTest extends WithContext {
    private static final byte[] HELLO = "hello".getBytes(UTF_8);
    private static final byte[] GONE = "gone".getBytes(UTF_8);

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldGreetEachNewPeer(Transport transport) {
        assumeDrafts();
        RouterSocket server = context.router();
        PeerMessages.none().withHello(HELLO).applyTo(server);
        String endpoint = server.bind(transport.fresh());
        for (int i = 0; i < 2; i++) {
            DealerSocket client = context.dealer();
            client.connect(endpoint);
            assertThat(Deadline.text(client)).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldTellOfAPeerThatHasGone(Transport transport) {
        assumeDrafts();
        RouterSocket server = context.router();
        PeerMessages.none().withDisconnect(GONE).applyTo(server);
        DealerSocket client = context.dealer();
        client.set(SocketOption.ROUTING_ID_TEXT, "client");
        client.connect(server.bind(transport.fresh()));
        client.send("last words");
        try (Multipart last = Deadline.multipart(server)) {
            assertThat(last).extracting(Message::getString).containsExactly("client", "last words");
        }
        client.close();

        try (Multipart gone = Deadline.multipart(server)) {
            assertThat(gone).extracting(Message::getString).containsExactly("client", "gone");
        }
    }

    /** The frame of ROUTER_NOTIFY is empty. */
    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "IPC"})
    void shouldNotifyOfPeersThatComeAndGo(Transport transport) {
        assumeDrafts();
        RouterSocket server = context.router();
        server.set(SocketOption.ROUTER_NOTIFY, java.util.Set.of(RouterNotify.values()));
        DealerSocket client = context.dealer();
        client.set(SocketOption.ROUTING_ID_TEXT, "client");
        client.connect(server.bind(transport.fresh()));
        for (String what : new String[] {"came", "went"}) {
            try (Multipart notice = Deadline.multipart(server)) {
                assertThat(notice)
                        .as(what)
                        .extracting(Message::getString)
                        .containsExactly("client", "");
            }
            client.close();
        }
    }

    @Test
    void shouldApplyNothingIfNothingIsThere() {
        PeerMessages.none().applyTo(context.pull()); // which has none of the options
        PeerMessages.none().withHello(new byte[0]).applyTo(context.pull());
        assertThat(PeerMessages.none().withHello(HELLO))
                .isEqualTo(PeerMessages.none().withHello(HELLO.clone()))
                .isNotEqualTo(PeerMessages.none().withDisconnect(HELLO))
                .hasSameHashCodeAs(PeerMessages.none().withHello(HELLO))
                .hasToString("PeerMessages[hello 5 B, disconnect 0 B, hiccup 0 B]");
    }

    @Test
    void shouldRefuseSocketsThatHaveNoSuchMessage() {
        assertThatThrownBy(() -> PeerMessages.none().withDisconnect(GONE).applyTo(context.dealer()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ZMQ_DISCONNECT_MSG is an option of [ROUTER");
        assertThatThrownBy(() -> PeerMessages.none().withHiccup(null))
                .isInstanceOf(NullPointerException.class);
        assumeTrue(Zmq.version().patch() < 5, "libzmq before 4.3.5");
        assertThatThrownBy(() -> PeerMessages.none().withHiccup(GONE).applyTo(context.dealer()))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("came with libzmq 4.3.5")
                .hasMessageContaining("is older than the option");
    }

    private static void assumeDrafts() {
        assumeTrue(Zmq.has(Capability.DRAFT), "a libzmq with drafts");
    }
}
