// SPDX-License-Identifier: Apache-2.0
package io.panamq.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Capability;
import io.panamq.Context;
import io.panamq.DealerSocket;
import io.panamq.Endpoint;
import io.panamq.Message;
import io.panamq.MonitorEvent;
import io.panamq.Multipart;
import io.panamq.PollEvent;
import io.panamq.PubSocket;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import io.panamq.RouterSocket;
import io.panamq.SocketMonitor;
import io.panamq.SocketOption;
import io.panamq.StreamSocket;
import io.panamq.SubSocket;
import io.panamq.XPubSocket;
import io.panamq.Zmq;
import io.panamq.error.UnreachablePeerException;
import io.panamq.error.ZmqException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the socket types do with messages and peers. */
class SocketConformanceTest extends WithContext {
    // ---- options

    @Test
    void shouldMarkItsTrafficDifferentlyFromOthers() {
        RepSocket rep = context.rep();
        rep.set(SocketOption.TOS, 0x28);
        ReqSocket req = context.req();
        req.set(SocketOption.TOS, 0x58);
        req.connect(rep.bind(Transport.TCP.fresh()));
        assertThat(rep.get(SocketOption.TOS)).isEqualTo(0x28);
        assertThat(req.get(SocketOption.TOS)).isEqualTo(0x58);

        req.send("marked");
        assertThat(Deadline.text(rep)).isEqualTo("marked");
    }

    @Test
    void shouldKeepTheSizesOfTheBuffersOfTheKernel() {
        PushSocket push = context.push();
        assertThat(push.get(SocketOption.SNDBUF)).isEqualTo(-1);
        assertThat(push.get(SocketOption.RCVBUF)).isEqualTo(-1);
        push.set(SocketOption.SNDBUF, 16_384);
        push.set(SocketOption.RCVBUF, 8_192);

        assertThat(push.get(SocketOption.SNDBUF)).isEqualTo(16_384);
        assertThat(push.get(SocketOption.RCVBUF)).isEqualTo(8_192);
        PullSocket pull = context.pull();
        push.connect(pull.bind(Transport.TCP.fresh()));
        push.send("through small buffers");
        assertThat(Deadline.text(pull)).isEqualTo("through small buffers");
    }

    @Test
    void shouldTellThePeerItsOwnProperties() {
        assumeTrue(Zmq.has(Capability.DRAFT), "ZMQ_METADATA is a draft");
        PullSocket pull = context.pull();
        PushSocket push = context.push();
        push.set(SocketOption.METADATA, "X-hello:hello");
        push.set(SocketOption.METADATA, "X-connection:primary");
        push.connect(pull.bind(Transport.TCP.fresh()));
        push.send("with properties");

        try (Message message = Deadline.receive(pull)) {
            assertThat(message.metadata("X-hello")).contains("hello");
            assertThat(message.metadata("X-connection")).contains("primary");
            assertThat(message.metadata("X-foobar")).isEmpty();
        }
        for (String bad :
                new String[] {"hello", "hello:", ":hello", "X-" + "a".repeat(254) + ":b"}) {
            assertThatThrownBy(() -> push.set(SocketOption.METADATA, bad))
                    .as(bad)
                    .isInstanceOfAny(IllegalArgumentException.class, ZmqException.class);
        }
    }

    // ---- subscriptions

