// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.bindings.NativeLibrary;
import io.panamq.error.Errno;
import io.panamq.error.UnreachablePeerException;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests ROUTER, the server that addresses its peers. */
class RouterSocketTest extends WithContext {
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldAnswerEachPeerUnderTheIdItGave(Transport transport) {
        RouterSocket router = context.router();
        String endpoint = router.bind(transport.fresh());
        DealerSocket[] peers = {context.dealer(), context.dealer(), context.dealer()};
        for (int i = 0; i < peers.length; i++) {
            peers[i].connect(endpoint);
            peers[i].send("peer " + i);
        }
        for (DealerSocket ignored : peers) {
            try (Multipart received = Deadline.multipart(router)) {
                assertThat(received.get(0).size()).as("a made up id").isEqualTo(5);
                assertThat(received.get(0).getByte(0)).isZero();
                Deadline.send(router, received);
                assertThat(received.size()).as("sent frames are gone").isZero();
            }
        }
        for (int i = 0; i < peers.length; i++) {
            assertThat(Deadline.text(peers[i])).isEqualTo("peer " + i);
        }
    }

    /** An id that libzmq made up is no text, and libzmq would drop the message silently. */
    @Test
    void shouldRefuseAnIdThatWasDecodedAsText() {
        RouterSocket router = context.router();
        byte[] id = {0, (byte) 0x80, 1, (byte) 0xFE, 3};
        try (Multipart decoded = Multipart.of(new String(id, UTF_8), "lost")) {
            for (ThrowingCallable send :
                    List.<ThrowingCallable>of(
                            () -> router.send(decoded),
                            () -> router.trySend(decoded),
                            () -> router.bulkSender().send(decoded.toByteArrays()))) {
                assertThatThrownBy(send)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(router.toString())
                        .hasMessageContaining("received as text");
            }
            assertThat(decoded.getString(1)).isEqualTo("lost");
        }
        router.set(SocketOption.ROUTER_MANDATORY, false);
        assertThat(router.send(Multipart.of(id, new byte[1]))).as("as bytes").isTrue();
        assertThat(router.send(Multipart.of("\0text", "\uFFFD"))).as("as it may be").isTrue();
    }

    @Test
    void shouldNameThePeerThatItConnectsToByAText() {
        RouterSocket router = context.router();
        DealerSocket dealer = context.dealer();
        router.connect(dealer.bind(Transport.INPROC.fresh()), "wörker");

        assertThat(router.send(Multipart.of("wörker", "task"))).isTrue();

        assertThat(Deadline.text(dealer)).isEqualTo("task");
        dealer.send("done");
        try (Multipart reply = Deadline.multipart(router)) {
            assertThat(reply.getString(0)).isEqualTo("wörker");
        }
        for (String bad : List.of("", "\0id", "ü".repeat(128))) {
            assertThatThrownBy(() -> context.router().connect(Transport.nowhere(), bad))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldDropWhatNobodyIsThereForIfToldTo() {
        RouterSocket router = context.router();
        router.set(SocketOption.ROUTER_MANDATORY, false);
        router.bind(Transport.INPROC.fresh());

        Deadline.send(router, "nobody", "lost");
    }

    @Test
    void shouldRefuseAnUnknownPeerAndLeaveTheMessageAsItWas() {
        RouterSocket router = context.router();
        String endpoint = router.bind(Transport.INPROC.fresh());
        try (Multipart message = Multipart.of("me", "a", "b")) {
            var view = message.get(2).data();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> router.send(message, Deadline.LIMIT))
                        .isInstanceOfSatisfying(
                                UnreachablePeerException.class,
                                e -> assertThat(e.errno()).isEqualTo(Errno.EHOSTUNREACH))
                        .hasMessageContaining("no peer has this routing id")
                        .hasMessageContaining("still yours");
            }
            assertThat(message.size()).isEqualTo(3);
            assertThat(message.getString(0)).isEqualTo("me");
            assertThat(message.getString(1)).isEqualTo("a");
            assertThat(message.get(2).data()).isSameAs(view);

            DealerSocket dealer = dealer("me", endpoint);
            dealer.send("hello");
            Deadline.multipart(router).close();
            Deadline.send(router, message);

            try (Multipart received = Deadline.multipart(dealer)) {
                assertThat(received.size()).isEqualTo(2);
                assertThat(received.getString(0)).isEqualTo("a");
                assertThat(received.getString(1)).isEqualTo("b");
            }
        }
    }

