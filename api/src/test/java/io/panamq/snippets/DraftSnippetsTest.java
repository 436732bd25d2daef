// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.ChannelSocket;
import io.panamq.ClientSocket;
import io.panamq.DatagramSocket;
import io.panamq.DishSocket;
import io.panamq.Message;
import io.panamq.PeerSocket;
import io.panamq.RadioSocket;
import io.panamq.ScatterSocket;
import io.panamq.ServerSocket;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithDrafts;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Runs the examples of the pages of draft socket types. */
class DraftSnippetsTest extends WithDrafts {
    private final String endpoint = Transport.INPROC.fresh();

    @Test
    void shouldAskAServerOfManyThreads() {
        ServerSocket server = context.server();
        try (var pool = Executors.newCachedThreadPool()) {
            DraftSnippets.server(server, pool, endpoint);
            for (int i = 0; i < 2; i++) {
                ClientSocket client = context.client();
                assertThat(SnippetsTest.outputOf(() -> DraftSnippets.client(client, endpoint)))
                        .containsExactly("you said hello");
            }
        }
    }

    @Test
    void shouldPublishToAGroup() {
        RadioSocket radio = context.radio();
        DishSocket dish = context.dish();
        DraftSnippets.radio(radio, endpoint);
        Background<Void> sender =
                Background.run(
                        () -> {
                            while (!dish.isClosed()) {
                                radio.send("weather", Message.of("sunny"));
                            }
                        });

        assertThat(SnippetsTest.outputOf(() -> DraftSnippets.dish(dish, endpoint)))
                .containsExactly("weather: sunny");
        dish.close();
        sender.result();
    }

    @Test
    void shouldShareWorkOut() {
        ScatterSocket scatter = context.scatter();
        Background<Void> sender =
                Background.run(() -> DraftSnippets.scatter(scatter, endpoint, List.of("task")));

        assertThat(DraftSnippets.gather(context.gather(), endpoint)).isEqualTo("task");
        sender.result();
    }

    @Test
    void shouldExchangeMessagesWithOneOther() {
        ChannelSocket other = context.channel();
        other.bind(endpoint);
        Background<Void> sender = Background.run(() -> other.send("welcome"));

        assertThat(
                        SnippetsTest.outputOf(
                                () -> DraftSnippets.channel(context.channel(), endpoint)))
                .containsExactly("welcome");
        assertThat(Deadline.text(other)).isEqualTo("ready");
        sender.result();
    }

    @Test
    void shouldSendToAPeerByItsId() {
        PeerSocket other = context.peer();
        other.bind(endpoint);
        Background<Void> echo =
                Background.run(
                        () -> {
                            Message message = Deadline.receive(other);
                            other.send(message);
                        });

        assertThat(SnippetsTest.outputOf(() -> DraftSnippets.peer(context.peer(), endpoint)))
                .containsExactly("hello");
        echo.result();
    }

    @Test
    void shouldAnswerADatagram() throws IOException {
        requireUdp();
        int port = freeUdpPort();
        DatagramSocket datagram = context.datagram();
        Background<Void> server =
                Background.run(() -> DraftSnippets.datagram(datagram, "udp://127.0.0.1:" + port));
        try (var client = new java.net.DatagramSocket()) {
            client.setSoTimeout(50);
            byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);
            var answer = new DatagramPacket(new byte[100], 100);
            Deadline.until(
                    "an answer",
                    () -> {
                        try {
                            client.send(
                                    new DatagramPacket(
                                            hello,
                                            hello.length,
                                            InetAddress.getLoopbackAddress(),
                                            port));
                            client.receive(answer);
                            return true;
                        } catch (IOException e) {
                            return false; // it is not bound yet
                        }
                    });
            assertThat(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8))
                    .isEqualTo("you said hello");
        }
        server.result();
    }
}