    @Test
    void shouldSeeTheUnsubscriptionOfOneThatDisconnects() {
        XPubSocket xpub = context.xpub();
        SubSocket sub = context.sub();
        sub.subscribe("topic");
        String endpoint = xpub.bind(Transport.INPROC.fresh());
        sub.connect(endpoint);
        assertThat(Deadline.text(xpub)).isEqualTo("\1topic");
        xpub.send("topic 1");
        assertThat(Deadline.text(sub)).isEqualTo("topic 1");

        sub.disconnect(endpoint);

        // libzmq ends the connection in calls of both sockets.
        Deadline.until(
                "unsubscribed",
                () -> {
                    assertThat(sub.tryReceive()).isEmpty();
                    return xpub.tryReceiveString().filter("\0topic"::equals).isPresent();
                });
        xpub.send("topic 2");
        assertThat(sub.receive(Deadline.GRACE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldDeliverABurstOfAsManyAsTheHighWaterMarkTwice(Transport transport) {
        int mark = 200;
        XPubSocket xpub = context.xpub();
        xpub.set(SocketOption.SNDHWM, mark);
        SubSocket sub = context.sub();
        sub.set(SocketOption.RCVHWM, mark);
        sub.subscribe("");
        sub.connect(xpub.bind(transport.fresh()));
        assertThat(xpub.awaitSubscriptions(1, Deadline.LIMIT)).isTrue();
        for (int burst = 0; burst < 2; burst++) {
            // This looks at what the peer has read, which sending does once in a millisecond.
            assertThat(xpub.get(SocketOption.EVENTS)).contains(PollEvent.OUT);
            for (int i = 0; i < mark; i++) {
                xpub.send("message " + i);
            }
            for (int i = 0; i < mark; i++) {
                assertThat(Deadline.text(sub)).isEqualTo("message " + i);
            }
            // Takes note of what has left the queue, which a send does a millisecond later only.
            assertThat(xpub.get(SocketOption.EVENTS)).contains(PollEvent.OUT);
        }
        assertThat(sub.receive(Deadline.GRACE)).isEmpty();
    }

    /** A subscriber of ZMTP 3.0 subscribes by a message, one of 3.1 by a command. */
    @ParameterizedTest
    @ValueSource(strings = {"\0\6\1topic", "\4\20\11SUBSCRIBEtopic"})
    void shouldUnderstandSubscribersOfBothProtocols(String subscription) throws IOException {
        XPubSocket xpub = context.xpub();
        String endpoint = xpub.bind(Transport.TCP.fresh());
        byte[] wire = subscription.replace("\20", "\17").getBytes(US_ASCII);
        wire[1] = (byte) (wire.length - 2);
        try (var peer =
                new java.net.Socket(InetAddress.getLoopbackAddress(), Endpoint.port(endpoint))) {
            peer.setSoTimeout((int) Deadline.LIMIT.toMillis());
            OutputStream out = peer.getOutputStream();
            DataInputStream in = new DataInputStream(peer.getInputStream());
            byte[] greeting = new byte[64];
            greeting[0] = (byte) 0xFF;
            greeting[9] = 0x7F;
            greeting[10] = 3;
            greeting[11] = (byte) (wire[0] == 4 ? 1 : 0);
            System.arraycopy("NULL".getBytes(US_ASCII), 0, greeting, 12, 4);
            out.write(greeting);
            in.readFully(new byte[64]);
            out.write("\4\31\5READY\13Socket-Type\0\0\0\3SUB".getBytes(US_ASCII));
            assertThat(in.read()).as("a command").isEqualTo(4);
            in.readFully(new byte[in.read()]);
            out.write(wire);

            assertThat(Deadline.text(xpub)).isEqualTo("\1topic");
            xpub.send("topic!");
            byte[] frame = new byte[8];
            in.readFully(frame);
            assertThat(frame).isEqualTo("\0\6topic!".getBytes(US_ASCII));
        }
    }

    // ---- inproc

    @Test
    void shouldTalkOverInprocWhoeverComesFirst() {
        List<PushSocket> early = new ArrayList<>();
        String endpoint = Transport.INPROC.fresh();
        for (int i = 0; i < 50; i++) {
            early.add(context.push());
            early.getLast().connect(endpoint);
            early.getLast().send("early " + i);
        }
        PullSocket pull = context.pull();
        pull.bind(endpoint);
        Set<String> received = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            PushSocket late = context.push();
            late.connect(endpoint);
            late.send("late " + i);
            received.add(Deadline.text(pull));
            received.add(Deadline.text(pull));
        }

        assertThat(received).hasSize(100);
    }

    // ---- routing ids

    /** Short-lived peers of another context become known to a ROUTER that must not drop. */
    @Test
    void shouldReachPeersThatCameAMomentAgo() {
        RouterSocket router = context.router();
        router.set(SocketOption.ROUTER_MANDATORY, true);
        String endpoint = router.bind(Transport.TCP.fresh());
        try (Context other = Context.create()) {
            for (int i = 0; i < 100; i++) {
                String id = "peer-" + i;
                try (DealerSocket dealer = other.dealer()) {
                    dealer.set(SocketOption.ROUTING_ID_TEXT, id);
                    dealer.connect(endpoint);
                    Deadline.until("the peer is known", () -> isSent(router, id));
                    assertThat(Deadline.text(dealer)).isEqualTo("hello " + id);
                }
            }
        }
    }

    private static boolean isSent(RouterSocket router, String id) {
        try {
            return router.trySend(Multipart.of(id, "hello " + id));
        } catch (UnreachablePeerException e) {
            return false;
        }
    }

    @Test
    void shouldTellThatMoreFramesOfARouterFollow() {
        RouterSocket router = context.router();
        DealerSocket dealer = context.dealer();
        dealer.connect(router.bind(Transport.INPROC.fresh()));
        dealer.send(Multipart.of("first", "last"));

        for (boolean more : new boolean[] {true, true, false}) {
            try (Message frame = Deadline.receive(router)) {
                assertThat(frame.more()).isEqualTo(more);
            }
        }
        try (Message message = Message.of("x".repeat(100));
                Message copy = message.share()) {
            assertThat(message.data().isReadOnly()).as("shared").isTrue();
            assertThat(copy.data().isReadOnly()).isTrue();
        }
    }

    @Test
    void shouldTakeMessagesOfAllItsPeersInTurn() {
        RouterSocket router = context.router();
        String endpoint = router.bind(Transport.INPROC.fresh());
        for (String id : List.of("a", "b", "c")) {
            DealerSocket dealer = context.dealer();
            dealer.set(SocketOption.ROUTING_ID_TEXT, id);
            dealer.connect(endpoint);
            for (int i = 0; i < 3; i++) {
                dealer.send("m");
            }
        }
        List<String> turns = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            try (Multipart message = Deadline.multipart(router)) {
                turns.add(message.getString(0));
            }
        }
        for (int round = 0; round < 3; round++) {
            assertThat(turns.subList(3 * round, 3 * round + 3))
                    .containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    @Test
    void shouldForgetWhatIsQueuedForAPeerThatIsGone() {
        RouterSocket router = context.router();
        router.set(SocketOption.ROUTER_MANDATORY, true);
        String endpoint = router.bind(Transport.TCP.fresh());
        DealerSocket first = context.dealer();
        first.set(SocketOption.ROUTING_ID_TEXT, "x");
        first.connect(endpoint);
        first.send("here");
        Deadline.multipart(router).close();
        first.close();
        Deadline.until("the peer is gone", () -> isGone(router));
        DealerSocket second = context.dealer();
        second.set(SocketOption.ROUTING_ID_TEXT, "x");
        second.connect(endpoint);
        second.send("here");
        Deadline.multipart(router).close();

        router.send(Multipart.of("x", "for the second"));
        assertThat(Deadline.text(second)).isEqualTo("for the second");
    }

    private static boolean isGone(RouterSocket router) {
        try {
            boolean ignored = router.trySend(Multipart.of("x", "for the first"));
            return false;
        } catch (UnreachablePeerException e) {
            return true;
        }
    }

    // ---- requests and replies

    @Test
    void shouldIgnoreAReplyToAnotherRequest() {
        ReqSocket req = context.req();
        req.set(SocketOption.REQ_CORRELATE, true);
        RouterSocket router = context.router();
        req.connect(router.bind(Transport.INPROC.fresh()));
        req.send("question");
        try (Multipart request = Deadline.multipart(router)) {
            assertThat(request.size()).isEqualTo(4);
            assertThat(request.get(1).size()).as("the id of the request").isEqualTo(4);
            assertThat(request.get(2).size()).isZero();
            byte[] peer = request.getBytes(0);
            byte[] id = request.getBytes(1);
            byte[] other = id.clone();
            other[0] ^= 1;
            router.send(Multipart.of(peer, other, new byte[0], "wrong".getBytes(US_ASCII)));
            router.send(Multipart.of(peer, id, new byte[0], "right".getBytes(US_ASCII)));
        }

        assertThat(Deadline.text(req)).isEqualTo("right");
    }

    @Test
    void shouldAskItsPeersInTurn() {
        ReqSocket req = context.req();
        List<RepSocket> servers = List.of(context.rep(), context.rep(), context.rep());
        servers.forEach(server -> req.connect(server.bind(Transport.INPROC.fresh())));
        for (int round = 0; round < 3; round++) {
            for (RepSocket server : servers) {
                req.send("for " + server);
                assertThat(Deadline.text(server)).isEqualTo("for " + server);
                server.send("answer");
                assertThat(Deadline.text(req)).isEqualTo("answer");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldRelayAllFramesByHand(Transport transport) {
        RouterSocket front = context.router();
        DealerSocket back = context.dealer();
        ReqSocket req = context.req();
        RepSocket rep = context.rep();
        req.connect(front.bind(transport.fresh()));
        rep.connect(back.bind(transport.fresh()));

        req.send(Multipart.of("A", "B"));
        back.send(Deadline.multipart(front));
        try (Multipart request = Deadline.multipart(rep)) {
            assertThat(request.toByteArrays()).containsExactly(new byte[] {'A'}, new byte[] {'B'});
        }
        rep.send(Multipart.of("C", "D", "E"));
        front.send(Deadline.multipart(back));
        try (Multipart reply = Deadline.multipart(req)) {
            assertThat(reply.size()).isEqualTo(3);
            assertThat(reply.getString(2)).isEqualTo("E");
        }
    }

    @Test
    void shouldLeakNothingWhenItRepliesToOneThatIsGone() {
        RepSocket rep = context.rep();
        String endpoint = rep.bind(Transport.IPC.fresh());
        for (int i = 0; i < 50; i++) {
            ReqSocket req = context.req();
            req.connect(endpoint);
            req.send("question " + i);
            assertThat(Deadline.text(rep)).isEqualTo("question " + i);
            req.close();
            rep.send("nobody reads this");
        }
        ReqSocket last = context.req();
        last.connect(endpoint);
        last.send("last");
        assertThat(Deadline.text(rep)).isEqualTo("last");
        rep.send("still there");
        assertThat(Deadline.text(last)).isEqualTo("still there");
    }

    // ---- streams

    @Test
    void shouldDisconnectAPeerThatSaysNothing() throws IOException {
        PullSocket pull = context.pull();
        assertThat(pull.get(SocketOption.HANDSHAKE_IVL)).isEqualTo(Duration.ofSeconds(30));
        pull.set(SocketOption.HANDSHAKE_IVL, Duration.ofMillis(100));
        SocketMonitor monitor = pull.monitor();
        int port = Endpoint.port(pull.bind(Transport.TCP.fresh()));
        try (var mute = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            mute.setSoTimeout((int) Deadline.LIMIT.toMillis());
            MonitorEvent event;
            do {
                event = monitor.receive(Deadline.LIMIT).orElseThrow();
            } while (!(event instanceof MonitorEvent.Disconnected));
            // libzmq's own greeting comes before the end.
            byte[] all = mute.getInputStream().readAllBytes();
            assertThat(all.length).isLessThan(65);
        }
    }

    @Test
    void shouldCloseAConnectionAfterItsLastData() throws IOException {
        StreamSocket stream = context.stream();
        int port = Endpoint.port(stream.bind(Transport.TCP.fresh()));
        try (var peer = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            peer.setSoTimeout((int) Deadline.LIMIT.toMillis());
            byte[] id;
            try (Multipart connected = Deadline.multipart(stream)) {
                id = connected.getBytes(0);
            }
            stream.send(Multipart.of(id, "bye".getBytes(US_ASCII)));
            stream.send(Multipart.of(id, new byte[0]));

            Background<byte[]> end = Background.start(peer.getInputStream()::readAllBytes);
            // libzmq ends the connection in calls of the socket.
            Deadline.until(
                    "closed", () -> stream.tryReceive().isEmpty() && !end.thread().isAlive());
            assertThat(end.result()).isEqualTo("bye".getBytes(US_ASCII));
        }
    }

    // ---- the end

    @Test
    void shouldEndWhateverManyThreadsDoAtThatMoment() {
        for (int round = 0; round < 5; round++) {
            try (Context busy = Context.builder().ioThreads(7).build()) {
                PubSocket pub = busy.pub();
                String endpoint = pub.bind(Transport.TCP.fresh());
                List<Background<Void>> threads = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    threads.add(
                            Background.run(
                                    () -> {
                                        try (SubSocket sub = busy.sub()) {
                                            sub.connect(endpoint);
                                        }
                                    }));
                }
                threads.forEach(Background::result);
                assertThat(busy.close(Deadline.LIMIT).terminated()).isTrue();
            }
        }
    }
}
