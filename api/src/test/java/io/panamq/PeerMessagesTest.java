// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import io.panamq.internal.socket.PeerProperties;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import io.panamq.support.WithDrafts;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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

    private static Stream<Arguments> eachOverEachTransport(SocketType... types) {
        return Stream.of(types)
                .flatMap(type -> WithDrafts.endpoints().map(where -> Arguments.of(type, where)));
    }

    static Stream<Arguments> greeting() {
        return eachOverEachTransport(
                SocketType.ROUTER,
                SocketType.DEALER,
                SocketType.SERVER,
                SocketType.CLIENT,
                SocketType.PEER);
    }

    /** Each type greets, whether it is bound or connected. */
    @ParameterizedTest
    @MethodSource("greeting")
    void shouldGreetOfEachTypeThatCan(SocketType type, String endpoint) {
        assumeDrafts();
        for (boolean bound : new boolean[] {true, false}) {
            Socket greeting = context.socket(type);
            PeerMessages.none().withHello(HELLO).applyTo(greeting);
            ReceivingSocket greeted = peerOf(type);
            if (bound) {
                greeted.connect(greeting.bind(endpoint));
            } else {
                greeting.connect(greeted.bind(endpoint));
            }
            assertThat(lastFrame(greeted)).isEqualTo("hello");
            greeting.close();
            greeted.close();
        }
    }

    /** Over inproc the greeting waits for the peer that binds later. */
    @ParameterizedTest
    @EnumSource(names = {"DEALER", "ROUTER", "CLIENT", "SERVER", "PEER"})
    void shouldGreetAPeerThatIsBoundLater(SocketType type) {
        assumeDrafts();
        String endpoint = Transport.INPROC.fresh();
        Socket greeting = context.socket(type);
        greeting.set(SocketOption.SNDHWM, 1);
        PeerMessages.none().withHello(HELLO).applyTo(greeting);
        greeting.connect(endpoint);
        ReceivingSocket greeted = peerOf(type);
        greeted.set(SocketOption.RCVHWM, 1);

        greeted.bind(endpoint);

        assertThat(lastFrame(greeted)).isEqualTo("hello");
    }

    static Stream<Arguments> informed() {
        return eachOverEachTransport(SocketType.SERVER, SocketType.PEER);
    }

    @ParameterizedTest
    @MethodSource("informed")
    void shouldTellTheRoutingIdOfAPeerThatHasGone(SocketType type, String endpoint) {
        assumeDrafts();
        ReceivingSocket server = (ReceivingSocket) context.socket(type);
        PeerMessages.none().withDisconnect(GONE).applyTo(server);
        String bound = server.bind(endpoint);
        Socket leaving = introduced(server, bound);
        int id = nextId(server, "first");
        Socket staying = introduced(server, bound);
        assertThat(nextId(server, "first")).isNotEqualTo(id);

        leaving.close();

        assertThat(nextId(server, "gone")).isEqualTo(id);
        assertThat(server.tryReceive()).as("the other one is there").isEmpty();
        assertThat(staying.isClosed()).isFalse();
    }

    /** Returns a socket that has connected to the other and sent it a first message. */
    private ReceivingSocket introduced(ReceivingSocket server, String endpoint) {
        if (server instanceof PeerSocket) {
            PeerSocket peer = context.peer();
            peer.send(Message.of("first"), peer.connectPeer(endpoint));
            return peer;
        }
        ReceivingSocket client = peerOf(server.type());
        client.connect(endpoint);
        ((SendingSocket) client).send("first");
        return client;
    }

    private static int nextId(ReceivingSocket server, String text) {
        try (Message message = Deadline.receive(server)) {
            assertThat(message.getString()).isEqualTo(text);
            return PeerProperties.routingId(message);
        }
    }

    /** Returns a new socket of the type that the other type talks to. */
    private ReceivingSocket peerOf(SocketType type) {
        return switch (type) {
            case ROUTER -> context.dealer();
            case DEALER -> context.router();
            case SERVER -> context.client();
            case CLIENT -> context.server();
            default -> context.peer();
        };
    }

    private static String lastFrame(ReceivingSocket socket) {
        try (Multipart message = Deadline.multipart(socket)) {
            return message.getString(message.size() - 1);
        }
    }

    /**
     * libzmq wrote the message to a pipe that was none any more: one to a socket that was closed,
     * where the other one had seen that when it looked for messages. It takes some rounds.
     */
    @ParameterizedTest
    @EnumSource(names = {"ROUTER", "SERVER", "PEER"})
    void shouldSurviveASocketThatClosesAfterTheOneToTell(SocketType type) {
        assumeDrafts();
        for (int round = 0; round < 200; round++) {
            ReceivingSocket told = (ReceivingSocket) context.socket(type);
            PeerMessages.none().withDisconnect(GONE).applyTo(told);
            String endpoint = told.bind(Transport.INPROC.fresh());
            ReceivingSocket other = introduced(told, endpoint);
            assertThat(lastFrame(told)).isEqualTo("first");
            told.close();
            for (int looks = round % 5; looks > 0; looks--) {
                assertThat(other.tryReceive()).isEmpty();
            }
            if (round % 2 == 0) {
                Throwable refusal = catchThrowable(() -> other.disconnect(endpoint));
                assertThat(refusal == null || refusal instanceof ZmqException).isTrue();
            }
            other.close();
        }
        assertThat(context.close(Deadline.LIMIT).terminated()).isTrue();
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
