// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.support.Background;
import io.panamq.support.CpuMeter;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a proxy does while a side is full or while it is paused, and what it captures. */
class ProxyPressureTest extends WithContext {
    private static final int HWM = 10;

    // ---- a full side

    /** The sending peer meets the high-water marks, and nothing is lost. */
    @ParameterizedTest
    @EnumSource(
            value = ProxyPairing.class,
            names = {"PULL_PUSH", "PUSH_PULL"})
    void shouldReceiveNothingForAFullSideAndLoseNothing(ProxyPairing pairing) {
        PullSocket in = withMarks(context.pull());
        PushSocket out = withMarks(context.push());
        PushSocket sender = withMarks(context.push());
        PullSocket receiver = withMarks(context.pull());
        sender.connect(in.bind(Transport.INPROC.fresh()));
        receiver.connect(out.bind(Transport.INPROC.fresh()));
        Proxy proxy = pairing.isReversed() ? Proxy.between(out, in) : Proxy.between(in, out);
        Thread ignored = proxy.start();

        int sent = fill(sender);
        // At most two pipes of two marks each, and the message that the proxy has in hand.
        assertThat(sent).isBetween(3 * HWM, 4 * HWM + 1);

        for (int i = 0; i < sent; i++) {
            try (Multipart multipart = Deadline.multipart(receiver)) {
                assertThat(ProxyTest.texts(multipart)).containsExactly("" + i, "second");
            }
        }
    }

    private <S extends BaseSocket> S withMarks(S socket) {
        socket.set(SocketOption.SNDHWM, HWM);
        socket.set(SocketOption.RCVHWM, HWM);
        return socket;
    }

    /** Sends numbered messages of two frames until there is no room any more. */
    private static int fill(SendingSocket sender) {
        int sent = 0;
        while (true) {
            try (Multipart multipart = Multipart.of("" + sent, "second")) {
                if (!sender.send(multipart, Deadline.GRACE)) {
                    return sent;
                }
            }
            sent++;
        }
    }

    /**
     * The replies go on while no worker takes requests, and requests while nobody reads replies.
     */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldGoOnInOneDirectionWhileTheOtherIsFull(Transport transport) {
        DealerSocket[] sides = {withMarks(context.dealer()), withMarks(context.dealer())};
        DealerSocket[] peers = {withMarks(context.dealer()), withMarks(context.dealer())};
        for (int i = 0; i < 2; i++) {
            peers[i].connect(sides[i].bind(transport.fresh()));
        }
        Thread ignored = Proxy.between(sides[0], sides[1]).start();

        for (int from = 0; from < 2; from++) {
            byte[] large = new byte[1 << 20]; // more than the buffers of the kernel hold
            int sent = 0;
            while (peers[from].bulkSender().send(ByteBuffer.wrap(large), Deadline.GRACE)) {
                sent++;
            }
            for (int i = 0; i < 100; i++) {
                peers[1 - from].send("the other way " + i);
                assertThat(Deadline.text(peers[from])).isEqualTo("the other way " + i);
            }
            for (int i = 0; i < sent; i++) {
                assertThat(Deadline.bytes(peers[1 - from])).hasSize(large.length);
            }
        }
    }

    private enum Full {
        /** zmq_poll knows that there is no room. */
        PUSH,
        /** zmq_poll always reports these as ready. */
        ROUTER,
        XPUB,
        /** The capture socket is full. */
        CAPTURE
    }

