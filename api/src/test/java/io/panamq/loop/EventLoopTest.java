// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.Context;
import io.panamq.DealerSocket;
import io.panamq.MonitorEvent;
import io.panamq.Multipart;
import io.panamq.PairSocket;
import io.panamq.PollEvent;
import io.panamq.PollItem;
import io.panamq.PullSocket;
import io.panamq.RouterSocket;
import io.panamq.SocketMonitor;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Fifo;
import io.panamq.support.Logged;
import io.panamq.support.PublicMethods;
import io.panamq.support.Transport;
import io.panamq.support.WithLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the handlers and tasks of an event loop. */
class EventLoopTest extends WithLoop {
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldHandleMessagesInOrder(Transport transport) {
        Line line = line(transport);
        Queue<String> texts = texts(line.pull());

        numbers(1000).forEach(line.push()::send);

        awaitSize(texts, 1000);
        assertThat(texts).containsExactlyElementsOf(numbers(1000));
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldRunHandlersOnItsThreadAndNowhereElse() {
        Line line = line(Transport.INPROC);
        Queue<Boolean> found = new ConcurrentLinkedQueue<>();
        on(() -> loop.onMessage(line.pull(), message -> found.add(loop.isLoopThread())));
        line.push().send("a");

        awaitSize(found, 1);
        assertThat(found).containsExactly(true);
        assertThat(loop.isLoopThread()).isFalse();
        assertThat(on(() -> Thread.currentThread().isDaemon())).isTrue();
        assertThat(on(() -> Thread.currentThread().getName())).isEqualTo(loop.toString());
    }

    @Test
    void shouldHandleWholeMessagesAndLetThemBeSentOn() {
        RouterSocket router = context.router();
        DealerSocket dealer = context.dealer();
        dealer.connect(router.bind(Transport.INPROC.fresh()));
        router.handOver();
        on(() -> loop.onMultipart(router, router::send));

        Deadline.send(dealer, "a", "b");
        Deadline.send(dealer, "c");

        try (Multipart first = Deadline.multipart(dealer);
                Multipart second = Deadline.multipart(dealer)) {
            assertThat(List.of(first.getString(0), first.getString(1))).containsExactly("a", "b");
            assertThat(second.getString(0)).isEqualTo("c");
        }
    }

    @Test
    void shouldSurviveHandlersThatCloseOrKeepWhatTheyGet() {
        Line line = line(Transport.INPROC);
        PairSocket pair = context.pair();
        PairSocket peer = context.pair();
        peer.connect(pair.bind(Transport.INPROC.fresh()));
        pair.handOver();
        Queue<String> texts = new ConcurrentLinkedQueue<>();
        on(
                () ->
                        loop.onMessage(
                                line.pull(),
                                message -> {
                                    texts.add(message.getString());
                                    message.close();
                                }));
        on(
                () ->
                        loop.onMultipart(
                                pair,
                                multipart -> {
                                    texts.add(multipart.getString(0));
                                    multipart.close();
                                }));
        for (int i = 0; i < 3; i++) {
            line.push().send("x");
            Deadline.send(peer, "x", "y");
        }

        awaitSize(texts, 6);
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldHandleTheEventsOfAMonitor() {
        PullSocket pull = context.pull();
        SocketMonitor monitor = pull.monitor();
        monitor.handOver();
        Queue<MonitorEvent> events = new ConcurrentLinkedQueue<>();
        on(() -> loop.onEvent(monitor, events::add));

        pull.bind("tcp://127.0.0.1:*");
        awaitSize(events, 1);
        pull.close();

        Deadline.until("monitor is closed", monitor::isClosed);
        assertThat(events.peek()).isInstanceOf(MonitorEvent.Listening.class);
        assertThat(failures).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldHandleFileDescriptors() throws Exception {
        AtomicReference<PollItem> ready = new AtomicReference<>();
        try (Fifo fifo = new Fifo()) {
            on(
                    () ->
                            loop.onReady(
                                    fifo.fd(),
                                    item -> {
                                        ready.set(item);
                                        item.remove();
                                    },
                                    PollEvent.IN));
            fifo.write();

            Deadline.until("the file is ready", () -> ready.get() != null);
            assertThat(ready.get().fd()).isEqualTo(fifo.fd());
            on(() -> assertThat(ready.get().isRegistered()).isFalse());
        }
    }

    @Test
    void shouldLetHandlersReceiveThemselvesAndPause() {
        Line line = line(Transport.INPROC);
        Queue<String> texts = new ConcurrentLinkedQueue<>();
        PollItem item =
                on(
                        () ->
                                loop.onReady(
                                        line.pull(),
                                        ready -> {
                                            texts.add(line.pull().receiveString());
                                            ready.pause();
                                        },
                                        PollEvent.IN));
        line.push().send("1");
        line.push().send("2");

        awaitSize(texts, 1);
        on(() -> item.watch(PollEvent.IN));
        awaitSize(texts, 2);
    }

    @Test
    void shouldRunTasksOfManyThreadsInTheOrderOfEach() {
        List<List<Integer>> seen = new ArrayList<>();
        List<Background<Void>> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            List<Integer> mine = new ArrayList<>();
            seen.add(mine);
            threads.add(
                    Background.run(
                            () -> {
                                for (int i = 0; i < 2000; i++) {
                                    int number = i;
                                    loop.execute(() -> mine.add(number));
                                }
                            }));
        }
        threads.forEach(Background::result);
        on(() -> {});

        assertThat(seen)
                .allSatisfy(
                        mine -> {
                            assertThat(mine).hasSize(2000);
                            assertThat(mine).isSorted();
                        });
    }

    @Test
    void shouldGiveFloodedSocketsTheirTurns() {
        EventLoop fair = builder().messagesPerTurn(10).start();
        loop.close();
        loop = fair;
        Line one = line(Transport.INPROC);
        Line two = line(Transport.INPROC);
        for (int i = 0; i < 500; i++) {
            one.push().send("1");
            two.push().send("2");
        }
        Queue<String> texts = new ConcurrentLinkedQueue<>();
        on(
                () -> {
                    loop.onMessage(one.pull(), message -> texts.add(message.getString()));
                    loop.onMessage(two.pull(), message -> texts.add(message.getString()));
                });

        awaitSize(texts, 1000);
        List<String> order = List.copyOf(texts);
        for (int i = 0; i < 980; i += 20) {
            assertThat(order.subList(i, i + 20)).as("from %d on", i).contains("1", "2");
        }
    }

    @Test
    void shouldServeSocketsWhileTasksAddThemselvesAgain() {
        Line line = line(Transport.INPROC);
        Queue<String> texts = texts(line.pull());
        AtomicInteger runs = new AtomicInteger();
        loop.execute(
                new Runnable() {
                    @Override
                    public void run() {
                        runs.incrementAndGet();
                        if (texts.isEmpty()) {
                            loop.execute(this);
                        }
                    }
                });
        Deadline.until("it runs", () -> runs.get() > 10);

        line.push().send("through");

        awaitSize(texts, 1);
    }

    // ---- failures

    @Test
    void shouldContainAndReportWhatHandlersAndTasksThrow() {
        Line line = line(Transport.INPROC);
        Queue<String> texts = new ConcurrentLinkedQueue<>();
        on(
                () ->
                        loop.onMessage(
                                line.pull(),
                                message -> {
                                    texts.add(message.getString());
                                    throw new IllegalStateException("of " + message.getString());
                                }));
        loop.execute(
                () -> {
                    throw new AssertionError("of a task");
                });
        line.push().send("1");
        line.push().send("2");

        awaitSize(texts, 2);
        awaitSize(failures, 3);
        assertThat(failures.stream().map(Throwable::getMessage))
                .containsExactlyInAnyOrder("of a task", "of 1", "of 2");
        assertThat(on(() -> "alive")).isEqualTo("alive");
    }

    @Test
    void shouldLogWhatIsThrownIfNobodyElseIsTold() {
        try (Logged logged = Logged.at(EventLoop.class.getName());
                EventLoop untold = EventLoop.create(context)) {
            untold.execute(
                    () -> {
                        throw new IllegalStateException("thrown on purpose");
                    });

            logged.await("SEVERE", untold.toString(), "thrown on purpose");
        }
    }

    @Test
    void shouldSurviveAFailureHandlerThatFails() {
        EventLoop careless =
                EventLoop.builder(context)
                        .onFailure(
                                failure -> {
                                    failures.add(failure);
                                    throw new IllegalStateException("logged, as a test wants it");
                                })
                        .start();
        loop.close();
        loop = careless;
        loop.execute(
                () -> {
                    throw new IllegalStateException("first");
                });

        assertThat(on(() -> "alive")).isEqualTo("alive");
        awaitSize(failures, 1);
    }

    @Test
    void shouldForgetAnInterruptOfAHandler() {
        Line line = line(Transport.INPROC);
        Queue<String> texts = texts(line.pull());
        loop.execute(() -> Thread.currentThread().interrupt());

        line.push().send("a");

        awaitSize(texts, 1);
        assertThat(on(Thread::interrupted)).isFalse();
        assertThat(failures).isEmpty();
    }

    // ---- owners of sockets

    @Test
    void shouldGiveASocketBackWithinItsOwnHandler() {
        Line line = line(Transport.INPROC);
        AtomicReference<PollItem> item = new AtomicReference<>();
        Queue<String> texts = new ConcurrentLinkedQueue<>();
        line.push().send("1");
        line.push().send("2");
        on(
                () ->
                        item.set(
                                loop.onMessage(
                                        line.pull(),
                                        message -> {
                                            texts.add(message.getString());
                                            item.get().remove();
                                            line.pull().handOver();
                                        })));
        awaitSize(texts, 1);
        on(() -> {});

        assertThat(Deadline.text(line.pull())).isEqualTo("2");
        loop.close();
        assertThat(line.pull().isClosed()).isFalse();
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldTellWhenASocketWasClosedByAnotherThread() {
        Line line = line(Transport.INPROC);
        Queue<Boolean> told = new ConcurrentLinkedQueue<>();
        on(() -> loop.onReady(line.pull(), item -> told.add(item.isClosed()), PollEvent.IN));
        Line other = line(Transport.INPROC);
        Queue<String> texts = texts(other.pull());

        line.pull().close();

        awaitSize(told, 1);
        assertThat(told).containsExactly(true);
        other.push().send("goes on");
        awaitSize(texts, 1);
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldLetAHandlerCloseItsSocket() {
        Line line = line(Transport.INPROC);
        line.push().send("1");
        line.push().send("2");
        Queue<String> texts = new ConcurrentLinkedQueue<>();
        on(
                () ->
                        loop.onMessage(
                                line.pull(),
                                message -> {
                                    texts.add(message.getString());
                                    line.pull().close();
                                }));

        awaitSize(texts, 1);
        on(() -> {});
        on(() -> {});
        assertThat(texts).containsExactly("1");
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldDropASocketThatWasGivenAwayWithoutRemovingIt() {
        Line line = line(Transport.INPROC);
        Line other = line(Transport.INPROC);
        Queue<String> texts = texts(other.pull());
        PollItem item = on(() -> loop.onMessage(line.pull(), message -> {}));
        var open = hold();
        loop.execute(line.pull()::handOver);
        loop.execute(
                () ->
                        Background.run(() -> assertThat(line.pull().tryReceive()).isEmpty())
                                .result());
        open.countDown();

        Deadline.until("it is dropped", () -> !item.isRegistered());
        other.push().send("goes on");
        awaitSize(texts, 1);
        awaitSize(failures, 1);
        assertThat(failures.peek()).isInstanceOf(WrongThreadException.class);
    }

    @Test
    void shouldRefuseSocketsOfAnotherContextAndThoseItHas() {
        try (Context elsewhere = Context.create();
                PullSocket pull = elsewhere.pull()) {
            on(
                    () ->
                            assertThatThrownBy(() -> loop.onMessage(pull, message -> {}))
                                    .isInstanceOf(IllegalArgumentException.class)
                                    .hasMessageContainingAll("PULL#", "another context"));
        }
        Line line = line(Transport.INPROC);
        on(() -> loop.onMessage(line.pull(), message -> {}));
        on(
                () ->
                        assertThatThrownBy(() -> loop.onMultipart(line.pull(), message -> {}))
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessageContaining("registered already"));
    }

    @Test
    void shouldRefuseEveryOnMethodOnAnotherThread() {
        List<String> refused = new ArrayList<>();
        PublicMethods.of(EventLoop.class)
                .filter(method -> method.getName().startsWith("on"))
                .forEach(
                        method -> {
                            Object[] arguments =
                                    PublicMethods.arguments(method.getParameterTypes(), context);
                            assertThatThrownBy(() -> PublicMethods.call(method, loop, arguments))
                                    .as(method.toString())
                                    .isInstanceOf(WrongThreadException.class)
                                    .hasMessageContainingAll(loop.toString(), "execute()");
                            refused.add(method.getName());
                        });

        assertThat(refused).hasSize(5);
        assertThat(Set.copyOf(refused))
                .containsExactlyInAnyOrder("onMessage", "onMultipart", "onEvent", "onReady");
    }

    @Test
    void shouldRefuseSettingsOutOfRange() {
        assertThatThrownBy(() -> builder().messagesPerTurn(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder().drainTimeout(java.time.Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        try (EventLoop named = builder().name("mine").start()) {
            assertThat(named).hasToString("mine");
        }
    }
}
