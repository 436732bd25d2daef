// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.UnreachablePeerException;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithDrafts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PeerSocketTest extends WithDrafts {

    @ParameterizedTest
    @MethodSource("endpoints")
    void shouldChooseThePeerThatAMessageIsFor(String endpoint) {
        PeerSocket center = context.peer();
        String bound = center.bind(endpoint);
        PeerSocket[] others = {context.peer(), context.peer()};
        int[] toCenter = new int[2];
        int[] toOther = new int[2];
        for (int i = 0; i < 2; i++) {
            toCenter[i] = others[i].connectPeer(bound);
            assertThat(toCenter[i]).isNotZero();
            assertThat(others[i].send(Message.of("hello " + i), toCenter[i])).isTrue();
            try (Message hello = Deadline.receive(center)) {
                assertThat(hello.getString()).isEqualTo("hello " + i);
                toOther[i] = center.routingId(hello);
            }
        }

        assertThat(center.trySend(Message.of("to 1"), toOther[1])).isTrue();
        assertThat(center.send(Message.of("to 0"), toOther[0], Deadline.LIMIT)).isTrue();

        for (int i = 0; i < 2; i++) {
            try (Message message = Deadline.receive(others[i])) {
                assertThat(message.getString()).isEqualTo("to " + i);
                assertThat(others[i].routingId(message)).isEqualTo(toCenter[i]);
                others[i].setRoutingId(message, toCenter[i]);
            }
        }
    }

    @Test
    void shouldConnectToManyPeers() {
        PeerSocket hub = context.peer();
        PeerSocket one = context.peer();
        PeerSocket two = context.peer();
        int first = hub.connectPeer(one.bind(Transport.INPROC.fresh()));
        int second = hub.connectPeer(two.bind(Transport.TCP.fresh()));

        hub.send(Message.of("two"), second);
        hub.send(Message.of("one"), first);

        assertThat(Deadline.text(one)).isEqualTo("one");
        assertThat(Deadline.text(two)).isEqualTo("two");
    }

    @Test
    void shouldSendToAPeerThatIsNotThereYet() {
        PeerSocket early = context.peer();
        String endpoint = Transport.INPROC.fresh();
        int id = early.connectPeer(endpoint);
        assertThat(early.trySend(Message.of("early"), id)).isTrue();
        PeerSocket late = context.peer();
        late.bind(endpoint);

        assertThat(Deadline.text(late)).isEqualTo("early");
    }

    @Test
    void shouldRefuseWhatCannotWork() {
        PeerSocket peer = context.peer();
        assertThatThrownBy(() -> peer.connectPeer("tcp://127.0.0.1:70000"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> peer.send("text")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> peer.send(Message.of("text"), 5))
                .isInstanceOf(UnreachablePeerException.class);
        ClientSocket client = context.client();
        String endpoint = client.bind(Transport.INPROC.fresh());
        assertThatThrownBy(() -> peer.connectPeer(endpoint))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PEER talks to PEER");
        peer.set(SocketOption.IMMEDIATE, true);
        assertThatThrownBy(() -> peer.connectPeer(Transport.INPROC.fresh()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ZMQ_IMMEDIATE");
    }
}
