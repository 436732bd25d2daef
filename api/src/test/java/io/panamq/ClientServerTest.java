// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.UnreachablePeerException;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithDrafts;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClientServerTest extends WithDrafts {

    @ParameterizedTest
    @MethodSource("endpoints")
    void shouldAnswerEachClientByItsRoutingId(String endpoint) {
        ServerSocket server = context.server();
        String bound = server.bind(endpoint);
        ClientSocket[] clients = {context.client(), context.client()};
        int[] ids = new int[2];
        for (int i = 0; i < 2; i++) {
            clients[i].connect(bound);
            clients[i].send("from " + i);
            try (Message request = Deadline.receive(server)) {
                assertThat(request.getString()).isEqualTo("from " + i);
                ids[i] = server.routingId(request);
                assertThat(ids[i]).isNotZero();
            }
        }
        assertThat(ids[0]).isNotEqualTo(ids[1]);

        assertThat(server.send(Message.of("to 1"), ids[1])).isTrue();
        assertThat(server.trySend(Message.of("to 0"), ids[0])).isTrue();
        assertThat(server.send(Message.of("more to 0"), ids[0], Deadline.LIMIT)).isTrue();

        assertThat(Deadline.text(clients[0])).isEqualTo("to 0");
        assertThat(Deadline.text(clients[0])).isEqualTo("more to 0");
        assertThat(Deadline.text(clients[1])).isEqualTo("to 1");
    }

    @Test
    void shouldSendAReceivedMessageBack() {
        ServerSocket server = context.server();
        ClientSocket client = connected(server);
        client.send("echo");

        assertThat(server.send(Deadline.receive(server))).isTrue();

        assertThat(Deadline.text(client)).isEqualTo("echo");
    }

    @Test
    void shouldSendBatchesOfAddressedMessages() {
        ServerSocket server = context.server();
        ClientSocket client = connected(server);
        int id = idOf(client, server);
        Message first = Message.of("first");
        Message second = Message.of("second");
        server.setRoutingId(first, id);
        server.setRoutingId(second, id);

        assertThat(server.bulkSender().sendBatch(java.util.List.of(first, second))).isEqualTo(2);

        assertThat(Deadline.text(client)).isEqualTo("first");
        assertThat(Deadline.text(client)).isEqualTo("second");
    }

    @Test
    void shouldRefuseToSendToNobody() {
        ServerSocket server = context.server();
        ClientSocket client = connected(server);
        try (Message message = Message.of("mine")) {
            assertThatThrownBy(() -> server.send(message))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("send(message, routingId)");
            assertThatThrownBy(() -> server.send(message, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("0 is no routing id");
            assertThatThrownBy(() -> server.send("text"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> server.send(new byte[1]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(
                            () ->
                                    server.bulkSender()
                                            .send(java.lang.foreign.MemorySegment.ofArray(
                                                    new byte[1])))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(message.getString()).isEqualTo("mine");
        }
        assertThat(client.tryReceive()).isEmpty();
    }

    @Test
    void shouldTellThatAClientIsGone() {
        ServerSocket server = context.server();
        ClientSocket client = connected(server);
        int id = idOf(client, server);
        client.close();

        try (Message message = Message.of("late")) {
            Deadline.until(
                    "the client is gone",
                    () -> {
                        try (Message copy = message.share()) {
                            // A client that has left counts as full until all is received from it.
                            assertThat(server.tryReceive()).isEmpty();
                            boolean ignored = server.send(copy, id, Duration.ofMillis(10));
                            return false;
                        } catch (UnreachablePeerException e) {
                            return true;
                        }
                    });
            assertThatThrownBy(() -> server.send(message, id))
                    .isInstanceOf(UnreachablePeerException.class);
            assertThat(message.getString()).isEqualTo("late");
        }
    }

    @Test
    void shouldNotWaitForASlowClientWhenAnotherOneHasRoom() {
        ServerSocket server = context.server();
        server.set(SocketOption.SNDHWM, 1);
        ClientSocket slow = context.client();
        slow.set(SocketOption.RCVHWM, 1);
        String endpoint = server.bind(Transport.INPROC.fresh());
        slow.connect(endpoint);
        int id = idOf(slow, server);
        ClientSocket quick = context.client();
        quick.connect(endpoint);
        int quickId = idOf(quick, server);
        boolean room = true;
        for (int i = 0; i < 10 && room; i++) {
            try (Message message = Message.of("fill")) {
                room = server.trySend(message, id);
            }
        }
        assertThat(room).isFalse();
        var blocked =
                io.panamq.support.Background.blocked(() -> server.send(Message.of("blocked"), id));

        assertThat(server.trySend(Message.of("quick"), quickId)).isTrue();
        assertThat(Deadline.text(quick)).isEqualTo("quick");
        assertThat(blocked.isBlocked()).isTrue();

        for (int i = 0; i < 3; i++) {
            Deadline.receive(slow).close();
        }
        assertThat(blocked.result()).isTrue();
    }

    private ClientSocket connected(ServerSocket server) {
        ClientSocket client = context.client();
        client.connect(server.bind(Transport.INPROC.fresh()));
        return client;
    }

    private static int idOf(ClientSocket client, ServerSocket server) {
        client.send("who am I?");
        try (Message message = Deadline.receive(server)) {
            return server.routingId(message);
        }
    }
}
