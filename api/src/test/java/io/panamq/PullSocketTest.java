// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests PULL, the end of a pipeline. */
class PullSocketTest extends WithContext {
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldReceiveFromAllItsPeers(Transport transport) {
        PullSocket pull = context.pull();
        String endpoint = pull.bind(transport.fresh());
        for (int peer = 0; peer < 3; peer++) {
            PushSocket push = context.push();
            push.connect(endpoint);
            for (int i = 0; i < 50; i++) {
                push.send("from " + peer);
            }
        }
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 150; i++) {
            counts.merge(Deadline.text(pull), 1, Integer::sum);
        }

        assertThat(counts).isEqualTo(Map.of("from 0", 50, "from 1", 50, "from 2", 50));
    }

    @Test
    void shouldKeepTheFramesOfAMessageTogether() {
        PullSocket pull = context.pull();
        String endpoint = pull.bind(Transport.INPROC.fresh());
        for (int peer = 0; peer < 2; peer++) {
            PushSocket push = context.push();
            push.connect(endpoint);
            for (int i = 0; i < 20; i++) {
                Deadline.send(push, "a" + peer, "b" + peer, "c" + peer);
            }
        }

        for (int i = 0; i < 40; i++) {
            try (Multipart whole = Deadline.multipart(pull)) {
                String peer = whole.getString(0).substring(1);
                assertThat(whole.size()).isEqualTo(3);
                assertThat(whole.getString(1)).isEqualTo("b" + peer);
                assertThat(whole.getString(2)).isEqualTo("c" + peer);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldKeepOnlyTheLastMessageIfItConflates(Transport transport) {
        PullSocket pull = context.pull();
        pull.set(SocketOption.CONFLATE, true);
        PushSocket push = context.push();
        if (transport == Transport.INPROC) {
            // Over inproc there is only one queue, and the connecting side decides about it.
            push.set(SocketOption.CONFLATE, true);
        }
        push.connect(pull.bind(transport.fresh()));
        for (int i = 0; i < 100; i++) {
            push.send("message " + i);
        }
        String last = "";
        int received = 0;
        while (!last.equals("message 99")) {
            last = Deadline.text(pull);
            received++;
        }

        assertThat(received).isLessThanOrEqualTo(100);
        assertThat(pull.tryReceive()).isEmpty();
        if (transport == Transport.INPROC) {
            assertThat(received).as("nothing is in between over inproc").isEqualTo(1);
        }
    }

    @Test
    void shouldDisconnectAPeerWhoseMessageIsTooLong() {
        PullSocket pull = context.pull();
        pull.set(SocketOption.MAXMSGSIZE, 100L);
        PushSocket push = context.push();
        push.connect(pull.bind(Transport.TCP.fresh()));
        push.send(new byte[100]);
        push.send(new byte[101]);
        push.send("after the reconnect");

        assertThat(Deadline.bytes(pull)).hasSize(100);
        // The long message ends the connection, with everything behind it. It is never delivered.
        Deadline.until(
                "a message of the next connection",
                () -> {
                    push.trySend("after the reconnect");
                    return pull.tryReceive()
                            .map(
                                    message -> {
                                        assertThat(message.getString())
                                                .isEqualTo("after the reconnect");
                                        message.close();
                                        return true;
                                    })
                            .orElse(false);
                });
    }
}