    /** A peer that was there and has gone is unreachable too, whichever way it went. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldRefuseAPeerThatHasGone(Transport transport) {
        RouterSocket router = context.router();
        DealerSocket dealer = dealer("me", router.bind(transport.fresh()));
        dealer.send("hello");
        Deadline.multipart(router).close();
        dealer.close();

        try (Multipart reply = Multipart.of("me", "reply")) {
            Deadline.until("the peer is unreachable", () -> isUnreachable(router, reply));
            assertThat(reply.getString(1)).as("still the caller's").isEqualTo("reply");
        }
    }

    private static boolean isUnreachable(RouterSocket router, Multipart reply) {
        try {
            if (router.trySend(reply)) {
                reply.add("me").add("reply"); // the router did not know yet
            }
            return false;
        } catch (UnreachablePeerException e) {
            return true;
        }
    }

    /** The peer is there and does not read, which is another outcome than one that is not there. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldTellAFullPeerFromOneThatIsNotThere(Transport transport) {
        RouterSocket router = context.router();
        router.set(SocketOption.SNDHWM, 2);
        String endpoint = router.bind(transport.fresh());
        DealerSocket dealer = context.dealer();
        dealer.set(SocketOption.ROUTING_ID_TEXT, "me");
        dealer.set(SocketOption.RCVHWM, 2);
        dealer.connect(endpoint);
        dealer.send("hello");
        Deadline.multipart(router).close();
        int queued = fill(router, "me");

        if (transport == Transport.INPROC) {
            assertThat(queued).isEqualTo(4);
            assertThat(Zmq.has(Capability.DRAFT) && router.hasRoom("me")).isFalse();
        }
        try (Multipart more = Multipart.of("me", "one too many")) {
            assertThat(router.send(more, Duration.ofMillis(20))).as("no room").isFalse();
            assertThat(more.getString(1)).isEqualTo("one too many");
            router.set(SocketOption.SNDTIMEO, Duration.ofMillis(20));
            assertThat(router.send(more)).isFalse();
            more.set(0, "nobody");
            assertThatThrownBy(() -> router.send(more))
                    .isInstanceOf(UnreachablePeerException.class);
            more.set(0, "me");
            for (int i = 0; i < queued; i++) {
                assertThat(Deadline.bytes(dealer)).hasSize(100_000);
            }
            if (Zmq.has(Capability.DRAFT)) {
                Deadline.until("there is room", () -> router.hasRoom("me"));
            }
            Deadline.send(router, more);
            assertThat(Deadline.text(dealer)).isEqualTo("one too many");
        }
    }

    @Test
    void shouldTellWhetherAPeerHasRoom() {
        RouterSocket router = context.router();
        byte[] nobody = "nobody".getBytes(UTF_8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> router.hasRoom(new byte[256]))
                .withMessage("a routing id has 1 to 255 bytes, and this one 256");
        assertThatIllegalArgumentException().isThrownBy(() -> router.hasRoom(""));
        if (!Zmq.has(Capability.DRAFT)) {
            assertThatThrownBy(() -> router.hasRoom(nobody))
                    .isInstanceOf(UnsupportedFeatureException.class);
            return;
        }
        assertThatThrownBy(() -> router.hasRoom(nobody))
                .isInstanceOf(UnreachablePeerException.class)
                .hasMessageContaining("hasRoom on " + router);

        router.connect(Transport.INPROC.fresh(), nobody);

        assertThat(router.hasRoom(nobody)).isTrue();
    }

    /** Sends until there is no room; returns how many messages that took. */
    private static int fill(RouterSocket router, String peer) {
        byte[] id = peer.getBytes(UTF_8);
        int queued = 0;
        while (router.send(Multipart.of(id, new byte[100_000]), Deadline.GRACE)) {
            queued++;
        }
        return queued;
    }

