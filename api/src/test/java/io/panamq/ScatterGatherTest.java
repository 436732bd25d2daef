// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithDrafts;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScatterGatherTest extends WithDrafts {

    @ParameterizedTest
    @MethodSource("endpoints")
    void shouldShareMessagesOutInTurn(String endpoint) {
        ScatterSocket scatter = context.scatter();
        scatter.set(SocketOption.IMMEDIATE, true);
        GatherSocket[] gathers = {context.gather(), context.gather()};
        String bound = scatter.bind(endpoint);
        for (GatherSocket gather : gathers) {
            gather.connect(bound);
        }
        Set<GatherSocket> reached = new HashSet<>();
        Deadline.until(
                "both workers are connected",
                () -> {
                    boolean ignored = scatter.trySend("probe");
                    for (GatherSocket gather : gathers) {
                        if (gather.tryReceiveString().isPresent()) {
                            reached.add(gather);
                        }
                    }
                    return reached.size() == 2;
                });
        drain(scatter, gathers);

        for (int i = 0; i < 10; i++) {
            assertThat(scatter.send("task " + i)).isTrue();
        }

        Set<String> received = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            received.add(Deadline.text(gathers[0]));
            received.add(Deadline.text(gathers[1]));
        }
        assertThat(received).hasSize(10).contains("task 0", "task 9");
    }

    /** Sends a mark to each worker, and receives what came before. */
    private static void drain(ScatterSocket scatter, GatherSocket... gathers) {
        scatter.send("mark");
        scatter.send("mark");
        for (GatherSocket gather : gathers) {
            while (!Deadline.text(gather).equals("mark")) {
                assertThat(gather.isClosed()).isFalse();
            }
        }
    }

    @Test
    void shouldTellThatThereIsNoRoom() {
        ScatterSocket scatter = context.scatter();
        assertThat(scatter.trySend("nobody is there")).isFalse();
        scatter.set(SocketOption.SNDHWM, 2);
        GatherSocket gather = context.gather();
        gather.set(SocketOption.RCVHWM, 2);
        gather.connect(scatter.bind(Transport.INPROC.fresh()));

        // A send without waiting sees a new peer about a millisecond later.
        Deadline.until("the peer is there", () -> scatter.trySend("task 0"));
        int sent = 1;
        while (sent < 100 && scatter.trySend("task " + sent)) {
            sent++;
        }

        assertThat(sent).isEqualTo(4);
        for (int i = 0; i < sent; i++) {
            assertThat(Deadline.text(gather)).isEqualTo("task " + i);
        }
        assertThat(scatter.send("again", Deadline.LIMIT)).isTrue();
    }
}
