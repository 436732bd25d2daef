// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.OperationCancelledException;
import io.panamq.error.ProtocolStateException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a proxy forwards, and which sockets it takes. */
class ProxyTest extends WithContext {
    private static final int CLIENTS = 100;

    static Stream<Arguments> pairings() {
        return Transport.with(ProxyPairing.values());
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void shouldForwardMessagesOfOneAndOfManyFrames(ProxyPairing pairing, Transport transport)
            throws InterruptedException {
        ProxyPairing.Sides sides = pairing.bind(context, transport);
        SendingSocket sender = sides.sender(context);
        ReceivingSocket receiver = sides.receiver(context);
        Proxy proxy = sides.proxy();
        Thread thread = proxy.start();
        sides.await(sender, receiver);

        for (int count : new int[] {1, 2, 3, 100}) {
            String[] frames = frames(pairing, count);
            Deadline.send(sender, frames);
            try (Multipart received = Deadline.multipart(receiver)) {
                String[] expected = withoutDelimiter(pairing, frames);
                assertThat(texts(received)).containsExactly(expected);
                if (pairing.answers()) {
                    Deadline.send((SendingSocket) receiver, expected);
                    try (Multipart reply = Deadline.multipart((ReceivingSocket) sender)) {
                        assertThat(texts(reply)).containsExactly(frames);
                    }
                }
            }
        }

        proxy.terminate();
        thread.join();
        ProxyStatistics statistics = proxy.statistics();
        long in =
                pairing.isReversed()
                        ? statistics.backendMessagesReceived()
                        : statistics.frontendMessagesReceived();
        assertThat(in).isGreaterThanOrEqualTo(4);
    }

    /** A REP needs an empty frame before the message. */
    private static String[] frames(ProxyPairing pairing, int count) {
        List<String> frames = new ArrayList<>();
        if (pairing.answers()) {
            frames.add("");
        }
        IntStream.range(0, count).forEach(i -> frames.add("frame " + i + "x".repeat(i)));
        return frames.toArray(String[]::new);
    }

    private static String[] withoutDelimiter(ProxyPairing pairing, String[] frames) {
        return pairing.answers()
                ? List.of(frames).subList(1, frames.length).toArray(String[]::new)
                : frames;
    }

    static List<String> texts(Multipart multipart) {
        return IntStream.range(0, multipart.size()).mapToObj(multipart::getString).toList();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldBringEachReplyToTheOneOfHundredClientsThatAsked(Transport transport)
            throws InterruptedException {
        ProxyPairing.Sides sides = ProxyPairing.ROUTER_DEALER.bind(context, transport);
        List<ReqSocket> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            ReqSocket client = context.req();
            client.connect(sides.inAt());
            clients.add(client);
        }
        List<RepSocket> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            RepSocket worker = (RepSocket) sides.receiver(context);
            worker.handOver();
            workers.add(worker);
        }
        Proxy proxy = sides.proxy();
        Thread thread = proxy.start();
        List<Background<Void>> threads = new ArrayList<>();
        for (RepSocket worker : workers) {
            threads.add(Background.run(() -> answer(worker)));
        }

        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.get(i).send("request " + i + " of " + round);
            }
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(Deadline.text(clients.get(i)))
                        .isEqualTo("reply to request " + i + " of " + round);
            }
        }
        for (RepSocket worker : workers) {
            worker.cancel();
        }
        for (Background<Void> each : threads) {
            each.result();
        }
        proxy.terminate();
        thread.join();

        assertThat(proxy.statistics().frontendMessagesReceived()).isEqualTo(10L * CLIENTS);
        assertThat(proxy.statistics().frontendMessagesSent()).isEqualTo(10L * CLIENTS);
    }

    private static void answer(RepSocket worker) {
        try {
            while (true) {
                worker.send("reply to " + worker.receiveString());
            }
        } catch (OperationCancelledException e) {
            // The test is over.
        }
    }

    @Test
    void shouldForwardSubscriptionsAndOnlyWhatIsSubscribed() {
        ProxyPairing.Sides sides = ProxyPairing.XSUB_XPUB.bind(context, Transport.TCP);
        XPubSocket publisher = context.xpub();
        publisher.connect(sides.inAt());
        SubSocket sub = context.sub();
        sub.connect(sides.outAt());
        sub.subscribe("news");
        Thread ignored = sides.proxy().start();

        assertThat(Deadline.bytes(publisher)).containsExactly(1, 'n', 'e', 'w', 's');
        publisher.send("weather");
        publisher.send("news: rain");
        assertThat(Deadline.text(sub)).isEqualTo("news: rain");
        sub.unsubscribe("news");
        assertThat(Deadline.bytes(publisher)).containsExactly(0, 'n', 'e', 'w', 's');
    }

    @Test
    void shouldForwardInOneDirectionOnly() {
        DealerSocket in = context.dealer();
        DealerSocket out = context.dealer();
        DealerSocket left = context.dealer();
        DealerSocket right = context.dealer();
        left.connect(in.bind(Transport.INPROC.fresh()));
        right.connect(out.bind(Transport.INPROC.fresh()));
        Proxy proxy = Proxy.from(in).to(out);
        Thread ignored = proxy.start();

        right.send("back");
        left.send("forth");

        assertThat(Deadline.text(right)).isEqualTo("forth");
        assertThat(left.receive(Deadline.GRACE)).isEmpty();
        Deadline.until("the counters follow", () -> proxy.statistics().backendMessagesSent() == 1);
        assertThat(proxy.statistics()).isEqualTo(new ProxyStatistics(1, 5, 0, 0, 0, 0, 1, 5));
    }

    @Test
    void shouldForwardTheTurnsOfARepAndAReq() {
        RepSocket rep = context.rep();
        ReqSocket req = context.req();
        ReqSocket client = context.req();
        RepSocket worker = context.rep();
        client.connect(rep.bind(Transport.INPROC.fresh()));
        worker.connect(req.bind(Transport.INPROC.fresh()));
        Thread ignored = Proxy.between(rep, req).start();

        for (int i = 0; i < 3; i++) {
            client.send("request " + i);
            assertThat(Deadline.text(worker)).isEqualTo("request " + i);
            assertThatThrownBy(() -> client.send("too early"))
                    .isInstanceOf(ProtocolStateException.class);
            worker.send("reply " + i);
            assertThat(Deadline.text(client)).isEqualTo("reply " + i);
        }
    }

    @Test
    void shouldEchoWithOneSocketAsBothSides() {
        RepSocket rep = context.rep();
        ReqSocket client = context.req();
        client.connect(rep.bind(Transport.TCP.fresh()));
        Thread ignored = Proxy.between(rep, rep).start();

        for (int i = 0; i < 3; i++) {
            client.send("echo " + i);
            assertThat(Deadline.text(client)).isEqualTo("echo " + i);
        }
    }

    /** A message without a routing id would be dropped by libzmq, and nobody would know. */
    @Test
    void shouldCountWhatHasNoPeer() throws InterruptedException {
        PullSocket pull = context.pull();
        RouterSocket router = context.router();
        router.set(SocketOption.ROUTER_MANDATORY, true);
        PushSocket push = context.push();
        DealerSocket dealer = context.dealer();
        dealer.set(SocketOption.ROUTING_ID_TEXT, "known");
        push.connect(pull.bind(Transport.INPROC.fresh()));
        dealer.connect(router.bind(Transport.INPROC.fresh()));
        Proxy proxy = Proxy.between(pull, router);
        Thread thread = proxy.start();

        push.send("alone");
        Deadline.send(push, "nobody", "there");
        Deadline.send(push, "known", "hello");

        assertThat(Deadline.text(dealer)).isEqualTo("hello");
        proxy.terminate();
        thread.join();
        assertThat(proxy.statistics()).isEqualTo(new ProxyStatistics(3, 26, 0, 0, 0, 0, 1, 10));
    }

    @Test
    void shouldCountMessagesAndBytesExactly() throws InterruptedException {
        RouterSocket router = context.router();
        DealerSocket dealer = context.dealer();
        DealerSocket client = context.dealer();
        DealerSocket worker = context.dealer();
        client.set(SocketOption.ROUTING_ID_TEXT, "me");
        client.connect(router.bind(Transport.TCP.fresh()));
        worker.connect(dealer.bind(Transport.TCP.fresh()));
        Proxy proxy = Proxy.between(router, dealer);
        assertThat(proxy.statistics()).isEqualTo(new ProxyStatistics(0, 0, 0, 0, 0, 0, 0, 0));
        Thread thread = proxy.start();

        int count = 5_000;
        for (int i = 0; i < count; i++) {
            Deadline.send(client, "12345", "678");
            try (Multipart request = Deadline.multipart(worker)) {
                Deadline.send(worker, request);
            }
            Deadline.multipart(client).close();
        }
        proxy.terminate();
        thread.join();

        long bytes = count * 10L; // with the routing id
        assertThat(proxy.statistics())
                .isEqualTo(
                        new ProxyStatistics(
                                count, bytes, count, bytes, count, bytes, count, bytes));
    }

    // ---- refusals

    @Test
    void shouldRefuseSocketsBetweenWhichNothingCanGo() {
        PushSocket push = context.push();
        PullSocket pull = context.pull();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Proxy.between(push, context.pub()))
                .withMessageContaining("nothing can go");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Proxy.between(pull, context.sub()))
                .withMessageContaining("nothing can go");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Proxy.from(context.stream()).to(push))
                .withMessageContaining("STREAM");
        if (Zmq.has(Capability.DRAFT)) {
            GatherSocket gather = context.gather();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Proxy.from(gather).to(push))
                    .withMessageContaining("a proxy has no use for " + gather);
        }
        try (Context other = Context.create()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Proxy.between(pull, other.push()))
                    .withMessageContaining("another context");
        }
    }

    @Test
    void shouldRefuseASocketThatConflates() {
        PullSocket pull = context.pull();
        pull.set(SocketOption.CONFLATE, true);
        PushSocket push = context.push();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Proxy.between(pull, push).run())
                .withMessageContaining("ZMQ_CONFLATE");
    }

    @Test
    void shouldRefuseACaptureThatConflates() {
        PushSocket capture = context.push();
        capture.set(SocketOption.CONFLATE, true);
        Proxy proxy = Proxy.between(context.pull(), context.push()).capture(capture);

        assertThatIllegalArgumentException()
                .isThrownBy(proxy::run)
                .withMessageContaining(capture + " has ZMQ_CONFLATE");
        assertThat(capture.trySend("free again")).isFalse();
    }

    @Test
    void shouldRefuseSocketsThatCannotCapture() {
        PullSocket pull = context.pull();
        PushSocket push = context.push();
        Proxy proxy = Proxy.between(pull, push);

        for (SendingSocket socket :
                List.of(context.router(), context.req(), context.rep(), context.xsub(), push)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> proxy.capture(socket))
                    .withMessageContaining("cannot capture");
        }
    }

    @Test
    void shouldRunOnlyOnce() {
        Proxy proxy = Proxy.between(context.pull(), context.push());
        proxy.terminate();
        proxy.run();

        assertThatIllegalStateException().isThrownBy(proxy::run);
        assertThatIllegalStateException().isThrownBy(proxy::start);
        assertThatIllegalStateException().isThrownBy(() -> proxy.capture(context.push()));
    }

    @Test
    void shouldKeepOtherThreadsFromItsSockets() throws InterruptedException {
        PullSocket pull = context.pull();
        PushSocket push = context.push();
        Proxy proxy = Proxy.between(pull, push);
        Thread thread = proxy.start();
        Deadline.until("the proxy owns its sockets", () -> isForeign(pull) && isForeign(push));

        assertThatThrownBy(() -> pull.bind(Transport.INPROC.fresh()))
                .isInstanceOf(WrongThreadException.class)
                .hasMessageContaining(thread.getName());
        assertThatThrownBy(() -> Proxy.between(pull, push).run())
                .isInstanceOf(WrongThreadException.class);
        assertThatThrownBy(() -> Proxy.between(pull, push).start())
                .isInstanceOf(WrongThreadException.class);

        proxy.terminate();
        thread.join();
        assertThat(pull.isClosed()).isFalse();
        assertThat(push.trySend("free again")).isFalse();
        assertThat(pull.tryReceive()).isEmpty();
    }

    private static boolean isForeign(BaseSocket socket) {
        return socket.core().isForeign();
    }

    @Test
    void shouldGiveEachThreadAName() {
        Set<String> names = Collections.synchronizedSet(new HashSet<>());
        for (int i = 0; i < 2; i++) {
            Proxy proxy = Proxy.between(context.pull(), context.push());
            Thread thread = proxy.start();
            assertThat(proxy.toString()).startsWith(thread.getName() + "[PULL#");
            assertThat(thread.isDaemon()).isTrue();
            names.add(thread.getName());
            proxy.terminate();
        }
        assertThat(names).hasSize(2).allMatch(name -> name.matches("panamq-proxy-\\d+"));
    }
}
