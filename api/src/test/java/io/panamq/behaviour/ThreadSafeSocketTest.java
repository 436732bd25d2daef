// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.ChannelSocket;
import io.panamq.ClientSocket;
import io.panamq.Context;
import io.panamq.DishSocket;
import io.panamq.GatherSocket;
import io.panamq.Internals;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.PeerSocket;
import io.panamq.PollEvent;
import io.panamq.PollItem;
import io.panamq.Poller;
import io.panamq.ReceivingSocket;
import io.panamq.ScatterSocket;
import io.panamq.SendingSocket;
import io.panamq.ServerSocket;
import io.panamq.Socket;
import io.panamq.SocketOption;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationCancelledException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import io.panamq.loop.AsyncSocket;
import io.panamq.loop.EventLoop;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.PublicMethods;
import io.panamq.support.SettledSlots;
import io.panamq.support.Transport;
import io.panamq.support.WithDrafts;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses sockets of the thread-safe types from several threads at the same time. */
@ExtendWith(SettledSlots.class)
class ThreadSafeSocketTest extends WithDrafts {

    static Stream<Function<Context, Socket>> threadSafe() {
        return PublicMethods.DRAFTS.stream().limit(8);
    }

    // ---- many threads

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldServeManyThreadsOnBothSides(Transport transport) {
        ServerSocket server = context.server();
        ClientSocket client = context.client();
        client.connect(server.bind(transport.fresh()));
        int each = 300;
        List<Background<Void>> servers = many(3, () -> answerUntilClosed(server));
        Set<String> answers = Collections.synchronizedSet(new HashSet<>());
        AtomicInteger next = new AtomicInteger();
        List<Background<Void>> clients =
                many(
                        4,
                        () -> {
                            int first = next.getAndIncrement() * each;
                            for (int i = first; i < first + each; i++) {
                                client.send("question " + i);
                                answers.add(Deadline.text(client));
                            }
                        });

        clients.forEach(Background::result);
        server.close();

        servers.forEach(Background::result);
        assertThat(answers).hasSize(4 * each).contains("answer to question " + (4 * each - 1));
    }

    private static void answerUntilClosed(ServerSocket server) {
        try {
            while (true) {
                try (Message request = server.receive()) {
                    String text = "answer to " + request.getString();
                    server.send(Message.of(text), server.routingId(request));
                }
            }
        } catch (SocketClosedException e) {
            // The test is done.
        }
    }

    @Test
    void shouldServeVirtualThreads() {
        ScatterSocket scatter = context.scatter();
        GatherSocket gather = context.gather();
        gather.connect(scatter.bind(Transport.INPROC.fresh()));
        Set<String> received = Collections.synchronizedSet(new HashSet<>());
        List<Background<Boolean>> receivers =
                Stream.generate(
                                () ->
                                        Background.virtual(
                                                () -> received.add(gather.receiveString())))
                        .limit(20)
                        .toList();
        for (int i = 0; i < 20; i++) {
            int number = i;
            Background.virtual(() -> scatter.send("message " + number)).result();
        }

        receivers.forEach(Background::result);
        assertThat(received).hasSize(20);
    }

    @Test
    void shouldChangeOptionsAndEndpointsWhileOthersWait() {
        ServerSocket server = context.server();
        Background<String> waiting = Background.blocked(server::receiveString);

        String endpoint = server.bind(Transport.TCP.fresh());
        List<Background<Void>> others =
                many(
                        4,
                        () -> {
                            for (int i = 0; i < 50; i++) {
                                server.set(SocketOption.LINGER, Duration.ofMillis(i));
                                assertThat(server.get(SocketOption.LINGER).toMillis())
                                        .isLessThan(50);
                                String another = server.bind(Transport.INPROC.fresh());
                                server.unbind(another);
                                server.handOver();
                            }
                        });
        others.forEach(Background::result);
        assertThat(waiting.isBlocked()).isTrue();
        ClientSocket client = context.client();
        client.connect(endpoint);
        client.send("still there");

        assertThat(waiting.result()).isEqualTo("still there");
    }