    @Test
    void shouldDropWhatAFullPeerHasNoRoomForIfToldTo() {
        RouterSocket router = context.router();
        router.set(SocketOption.ROUTER_MANDATORY, false);
        router.set(SocketOption.SNDHWM, 1);
        DealerSocket dealer = context.dealer();
        dealer.set(SocketOption.ROUTING_ID_TEXT, "me");
        dealer.set(SocketOption.RCVHWM, 1);
        dealer.connect(router.bind(Transport.INPROC.fresh()));
        dealer.send("hello");
        Deadline.multipart(router).close();
        for (int i = 0; i < 10; i++) {
            assertThat(router.trySend(Multipart.of("me", "" + i))).isTrue();
        }

        assertThat(Deadline.text(dealer)).isEqualTo("0");
        assertThat(Deadline.text(dealer)).isEqualTo("1");
        assertThat(dealer.tryReceive()).isEmpty();
    }

    @Test
    void shouldRefuseAnIdThatWasReceivedAsText() {
        int refused = 0;
        for (int i = 0; i < 20; i++) {
            // The ids of one ROUTER differ in their last byte, and may all be texts.
            RouterSocket router = context.router();
            String endpoint = router.bind(Transport.INPROC.fresh());
            DealerSocket dealer = context.dealer();
            dealer.connect(endpoint);
            dealer.send("question");
            byte[] id = router.receiveBytes();
            assertThat(router.receiveString()).isEqualTo("question");
            String text = new String(id, UTF_8);
            if (!java.util.Arrays.equals(text.getBytes(UTF_8), id)) {
                try (Multipart reply = Multipart.of(text, "answer")) {
                    assertThatThrownBy(() -> router.send(reply))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("receive ids as bytes");
                }
                refused++;
            }
            router.send(Multipart.of("answer").addFirst(id));
            assertThat(Deadline.text(dealer)).isEqualTo("answer");
        }
        assertThat(refused).as("ids that are no text").isPositive();
    }