    @ParameterizedTest
    @EnumSource(Full.class)
    void shouldNotSpinWhileASideIsFull(Full full) throws InterruptedException {
        PullSocket in = withMarks(context.pull());
        PushSocket sender = withMarks(context.push());
        sender.connect(in.bind(Transport.INPROC.fresh()));
        SendingSocket out;
        ReceivingSocket receiver;
        switch (full) {
            case ROUTER -> {
                RouterSocket router = withMarks(context.router());
                router.set(SocketOption.ROUTER_MANDATORY, true);
                DealerSocket dealer = withMarks(context.dealer());
                dealer.set(SocketOption.ROUTING_ID_TEXT, "peer");
                out = router;
                receiver = dealer;
            }
            case XPUB -> {
                XPubSocket xpub = withMarks(context.xpub());
                xpub.set(SocketOption.XPUB_NODROP, true);
                SubSocket sub = withMarks(context.sub());
                sub.subscribeAll();
                out = xpub;
                receiver = sub;
            }
            default -> {
                out = withMarks(context.push());
                receiver = withMarks(context.pull());
            }
        }
        receiver.connect(out.bind(Transport.INPROC.fresh()));
        Proxy proxy;
        if (full == Full.CAPTURE) {
            PushSocket target = context.push();
            PullSocket drain = context.pull();
            drain.connect(target.bind(Transport.INPROC.fresh()));
            proxy = Proxy.between(in, target).capture(out);
        } else {
            proxy = Proxy.between(in, out);
        }
        if (out instanceof XPubSocket xpub) {
            assertThat(xpub.awaitSubscriptions(1, Deadline.LIMIT)).isTrue();
        }
        Thread thread = proxy.start();
        int sent = 0;
        while (sendTo(sender, sent)) {
            sent++;
        }
        assertThat(sent).isGreaterThan(HWM);

        long before = CpuMeter.nanos(thread);
        assertThat(sender.send("one more", Duration.ofMillis(500))).isFalse();
        long used = CpuMeter.nanos(thread) - before;
        assertThat(used).as("processor time of 500 ms, in ns").isLessThan(100_000_000);

        for (int i = 0; i < sent; i++) {
            try (Multipart multipart = Deadline.multipart(receiver)) {
                assertThat(multipart.getString(multipart.size() - 1)).isEqualTo("" + i);
            }
        }
        proxy.terminate();
        thread.join();
    }

    private static boolean sendTo(PushSocket sender, int number) {
        try (Multipart multipart = Multipart.of("peer", "" + number)) {
            return sender.send(multipart, Deadline.GRACE);
        }
    }

    /** What had no room when the proxy ended is still there, for the next one or the program. */
    @Test
    void shouldLeaveWhatHadNoRoomToTheNextReceiver() throws InterruptedException {
        PullSocket in = context.pull();
        PushSocket out = context.push(); // has no peer
        PushSocket sender = context.push();
        sender.connect(in.bind(Transport.INPROC.fresh()));
        Proxy proxy = Proxy.between(in, out);
        Thread thread = proxy.start();
        Deadline.send(sender, "a", "b");
        Deadline.send(sender, "c", "d");
        Deadline.until("the first message is in hand", () -> in.core().hasLeftovers());
        proxy.terminate();
        thread.join();
        assertThat(proxy.statistics()).isEqualTo(new ProxyStatistics(0, 0, 0, 0, 0, 0, 0, 0));

        try (Multipart first = Deadline.multipart(in)) {
            assertThat(ProxyTest.texts(first)).containsExactly("a", "b");
        }
        PullSocket receiver = context.pull();
        receiver.connect(out.bind(Transport.INPROC.fresh()));
        Proxy next = Proxy.between(in, out);
        Thread ignored = next.start();
        try (Multipart second = Deadline.multipart(receiver)) {
            assertThat(ProxyTest.texts(second)).containsExactly("c", "d");
        }
    }

    /** A proxy between two full sides that are read slowly keeps all messages in their order. */
    @ParameterizedTest
    @MethodSource("pipelines")
    void shouldKeepTheOrderUnderPressure(ProxyPairing pairing, Transport transport)
            throws InterruptedException {
        int count = 20_000;
        PullSocket in = withMarks(context.pull());
        PushSocket out = withMarks(context.push());
        PushSocket sender = withMarks(context.push());
        PullSocket receiver = withMarks(context.pull());
        sender.connect(in.bind(transport.fresh()));
        receiver.connect(out.bind(transport.fresh()));
        sender.handOver();
        Proxy proxy = pairing.isReversed() ? Proxy.between(out, in) : Proxy.between(in, out);
        Thread thread = proxy.start();
        Background<Void> sending =
                Background.run(
                        () -> {
                            for (int i = 0; i < count; i++) {
                                Deadline.send(
                                        sender,
                                        i % 3 == 0
                                                ? new String[] {"" + i}
                                                : new String[] {"" + i, "x".repeat(i % 100)});
                            }
                        });
        for (int i = 0; i < count; i++) {
            try (Multipart multipart = Deadline.multipart(receiver)) {
                assertThat(multipart.getString(0)).isEqualTo("" + i);
                assertThat(multipart.size()).isEqualTo(i % 3 == 0 ? 1 : 2);
            }
        }
        sending.result();
        proxy.terminate();
        thread.join();
        assertThat(
                        pairing.isReversed()
                                ? proxy.statistics().backendMessagesReceived()
                                : proxy.statistics().frontendMessagesReceived())
                .isEqualTo(count);
    }

    static Stream<Arguments> pipelines() {
        return Transport.with(new ProxyPairing[] {ProxyPairing.PULL_PUSH, ProxyPairing.PUSH_PULL});
    }