    /** The rest of the wait is not for ever: libzmq wakes one of the threads only. */
    @Test
    void shouldGiveEachWaitingThreadItsMessage() {
        GatherSocket gather = context.gather();
        ScatterSocket scatter = context.scatter();
        scatter.connect(gather.bind(Transport.INPROC.fresh()));
        for (int round = 0; round < 20; round++) {
            List<Background<String>> waiting =
                    Stream.generate(() -> Background.blocked(gather::receiveString))
                            .limit(3)
                            .toList();
            for (int i = 0; i < 3; i++) {
                scatter.send("message " + i);
            }
            assertThat(waiting.stream().map(Background::result))
                    .containsExactlyInAnyOrder("message 0", "message 1", "message 2");
        }
    }

    // ---- the end of waits

    @Test
    void shouldEndAllWaitsWhenItIsClosed() {
        ChannelSocket channel = context.channel();
        List<Background<?>> waiting = new ArrayList<>();
        waiting.add(Background.blocked(channel::receiveString));
        waiting.add(Background.blocked(channel::receive));
        waiting.add(Background.blocked(() -> channel.send("nobody is there")));
        waiting.add(Background.parked(channel::receiveString));
        waiting.add(Background.parked(() -> channel.send("nobody is there")));

        long start = System.nanoTime();
        channel.close();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

        assertThat(waiting)
                .allSatisfy(
                        each ->
                                assertThat(each.failure())
                                        .isInstanceOf(SocketClosedException.class));
        assertThat(millis).isLessThan(2_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndAllWaitsWithTheContext(boolean shutdown) {
        Context other = Context.create();
        ClientSocket client = other.client();
        List<Background<String>> waiting =
                Stream.generate(() -> Background.blocked(client::receiveString)).limit(3).toList();
        if (shutdown) {
            other.shutdown();
        }

        assertThat(other.close(Deadline.LIMIT).terminated()).isTrue();
        assertThat(waiting)
                .allSatisfy(
                        each ->
                                assertThat(each.failure())
                                        .isInstanceOf(ContextTerminatedException.class));
    }

    @Test
    void shouldEndOneWaitForEachCancel() {
        ClientSocket client = context.client();
        List<Background<String>> waiting =
                Stream.generate(() -> Background.blocked(client::receiveString)).limit(2).toList();

        client.cancel();
        Deadline.until(
                "one wait has ended",
                () -> waiting.stream().anyMatch(each -> !each.thread().isAlive()));
        client.cancel();

        assertThat(waiting)
                .allSatisfy(
                        each ->
                                assertThat(each.failure())
                                        .isInstanceOf(OperationCancelledException.class));
        client.cancel();
        assertThatThrownBy(client::receive).isInstanceOf(OperationCancelledException.class);
        assertThat(client.tryReceive()).isEmpty();
    }

    @Test
    void shouldEndTheWaitOfTheThreadThatIsInterrupted() {
        ClientSocket client = context.client();
        Background<String> one = Background.blocked(client::receiveString);
        Background<String> other = Background.blocked(client::receiveString);

        one.thread().interrupt();

        assertThat(one.failure()).isInstanceOf(OperationInterruptedException.class);
        assertThat(other.isBlocked()).isTrue();
        client.close();
        assertThat(other.failure()).isInstanceOf(SocketClosedException.class);
    }

    @Test
    void shouldHonourEachTimeout() {
        ClientSocket client = context.client();
        client.set(SocketOption.RCVTIMEO, Duration.ofMillis(30));
        Background<String> waiting =
                Background.blocked(() -> client.receiveString(Deadline.LIMIT).orElseThrow());
        try (Message message = Message.create()) {
            long start = System.nanoTime();
            assertThat(client.receive(message)).isFalse();
            assertThat(client.receive(message, Duration.ofMillis(5))).isFalse();
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
                    .isBetween(35L, 2_000L);
        }
        waiting.thread().interrupt();
        assertThat(waiting.failure()).isInstanceOf(OperationInterruptedException.class);
    }

    /** Closes sockets while threads begin and end calls of all kinds. */
    @ParameterizedTest
    @MethodSource("threadSafe")
    void shouldBeClosedWhileThreadsAreInCalls(Function<Context, Socket> make) {
        int before = Internals.slotsInUse();
        for (int round = 0; round < 15; round++) {
            Socket socket = make.apply(context);
            socket.bind(Transport.INPROC.fresh());
            CountDownLatch running = new CountDownLatch(4);
            List<Background<Void>> users =
                    many(
                            4,
                            () -> {
                                try {
                                    while (true) {
                                        use(socket);
                                        running.countDown();
                                    }
                                } catch (SocketClosedException e) {
                                    running.countDown();
                                }
                            });
            Deadline.until("all are in calls", () -> running.getCount() == 0);
            socket.close();
            users.forEach(Background::result);
        }
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }

    private static void use(Socket socket) {
        socket.get(SocketOption.LINGER);
        boolean needsPeer = socket instanceof ServerSocket || socket instanceof PeerSocket;
        if (socket instanceof SendingSocket sender && !needsPeer) {
            try (Message message = Message.of("content")) {
                boolean ignored = sender.send(message, Duration.ofNanos(100_000));
            }
        }
        if (socket instanceof ReceivingSocket receiver) {
            receiver.receive(Duration.ofNanos(100_000)).ifPresent(Message::close);
        }
    }

    // ---- what it refuses

    @ParameterizedTest
    @MethodSource("threadSafe")
    void shouldSendSingleFramesOnly(Function<Context, Socket> make) {
        if (make.apply(context) instanceof SendingSocket sender) {
            try (Multipart multipart = Multipart.of("a", "b")) {
                assertThatThrownBy(() -> send(sender, multipart))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("single frames only");
                assertThat(multipart).hasSize(2);
            }
            assertThatThrownBy(sender::concurrentSender)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is thread safe");
        }
    }

    @Test
    void shouldKeepMessagesToTheirThreads() {
        ClientSocket client = context.client();
        try (Message message = Message.of("mine")) {
            assertThat(Background.run(() -> client.send(message)).failure())
                    .isInstanceOf(WrongThreadException.class);
            assertThat(message.getString()).isEqualTo("mine");
        }
    }

    // ---- batches and segments

    @Test
    void shouldGiveAFrameThatWasTooLargeToTheNextReceiveOfAnyThread() {
        GatherSocket gather = context.gather();
        ScatterSocket scatter = context.scatter();
        scatter.connect(gather.bind(Transport.INPROC.fresh()));
        scatter.send("too large");
        scatter.send("second");
        MemorySegment small = MemorySegment.ofArray(new byte[2]);
        Background<?> other =
                Background.start(() -> gather.bulkReceiver().receive(small, Deadline.LIMIT));
        assertThat(other.failure()).isInstanceOf(IllegalArgumentException.class);

        try (Poller poller = context.poller()) {
            poller.add(gather, PollEvent.IN);
            assertThat(poller.poll(Duration.ZERO)).isEqualTo(1);
        }
        assertThat(Deadline.text(gather)).isEqualTo("too large");
        assertThat(Background.start(() -> Deadline.text(gather)).result()).isEqualTo("second");
    }

    @Test
    void shouldReceiveBatchesSideBySide() {
        GatherSocket gather = context.gather();
        ScatterSocket scatter = context.scatter();
        scatter.connect(gather.bind(Transport.INPROC.fresh()));
        Set<String> received = Collections.synchronizedSet(new HashSet<>());
        List<Background<Void>> receivers =
                many(
                        3,
                        () -> {
                            while (received.size() < 600) {
                                gather.bulkReceiver()
                                        .receiveBatch(
                                                message -> received.add(message.getString()),
                                                10,
                                                Duration.ofMillis(20));
                            }
                        });
        for (int i = 0; i < 60; i++) {
            List<Message> batch = new ArrayList<>();
            for (int j = 0; j < 10; j++) {
                batch.add(Message.of("message " + (10 * i + j)));
            }
            assertThat(scatter.bulkSender().sendBatch(batch)).isEqualTo(10);
        }
        receivers.forEach(Background::result);
        assertThat(received).hasSize(600);
    }

    // ---- pollers, loops

    @Test
    void shouldBePolledWhileOthersUseIt() {
        ServerSocket server = context.server();
        ClientSocket client = context.client();
        client.connect(server.bind(Transport.TCP.fresh()));
        try (Poller poller = context.poller()) {
            PollItem item = poller.add(server, PollEvent.IN);
            assertThatThrownBy(() -> poller.add(server, PollEvent.IN))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("registered already");
            Background<Void> other =
                    Background.run(
                            () -> {
                                for (int i = 0; i < 50; i++) {
                                    assertThat(server.tryReceive()).isEmpty();
                                    server.set(SocketOption.LINGER, Duration.ofMillis(i));
                                }
                                client.send("now");
                            });
            assertThat(poller.poll(Deadline.LIMIT)).isEqualTo(1);
            assertThat(poller.ready()).containsExactly(item);
            other.result();
            assertThat(Deadline.text(server)).isEqualTo("now");
            assertThat(poller.poll(Duration.ZERO)).isZero();
            item.remove();
            poller.add(server, PollEvent.IN);
        }
    }

    @Test
    void shouldBePolledByTwoPollersAtOnce() {
        GatherSocket gather = context.gather();
        ScatterSocket scatter = context.scatter();
        scatter.connect(gather.bind(Transport.INPROC.fresh()));
        List<Background<Void>> pollers =
                many(
                        2,
                        () -> {
                            try (Poller poller = context.poller()) {
                                poller.add(gather, PollEvent.IN);
                                assertThat(poller.poll(Deadline.LIMIT)).isEqualTo(1);
                            }
                        });
        pollers.forEach(ThreadSafeSocketTest::awaitPoll);
        scatter.send("for both");
        pollers.forEach(Background::result);
    }

    @Test
    void shouldBeClosedWhileAPollerWaitsForIt() {
        DishSocket dish = context.dish();
        Background<Boolean> polling =
                Background.start(
                        () -> {
                            try (Poller poller = context.poller()) {
                                PollItem item = poller.add(dish, PollEvent.IN);
                                return poller.poll(Deadline.LIMIT) == 1 && item.isClosed();
                            }
                        });
        awaitPoll(polling);
        dish.close();

        assertThat(polling.result()).isTrue();
    }

    @Test
    void shouldWorkOnAnEventLoop() {
        ServerSocket server = context.server();
        ClientSocket client = context.client();
        client.connect(server.bind(Transport.INPROC.fresh()));
        try (EventLoop loop = EventLoop.create(context)) {
            AsyncSocket async = AsyncSocket.on(loop, server);
            client.send("hello");
            Message request = async.receive().orTimeout(20, TimeUnit.SECONDS).join();
            int id = server.routingId(request);
            request.close();
            Message answer = Message.of("answer");
            server.setRoutingId(answer, id);
            assertThat(async.send(answer).orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
            // The socket itself can still be used by any thread.
            server.send(Message.of("from outside"), id);

            assertThat(Deadline.text(client)).isEqualTo("answer");
            assertThat(Deadline.text(client)).isEqualTo("from outside");
        }
    }

    private static void send(SendingSocket sender, Multipart multipart) {
        boolean ignored = sender.trySend(multipart);
    }

    private static void awaitPoll(Background<?> background) {
        Deadline.until(
                "a thread polls",
                () ->
                        Arrays.stream(background.thread().getStackTrace())
                                .anyMatch(frame -> frame.getClassName().endsWith("PollerEvents")));
    }

    private static List<Background<Void>> many(int count, Runnable task) {
        return Stream.generate(() -> Background.run(task)).limit(count).toList();
    }
}