    @Test
    void shouldRefuseALoneFrame() {
        RouterSocket router = context.router();
        try (Message message = Message.of("alone");
                Multipart multipart = Multipart.of("alone")) {
            assertRefused(() -> router.send(message));
            assertRefused(() -> router.trySend("alone"));
            assertRefused(() -> router.send("alone".getBytes(UTF_8), Deadline.LIMIT));
            assertRefused(() -> router.bulkSender().send(message.data()));
            assertRefused(() -> router.send(multipart));
            assertThat(message.getString()).isEqualTo("alone");
            assertThat(multipart.size()).isEqualTo(1);
        }
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ROUTER#1 needs the peer's routing id")
                .hasMessageContaining("send a Multipart");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLetANewPeerTakeOverAnIdOnlyIfToldTo(boolean handover) {
        RouterSocket router = context.router();
        router.set(SocketOption.ROUTER_HANDOVER, handover);
        String endpoint = router.bind(Transport.TCP.fresh());
        DealerSocket old = dealer("me", endpoint);
        old.send("old");
        Deadline.multipart(router).close();
        DealerSocket newcomer = dealer("me", endpoint);
        newcomer.send("new");
        if (handover) {
            try (Multipart received = Deadline.multipart(router)) {
                assertThat(received.getString(1)).isEqualTo("new");
            }
        }
        Deadline.send(router, "me", "answer");

        assertThat(Deadline.text(handover ? newcomer : old)).isEqualTo("answer");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldAddressAPeerThatItNamedItself(Transport transport) {
        RouterSocket server = context.router();
        server.set(SocketOption.ROUTING_ID, "server".getBytes(UTF_8));
        String endpoint = server.bind(transport.fresh());
        RouterSocket client = context.router();
        client.set(SocketOption.ROUTING_ID, "client".getBytes(UTF_8));
        client.connect(endpoint, "peer".getBytes(UTF_8));
        Deadline.send(client, "peer", "hello");
        try (Multipart received = Deadline.multipart(server)) {
            assertThat(received.getString(0)).isEqualTo("client");
            assertThat(received.getString(1)).isEqualTo("hello");
        }
        Deadline.send(server, "client", "hello yourself");

        try (Multipart received = Deadline.multipart(client)) {
            assertThat(received.getString(0)).isEqualTo("peer");
            assertThat(received.getString(1)).isEqualTo("hello yourself");
        }
    }

    @Test
    void shouldNameEachPeerOnce() {
        RouterSocket router = context.router();
        byte[] id = {1, 2};
        router.connect(Transport.nowhere(), id);

        assertThatThrownBy(() -> router.connect(Transport.nowhere(), id))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("uses the routing id 0x0102")
                .hasMessageContaining("choose another");
        router.connect(Transport.nowhere(), new byte[] {1, 3});
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldNameAPeerAgainAfterADisconnect(Transport transport) {
        assumeTrue(NativeLibrary.isHardened("routing-id"), "another libzmq could end the process");
        RouterSocket router = context.router();
        router.set(SocketOption.ROUTER_MANDATORY, true);
        DealerSocket dealer = context.dealer();
        String endpoint = dealer.bind(transport.fresh());
        for (int i = 0; i < 20; i++) {
            router.connect(endpoint, "peer");
            Deadline.send(router, "peer", "task " + i);
            assertThat(Deadline.text(dealer)).isEqualTo("task " + i);
            router.disconnect(endpoint);
        }
        router.connect(endpoint, "peer");
        assertThatThrownBy(() -> router.connect(Transport.nowhere(), "peer"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("uses the routing id peer for its peer at " + endpoint)
                .hasMessageContaining("disconnect that first");
    }

    /** The peer has sent what nobody reads, so that its connection cannot end. */
    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "IPC"})
    void shouldNotWaitForRoomAtAPeerThatIsGone(Transport transport) {
        assumeTrue(NativeLibrary.isHardened("gone-peer"), "with another libzmq the send waits");
        RouterSocket router = context.router();
        router.set(SocketOption.ROUTER_MANDATORY, true);
        router.set(SocketOption.SNDHWM, 1);
        DealerSocket dealer = context.dealer();
        dealer.set(SocketOption.ROUTING_ID_TEXT, "peer");
        dealer.set(SocketOption.RCVHWM, 1);
        dealer.connect(router.bind(transport.fresh()));
        dealer.send("first");
        try (Multipart first = Deadline.multipart(router)) {
            assertThat(first.getString(0)).isEqualTo("peer");
        }
        dealer.send("unread");
        String content = "x".repeat(1_000_000);
        Deadline.until("the queue is full", () -> !trySend(router, content));
        dealer.close();
        assertThatThrownBy(
                        () -> {
                            try (Multipart message = Multipart.of("peer", content)) {
                                router.send(message, Deadline.LIMIT);
                            }
                        })
                .isInstanceOf(UnreachablePeerException.class);
    }

    private static boolean trySend(RouterSocket router, String content) {
        try (Multipart message = Multipart.of("peer", content)) {
            return router.trySend(message);
        }
    }

    @Test
    void shouldNotNamePeersOnceOthersMayHaveNamedThemselves() {
        RouterSocket bound = context.router();
        bound.bind(Transport.INPROC.fresh());
        RouterSocket connected = context.router();
        connected.connect(Transport.nowhere());

        for (RouterSocket router : new RouterSocket[] {bound, connected}) {
            assertThatThrownBy(() -> router.connect(Transport.nowhere(), new byte[] {1}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("make all named connections first");
        }
    }

    @Test
    void shouldRefuseAnIdThatLibzmqKeepsForItselfOrIsTooLong() {
        RouterSocket router = context.router();
        for (byte[] id : new byte[][] {{}, {0, 1}, new byte[256]}) {
            assertThatThrownBy(() -> router.connect(Transport.nowhere(), id))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 255 bytes");
        }
        byte[] longest = new byte[255];
        longest[0] = 1;
        router.connect(Transport.nowhere(), longest);
    }

    private DealerSocket dealer(String id, String endpoint) {
        DealerSocket dealer = context.dealer();
        dealer.set(SocketOption.ROUTING_ID, id.getBytes(UTF_8));
        dealer.connect(endpoint);
        return dealer;
    }
}
