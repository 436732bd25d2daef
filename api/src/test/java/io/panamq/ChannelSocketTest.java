// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithDrafts;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChannelSocketTest extends WithDrafts {

    @ParameterizedTest
    @MethodSource("endpoints")
    void shouldExchangeMessagesBothWays(String endpoint) {
        ChannelSocket bound = context.channel();
        ChannelSocket connected = context.channel();
        connected.connect(bound.bind(endpoint));
        for (int i = 0; i < 3; i++) {
            assertThat(connected.send("to " + i)).isTrue();
            assertThat(Deadline.text(bound)).isEqualTo("to " + i);
            assertThat(bound.send(Message.of("back " + i))).isTrue();
            assertThat(Deadline.text(connected)).isEqualTo("back " + i);
        }
    }

    @Test
    void shouldTurnASecondPeerAway() {
        ChannelSocket bound = context.channel();
        ChannelSocket first = context.channel();
        String endpoint = bound.bind(Transport.INPROC.fresh());
        first.connect(endpoint);
        first.send("first");
        assertThat(Deadline.text(bound)).isEqualTo("first");
        ChannelSocket second = context.channel();
        second.connect(endpoint);
        boolean ignored = second.trySend("second");

        assertThat(bound.receive(Deadline.GRACE)).isEmpty();
        bound.send("answer");
        assertThat(Deadline.text(first)).isEqualTo("answer");
        assertThat(second.tryReceive()).isEmpty();
    }

    /** The frame did not fit the segment of one call; a send of another thread waits meanwhile. */
    @Test
    void shouldReceiveAKeptFrameWhileASendWaits() {
        ChannelSocket socket = context.channel();
        ChannelSocket peer = context.channel();
        socket.set(SocketOption.SNDHWM, 1);
        peer.set(SocketOption.RCVHWM, 1);
        socket.connect(peer.bind(Transport.INPROC.fresh()));
        peer.send("too long");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment small = arena.allocate(3);
            assertThatThrownBy(() -> socket.bulkReceiver().receive(small, Deadline.LIMIT))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        int sent = 0;
        while (socket.trySend("fill")) {
            sent++;
        }
        Background<Boolean> waiting = Background.blocked(() -> socket.send("last"));

        assertThat(socket.tryReceiveString()).contains("too long");

        for (int i = 0; i < sent; i++) {
            assertThat(Deadline.text(peer)).isEqualTo("fill");
        }
        assertThat(waiting.result()).isTrue();
        assertThat(Deadline.text(peer)).isEqualTo("last");
    }

    /** libzmq would refuse the second peer, but keep its connection waiting. */
    @Test
    void shouldRefuseASecondEndpointThatNobodyHasBound() {
        ChannelSocket channel = context.channel();
        channel.connect(Transport.INPROC.fresh());

        assertThatThrownBy(() -> channel.connect(Transport.INPROC.fresh()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a CHANNEL has one peer");
    }
}
