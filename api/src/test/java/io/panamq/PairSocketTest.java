// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests PAIR, one end of an exclusive pair. */
class PairSocketTest extends WithContext {
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldTalkBothWays(Transport transport) {
        PairSocket one = context.pair();
        PairSocket two = context.pair();
        one.connect(two.bind(transport.fresh()));
        for (int i = 0; i < 10; i++) {
            one.send("there " + i);
            two.send("back " + i);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(Deadline.text(two)).isEqualTo("there " + i);
            assertThat(Deadline.text(one)).isEqualTo("back " + i);
        }
    }

    @Test
    void shouldNotTalkToASecondPeer() {
        PairSocket one = context.pair();
        String endpoint = one.bind(Transport.INPROC.fresh());
        PairSocket first = context.pair();
        first.connect(endpoint);
        first.send("first");
        assertThat(Deadline.text(one)).isEqualTo("first");
        PairSocket second = context.pair();
        second.connect(endpoint);
        one.send("to the first");

        assertThat(Deadline.text(first)).isEqualTo("to the first");
        assertThat(second.tryReceive()).isEmpty();
    }

    @Test
    void shouldNotSendWithoutAPeer() {
        PairSocket one = context.pair();

        assertThat(one.trySend("nobody")).isFalse();
        assertThat(one.tryReceive()).isEmpty();
    }

    /** libzmq does not come back to a client that it has refused; the Javadoc says so. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldIgnoreAClientThatCameTooEarlyAndTakeOneThatComesLater(Transport transport) {
        PairSocket server = context.pair();
        String endpoint = server.bind(transport.fresh());
        PairSocket first = context.pair();
        first.connect(endpoint);
        first.send("first");
        assertThat(Deadline.text(server)).isEqualTo("first");
        PairSocket early = context.pair();
        early.connect(endpoint);
        assertThat(early.send("early", Deadline.LIMIT)).isTrue();
        assertThat(server.receiveString(Deadline.GRACE)).isEmpty();
        first.close();

        Optional<String> later = Optional.empty();
        long end = System.nanoTime() + Deadline.LIMIT.toNanos();
        while (later.isEmpty() && System.nanoTime() < end) {
            PairSocket client = context.pair();
            client.connect(endpoint);
            boolean ignored = client.send("later", Deadline.GRACE); // the server may not know yet
            later = server.receiveString(Deadline.GRACE);
        }
        assertThat(later).contains("later");
    }
}