    // ---- pause

    @ParameterizedTest
    @MethodSource("io.panamq.ProxyTest#pairings")
    void shouldReceiveNothingWhilePausedAndAllAfterwards(ProxyPairing pairing, Transport transport)
            throws InterruptedException {
        ProxyPairing.Sides sides = pairing.bind(context, transport);
        SendingSocket sender = sides.sender(context);
        ReceivingSocket receiver = sides.receiver(context);
        Proxy proxy = sides.proxy();
        Thread thread = proxy.start();
        sides.await(sender, receiver);
        proxy.pause();
        proxy.pause();
        // Otherwise the burst that it was in could still take the next message.
        Deadline.until("the proxy waits", () -> waits(thread));
        ProxyStatistics before = proxy.statistics();

        Deadline.send(sender, "", "kept");
        Deadline.send(sender, "", "too");
        assertThat(receiver.receiveMultipart(Deadline.GRACE)).isEmpty();
        assertThat(proxy.statistics()).isEqualTo(before);
        proxy.resume();

        for (String text : List.of("kept", "too")) {
            try (Multipart multipart = Deadline.multipart(receiver)) {
                assertThat(multipart.getString(multipart.size() - 1)).isEqualTo(text);
            }
            if (receiver instanceof RepSocket rep) {
                rep.send("done");
            }
        }
    }

    private static boolean waits(Thread thread) {
        return Stream.of(thread.getStackTrace()).anyMatch(f -> f.getMethodName().equals("poll"));
    }

    @Test
    void shouldLetThePeersFeelThatItIsPaused() {
        PullSocket in = withMarks(context.pull());
        PushSocket sender = withMarks(context.push());
        sender.connect(in.bind(Transport.INPROC.fresh()));
        Proxy proxy = Proxy.between(in, context.push());
        proxy.pause();
        Thread ignored = proxy.start();

        assertThat(fill(sender)).isEqualTo(2 * HWM);
    }

    // ---- capture

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldCaptureEverythingInBothDirections(Transport transport) {
        ProxyPairing.Sides sides = ProxyPairing.ROUTER_DEALER.bind(context, transport);
        DealerSocket client = context.dealer();
        client.set(SocketOption.ROUTING_ID_TEXT, "me");
        client.connect(sides.inAt());
        ReceivingSocket worker = sides.receiver(context);
        PushSocket capture = withMarks(context.push());
        PullSocket captured = withMarks(context.pull());
        captured.connect(capture.bind(transport.fresh()));
        Thread ignored = sides.proxy().capture(capture).start();

        for (int i = 0; i < 100; i++) {
            String large = i + "x".repeat(i * 10); // shared and not copied from 34 bytes on
            Deadline.send(client, "", large);
            assertThat(Deadline.text(worker)).isEqualTo(large);
            ((RepSocket) worker).send("reply " + i);
            Deadline.multipart(client).close();
            for (String last : List.of(large, "reply " + i)) {
                try (Multipart copy = Deadline.multipart(captured)) {
                    assertThat(ProxyTest.texts(copy)).containsExactly("me", "", last);
                }
            }
        }
    }

    /** Nothing goes on without the capture socket, so it has missed nothing at the end. */
    @Test
    void shouldWaitForAFullCaptureSocket() throws InterruptedException {
        PullSocket in = context.pull();
        PushSocket out = context.push();
        PushSocket capture = withMarks(context.push());
        PullSocket captured = withMarks(context.pull());
        PushSocket sender = context.push();
        PullSocket receiver = context.pull();
        sender.connect(in.bind(Transport.INPROC.fresh()));
        receiver.connect(out.bind(Transport.INPROC.fresh()));
        captured.connect(capture.bind(Transport.INPROC.fresh()));
        Proxy proxy = Proxy.between(in, out).capture(capture);
        Thread thread = proxy.start();

        for (int i = 0; i < 5 * HWM; i++) {
            Deadline.send(sender, "" + i, "second");
        }
        List<String> received = new ArrayList<>();
        var next = receiver.receiveMultipart(Deadline.GRACE);
        while (next.isPresent()) {
            received.add(next.get().getString(0));
            next.get().close();
            next = receiver.receiveMultipart(Deadline.GRACE);
        }
        assertThat(received).hasSize(2 * HWM);
        proxy.terminate();
        thread.join();

        for (String first : received) {
            try (Multipart copy = Deadline.multipart(captured)) {
                assertThat(ProxyTest.texts(copy)).containsExactly(first, "second");
            }
        }
        assertThat(captured.receive(Deadline.GRACE)).isEmpty();
    }
}
