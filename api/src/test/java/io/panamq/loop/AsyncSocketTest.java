// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.Context;
import io.panamq.DealerSocket;
import io.panamq.Internals;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.PairSocket;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import io.panamq.RouterSocket;
import io.panamq.SocketOption;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.ProtocolStateException;
import io.panamq.error.SocketClosedException;
import io.panamq.error.UnreachablePeerException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.SettledSlots;
import io.panamq.support.Transport;
import io.panamq.support.WithLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the futures of a socket on an event loop. */
@ExtendWith(SettledSlots.class)
class AsyncSocketTest extends WithLoop {
    private static final Duration SOON = Duration.ofMillis(5);

    /** A PAIR on the loop with room for two messages at most, and a peer that does not read. */
    private record Narrow(AsyncSocket async, PairSocket peer) {}

    private Narrow full() {
        PairSocket pair = context.pair();
        PairSocket peer = context.pair();
        pair.set(SocketOption.SNDHWM, 1);
        peer.set(SocketOption.RCVHWM, 1);
        pair.connect(peer.bind(Transport.INPROC.fresh()));
        while (pair.trySend("full")) {
            assertThat(pair.isClosed()).isFalse();
        }
        return new Narrow(AsyncSocket.on(loop, pair), peer);
    }

    private static void empty(PairSocket peer) {
        for (int i = 0; i < 2; i++) {
            assertThat(Deadline.text(peer)).isEqualTo("full");
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldSendAndReceive(Transport transport) {
        PullSocket pull = context.pull();
        PushSocket push = context.push();
        push.connect(pull.bind(transport.fresh()));
        AsyncSocket in = AsyncSocket.on(loop, pull);
        AsyncSocket out = AsyncSocket.on(loop, push);
        CompletableFuture<Message> first = in.receive();
        CompletableFuture<Message> second = in.receive();

        Message message = Message.of("1");
        assertThat(result(out.send(message))).isTrue();
        assertThat(message).hasToString("Message[no content]");
        message.close();
        assertThat(result(out.send("2"))).isTrue();
        assertThat(result(out.send(new byte[] {'3'}))).isTrue();

        assertThat(text(first)).isEqualTo("1");
        assertThat(text(second)).isEqualTo("2");
        assertThat(text(in.receive())).isEqualTo("3");
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldServeRequestsInAChain() {
        RepSocket rep = context.rep();
        ReqSocket req = context.req();
        req.connect(rep.bind(Transport.INPROC.fresh()));
        AsyncSocket server = AsyncSocket.on(loop, rep);
        AsyncSocket client = AsyncSocket.on(loop, req);
        for (int i = 0; i < 50; i++) {
            CompletableFuture<Boolean> served = server.receive().thenCompose(server::send);
            String text = "request " + i;

            assertThat(text(client.send(text).thenCompose(sent -> client.receive())))
                    .isEqualTo(text);
            assertThat(result(served)).isTrue();
        }
    }

    @Test
    void shouldSendAndReceiveWholeMessages() {
        RouterSocket router = context.router();
        DealerSocket dealer = context.dealer();
        dealer.connect(router.bind(Transport.INPROC.fresh()));
        AsyncSocket server = AsyncSocket.on(loop, router);
        AsyncSocket client = AsyncSocket.on(loop, dealer);
        Multipart request = Multipart.of("a", "b");

        assertThat(result(client.send(request, Deadline.LIMIT))).isTrue();
        assertThat(request.size()).isZero();
        try (Multipart received = result(server.receiveMultipart())) {
            assertThat(received.size()).isEqualTo(3);
            assertThat(result(server.send(received))).isTrue();
        }
        try (Multipart reply = result(client.receiveMultipart(Deadline.LIMIT)).orElseThrow()) {
            assertThat(reply.getString(1)).isEqualTo("b");
        }
        assertThat(result(client.receiveMultipart(SOON))).isEmpty();
        request.close();
    }

    @Test
    void shouldGiveTimeOutsAsValues() {
        Narrow narrow = full();
        Message message = Message.of("late");

        assertThat(result(narrow.async().receive(Duration.ZERO))).isEmpty();
        assertThat(result(narrow.async().receive(SOON))).isEmpty();
        assertThat(result(narrow.async().send(message, Duration.ZERO))).isFalse();
        assertThat(result(narrow.async().send(message, SOON))).isFalse();
        assertThat(message.getString()).as("untouched, and ours again").isEqualTo("late");
        CompletableFuture<Boolean> sent = narrow.async().send(message, Deadline.LIMIT);
        empty(narrow.peer());
        assertThat(result(sent)).isTrue();
        narrow.peer().send("in time");
        Optional<Message> received = result(narrow.async().receive(Deadline.LIMIT));
        assertThat(received.orElseThrow().getString()).isEqualTo("in time");
        received.orElseThrow().close();
        message.close();
    }

    @Test
    void shouldLoseNoMessageToReceivesThatWereCancelled() {
        Line line = line(Transport.INPROC);
        AsyncSocket in = AsyncSocket.on(loop, line.pull());
        CompletableFuture<Message> cancelled = in.receive();
        CompletableFuture<Message> late = in.receive().orTimeout(1, TimeUnit.MILLISECONDS);
        CompletableFuture<Message> replaced = in.receive();
        CompletableFuture<Message> good = in.receive();
        assertThat(cancelled.cancel(true)).isTrue();
        assertThat(cancelled.cancel(true)).isTrue();
        assertThat(failure(late)).isInstanceOf(TimeoutException.class);
        assertThat(replaced.completeExceptionally(new IllegalStateException("mine"))).isTrue();

        line.push().send("kept");

        assertThat(text(good)).isEqualTo("kept");
        assertThat(cancelled).isCancelled();
        assertThat(good.cancel(true)).isFalse();
    }

    /** The Javadoc warns of it: a derived future tells the one that it was derived from nothing. */
    @Test
    void shouldTakeAMessageForAReceiveOfWhichOnlyADerivedFutureWasCancelled() {
        PullSocket pull = context.pull();
        PushSocket push = context.push();
        push.connect(pull.bind(Transport.INPROC.fresh()));
        AsyncSocket in = AsyncSocket.on(loop, pull);
        CompletableFuture<Message> first = in.receive();
        CompletableFuture<String> derived = first.thenApply(Message::getString);
        assertThat(derived.cancel(true)).isTrue();
        assertThat(first).isNotDone();

        push.send("1");
        push.send("2");

        try (Message taken = result(first);
                Message next = result(in.receive())) {
            assertThat(taken.getString()).isEqualTo("1");
            assertThat(next.getString()).isEqualTo("2");
        }
    }

    /** Cancels race against arrivals, and each message must come out exactly once. */
    @Test
    void shouldDecideEachReceiveOnce() {
        Line line = line(Transport.INPROC);
        AsyncSocket in = AsyncSocket.on(loop, line.pull());
        int messages = 3000;
        line.push().handOver();
        var feeder =
                Background.run(
                        () -> {
                            for (int i = 0; i < messages; i++) {
                                line.push().send(String.valueOf(i));
                            }
                        });
        List<String> got = new ArrayList<>();
        int cancels = 0;
        while (got.size() < messages) {
            CompletableFuture<Message> future = in.receive();
            if (future.cancel(false)) {
                cancels++;
                future = in.receive();
            }
            got.add(text(future));
        }

        assertThat(got).containsExactlyElementsOf(numbers(messages));
        assertThat(cancels).isPositive();
        assertThat(result(in.receive(Duration.ZERO))).isEmpty();
        feeder.result();
    }

    @Test
    void shouldSayWhetherACancelledSendWasSent() {
        Narrow narrow = full();
        Message message = Message.of("never");
        CompletableFuture<Boolean> cancelled = narrow.async().send(message);
        CompletableFuture<Boolean> kept = narrow.async().send("kept");
        CompletableFuture<Boolean> alsoCancelled = narrow.async().send("not this one");

        assertThat(cancelled.cancel(true)).isTrue();
        assertThat(alsoCancelled.cancel(true)).isTrue();
        assertThat(message.getString()).as("untouched, and ours again").isEqualTo("never");
        message.close();
        empty(narrow.peer());

        assertThat(result(kept)).isTrue();
        assertThat(kept.cancel(true)).isFalse();
        assertThat(Deadline.text(narrow.peer())).isEqualTo("kept");
        assertThat(narrow.peer().receive(SOON)).isEmpty();
    }

    @Test
    void shouldKeepTheOrderOfSendsThatWait() {
        Narrow narrow = full();
        List<CompletableFuture<Boolean>> sends =
                numbers(100).stream().map(narrow.async()::send).toList();

        empty(narrow.peer());
        for (String number : numbers(100)) {
            assertThat(Deadline.text(narrow.peer())).isEqualTo(number);
        }
        assertThat(sends).allSatisfy(send -> assertThat(result(send)).isTrue());
    }

    /** libzmq says that such a socket is always ready, and then refuses. */
    @Test
    void shouldWaitForAPeerOfAMandatoryRouterToHaveRoom() {
        RouterSocket router = context.router();
        DealerSocket dealer = context.dealer();
        router.set(SocketOption.ROUTER_MANDATORY, true);
        router.set(SocketOption.SNDHWM, 1);
        dealer.set(SocketOption.RCVHWM, 1);
        dealer.set(
                SocketOption.ROUTING_ID, "peer".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        dealer.connect(router.bind(Transport.INPROC.fresh()));
        AsyncSocket out = AsyncSocket.on(loop, router);
        List<CompletableFuture<Boolean>> sends = new ArrayList<>();
        for (String number : numbers(20)) {
            sends.add(out.send(Multipart.of("peer", number)));
        }

        for (String number : numbers(20)) {
            assertThat(Deadline.text(dealer)).isEqualTo(number);
        }
        assertThat(sends).allSatisfy(send -> assertThat(result(send)).isTrue());
    }

    @Test
    void shouldFailWhatLibzmqRefuses() {
        ReqSocket req = context.req();
        req.connect(Transport.INPROC.fresh());
        AsyncSocket client = AsyncSocket.on(loop, req);
        RouterSocket mandatory = context.router();
        mandatory.set(SocketOption.ROUTER_MANDATORY, true);
        AsyncSocket router = AsyncSocket.on(loop, mandatory);
        Multipart lost = Multipart.of("nobody", "x");

        assertThat(result(client.send("first"))).isTrue();
        assertThat(failure(client.send("second"))).isInstanceOf(ProtocolStateException.class);
        assertThat(failure(router.send("one frame"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(failure(router.send(lost))).isInstanceOf(UnreachablePeerException.class);
        assertThat(lost.getString(1)).isEqualTo("x");
        lost.close();
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldRefuseToLetMoreCallsWait() {
        PairSocket pair = context.pair();
        AsyncSocket async = AsyncSocket.on(loop, pair, 2);
        CompletableFuture<Message> one = async.receive();
        CompletableFuture<Boolean> two = async.send("waits for a peer");

        assertThat(failure(async.receive()))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("2 calls wait on PAIR#");
        Message message = Message.of("mine");
        assertThat(failure(async.send(message))).isInstanceOf(RejectedExecutionException.class);
        assertThat(message.getString()).isEqualTo("mine");
        message.close();
        one.cancel(true);
        assertThat(result(async.receive(SOON))).isEmpty();
        assertThat(two).isNotDone();
    }

    @Test
    void shouldFailWhatWaitsWhenItIsClosed() {
        AsyncSocket async = AsyncSocket.on(loop, context.pair());
        CompletableFuture<Message> receive = async.receive();
        CompletableFuture<Optional<Message>> timed = async.receive(Deadline.LIMIT);
        Message message = Message.of("unsent");
        CompletableFuture<Boolean> send = async.send(message);

        async.close();

        assertThat(failure(receive)).isInstanceOf(SocketClosedException.class);
        assertThat(failure(timed)).isInstanceOf(SocketClosedException.class);
        assertThat(failure(send)).isInstanceOf(SocketClosedException.class);
        assertThat(message.getString()).isEqualTo("unsent");
        assertThat(failure(async.send(message))).isInstanceOf(SocketClosedException.class);
        assertThat(failure(async.receive())).isInstanceOf(SocketClosedException.class);
        assertThat(failure(async.receive(Duration.ZERO))).isInstanceOf(SocketClosedException.class);
        assertThat(message.getString()).isEqualTo("unsent");
        message.close();
        assertThat(async.isClosed()).isTrue();
        assertThat(async.toString()).matches("Async PAIR#\\d+ \\(closed\\)");
    }

    @Test
    @SuppressWarnings("try") // the test closes it itself
    void shouldFailWhatWaitsWhenTheLoopOrTheContextEnds() {
        AsyncSocket async = AsyncSocket.on(loop, context.pair());
        CompletableFuture<Message> receive = async.receive();
        CountDownLatch open = hold();
        CompletableFuture<Message> never = async.receive();
        CompletableFuture<Boolean> unsent = async.send("unsent");
        loop.stopNow();
        open.countDown();
        assertThat(failure(receive)).isInstanceOf(SocketClosedException.class);
        assertThat(failure(never)).isInstanceOf(SocketClosedException.class);
        assertThat(failure(unsent)).isInstanceOf(SocketClosedException.class);
        assertThat(loop.awaitStopped(Deadline.LIMIT)).isTrue();
        assertThat(failure(async.receive())).isInstanceOf(SocketClosedException.class);
        assertThat(loop.abandoned()).isEmpty();

        try (Context own = Context.create();
                EventLoop loopOfOwn = EventLoop.create(own)) {
            CompletableFuture<Message> other = AsyncSocket.on(loopOfOwn, own.pair()).receive();
            own.close();
            assertThat(failure(other)).isInstanceOf(ContextTerminatedException.class);
        }
    }

    @Test
    void shouldReceiveNoMoreWhenTheLoopIsAbandonedWithinATurn() {
        Line line = line(Transport.INPROC);
        AsyncSocket async = AsyncSocket.on(loop, line.pull());
        CompletableFuture<Message> first = async.receive();
        CompletableFuture<Message> second = async.receive();
        CompletableFuture<Void> stop = first.thenAccept(message -> loop.stopNow());
        CountDownLatch open = hold();
        line.push().send("1");
        line.push().send("2");
        open.countDown();

        result(stop);
        assertThat(failure(second)).isInstanceOf(SocketClosedException.class);
        assertThat(loop.awaitStopped(Deadline.LIMIT)).isTrue();
        try (Message message = result(first)) {
            assertThat(message.getString()).isEqualTo("1");
        }
    }

    @Test
    void shouldSendWhatWaitsBeforeAStoppedLoopEnds() {
        Narrow narrow = full();
        CompletableFuture<Boolean> send = narrow.async().send("last");
        loop.stop();

        empty(narrow.peer());

        assertThat(result(send)).isTrue();
        assertThat(Deadline.text(narrow.peer())).isEqualTo("last");
        assertThat(loop.awaitStopped(Deadline.LIMIT)).isTrue();
    }

    @Test
    void shouldCloseASocketThatTheLoopDidNotTakeAnyMore() {
        loop.close();
        AsyncSocket async = AsyncSocket.on(loop, context.pair());

        assertThat(async.isClosed()).isTrue();
        assertThat(failure(async.receive())).isInstanceOf(SocketClosedException.class);
    }

    @Test
    void shouldRefuseTheWrongDirectionAndForeignThings() {
        AsyncSocket pull = AsyncSocket.on(loop, context.pull());
        AsyncSocket push = AsyncSocket.on(loop, context.push());
        assertThatThrownBy(() -> pull.send("x")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(pull::subscriber).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(push::receive).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(push::publisher).isInstanceOf(UnsupportedOperationException.class);
        PairSocket foreign = context.pair();
        Background.run(foreign::tryReceive).result();
        assertThatThrownBy(() -> AsyncSocket.on(loop, foreign))
                .isInstanceOf(WrongThreadException.class);
        assertThatThrownBy(() -> AsyncSocket.on(loop, context.pair(), 0))
                .isInstanceOf(IllegalArgumentException.class);
        try (Context own = Context.create()) {
            assertThatThrownBy(() -> AsyncSocket.on(loop, own.pair()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        try (Message message = Message.create()) {
            assertThatThrownBy(() -> push.send(message)).isInstanceOf(IllegalStateException.class);
        }
        CompletableFuture<Message> future = pull.receive();
        assertThatThrownBy(() -> future.obtrudeValue(null))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> future.obtrudeException(new IllegalStateException()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(pull.socket()).isInstanceOf(PullSocket.class);
    }

    @Test
    void shouldLeaveNoNativeMemoryBehind() {
        int before = Internals.slotsInUse();
        for (int i = 0; i < 10; i++) {
            AsyncSocket async = AsyncSocket.on(loop, context.pair());
            CompletableFuture<Boolean> cancelled = async.send("cancelled");
            CompletableFuture<Boolean> failed = async.send("fails");
            assertThat(cancelled.cancel(true)).isTrue();
            assertThat(result(async.receive(Duration.ZERO))).isEmpty();
            async.close();
            assertThat(failure(failed)).isInstanceOf(SocketClosedException.class);
        }
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }
}
