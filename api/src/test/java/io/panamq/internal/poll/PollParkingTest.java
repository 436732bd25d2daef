// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.Internals;
import io.panamq.Message;
import io.panamq.PairSocket;
import io.panamq.PollEvent;
import io.panamq.PollItem;
import io.panamq.Poller;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.Socket;
import io.panamq.SocketOption;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import io.panamq.internal.watch.Watchers;
import io.panamq.support.Background;
import io.panamq.support.BusyWatcher;
import io.panamq.support.Deadline;
import io.panamq.support.Fifo;
import io.panamq.support.Transport;
import io.panamq.support.Waiter;
import io.panamq.support.WithPoller;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests a poll that parks on a virtual thread and on an idle platform thread, with each backend and
 * each way to be woken.
 */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("ways")
class PollParkingTest extends WithPoller {
    private final Watchers.Kind before = Watchers.use(Watchers.Kind.EPOLL);

    private final Waiter waiter;
    private Watchers.Kind kind = Watchers.Kind.EPOLL;

    PollParkingTest(PollMethod method, Waiter waiter) {
        super(method);
        this.waiter = waiter;
    }

    static Stream<Arguments> ways() {
        return methods()
                .flatMap(
                        method ->
                                Stream.of(Waiter.IDLE, Waiter.VIRTUAL)
                                        .map(way -> Arguments.of(method, way)));
    }

    @AfterEach
    void restore() {
        Watchers.use(before);
    }

    /** Registers so many sockets with peers. Another thread may then take over all of them. */
    private void register(int count) {
        for (int i = 0; i < count; i++) {
            poller.add(pair(), PollEvent.IN).attach(i);
        }
        release();
    }

    private void release() {
        poller.handOver();
        Stream.concat(sockets.stream(), peers.stream()).forEach(Socket::handOver);
    }

    private void watchWith(Watchers.Kind other) {
        kind = other;
        Watchers.use(other);
    }

    /** Starts a task and waits until it is parked in a poll. */
    private <T> Background<T> parked(Callable<T> callable) {
        var background = waiter.start(callable);
        awaitParked(background);
        return background;
    }

    /** Waits until the thread is parked, or polls in slices if nothing could wake it. */
    private void awaitParked(Background<?> background) {
        boolean slices = waiter == Waiter.IDLE && kind == Watchers.Kind.NONE;
        Thread thread = background.thread();
        Deadline.until(
                "thread waits in a poll", () -> slices ? isPolling(thread) : isParked(thread));
    }

    private static boolean isParked(Thread thread) {
        Thread.State state = thread.getState();
        return (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING)
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("park"));
    }

    @ParameterizedTest
    @EnumSource(Watchers.Kind.class)
    void shouldBeWokenByAMessageAgainAndAgain(Watchers.Kind kind) {
        watchWith(kind);
        for (Transport transport : Transport.values()) {
            try (PushSocket push = context.push()) {
                String endpoint = push.bind(transport.fresh());
                var waiting =
                        parked(
                                () -> {
                                    try (Poller own = Internals.poller(context, method);
                                            PullSocket pull = context.pull()) {
                                        own.add(context.pair(), PollEvent.IN);
                                        pull.connect(endpoint);
                                        own.add(pull, PollEvent.IN);
                                        String text = "";
                                        while (!text.endsWith("end")) {
                                            assertThat(own.poll()).isOne();
                                            text += pull.receiveString();
                                        }
                                        return text;
                                    }
                                });
                push.send("wake ");
                awaitParked(waiting);
                push.send("up ");
                awaitParked(waiting);
                push.send("end");

                assertThat(waiting.result()).isEqualTo("wake up end");
            }
        }
    }

    /** No message is lost, even one that comes between looking and parking. */
    @ParameterizedTest
    @EnumSource(Watchers.Kind.class)
    void shouldLoseNoMessage(Watchers.Kind kind) {
        watchWith(kind);
        int rounds = 1500;
        register(5);
        var echo =
                waiter.start(
                        () -> {
                            int received = 0;
                            while (received < rounds) {
                                int ready = poller.poll();
                                for (int i = 0; i < ready; i++) {
                                    var socket = (PairSocket) poller.ready().get(i).socket();
                                    socket.send(socket.receiveString());
                                    received++;
                                }
                            }
                            return received;
                        });
        for (int i = 0; i < rounds; i++) {
            PairSocket peer = peers.get(i % 5);
            peer.send("" + i);
            assertThat(Deadline.text(peer)).isEqualTo("" + i);
        }

        assertThat(echo.result()).isEqualTo(rounds);
    }

    @ParameterizedTest
    @EnumSource(Watchers.Kind.class)
    void shouldBeWokenByRoom(Watchers.Kind kind) {
        watchWith(kind);
        PushSocket push = context.push();
        push.set(SocketOption.SNDHWM, 1);
        PullSocket pull = context.pull();
        pull.set(SocketOption.RCVHWM, 1);
        push.connect(pull.bind(Transport.INPROC.fresh()));
        boolean room = true;
        while (room) {
            room = push.trySend("full");
        }
        poller.add(push, PollEvent.OUT).attach("push");
        poller.handOver();
        push.handOver();
        var waiting = parked(() -> poller.poll() + " " + poller.ready().get(0).isWritable());
        while (pull.tryReceive().map(PollParkingTest::close).isPresent()) {
            // This receives one message after the other.
        }

        assertThat(waiting.result()).isEqualTo("1 true");
    }

    private static boolean close(Message message) {
        message.close();
        return true;
    }

    @ParameterizedTest
    @EnumSource(Watchers.Kind.class)
    void shouldEndWithItsDeadline(Watchers.Kind kind) {
        watchWith(kind);
        register(3);
        long begin = System.nanoTime();

        assertThat(waiter.start(() -> poller.poll(Deadline.GRACE)).result()).isZero();

        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(Deadline.GRACE.toNanos());
    }

    @ParameterizedTest
    @EnumSource(Watchers.Kind.class)
    void shouldEndWithAWakeup(Watchers.Kind kind) {
        watchWith(kind);
        register(3);
        var first = new CountDownLatch(1);
        var waiting =
                parked(
                        () -> {
                            int ready = poller.poll();
                            first.countDown();
                            return ready + poller.poll();
                        });
        poller.wakeup();
        Deadline.until("the first poll has ended", () -> first.getCount() == 0);
        awaitParked(waiting);
        poller.wakeup();

        assertThat(waiting.result()).isZero();
    }

    @Test
    void shouldEndWithAnInterruptAndStayUsable() {
        register(1);
        var ended = new CountDownLatch(1);
        var waiting =
                parked(
                        () -> {
                            assertThatThrownBy(poller::poll)
                                    .isInstanceOf(OperationInterruptedException.class);
                            assertThat(Thread.interrupted()).as("flag").isTrue();
                            ended.countDown();
                            return poller.poll(Deadline.LIMIT);
                        });

        waiting.thread().interrupt();
        Deadline.until("the first poll has ended", () -> ended.getCount() == 0);
        awaitParked(waiting);
        peers.get(0).send("in");

        assertThat(waiting.result()).isOne();
    }

    @Test
    void shouldEndWhenAnotherThreadClosesThePoller() {
        register(2);
        var waiting = parked(poller::poll);

        poller.close();

        assertThat(waiting.failure()).isInstanceOf(SocketClosedException.class);
        assertThat(sockets.get(0).isClosed()).isFalse();
    }

    /** A close wakes the thread. So does a lock that it waited for just before it parks. */
    @ParameterizedTest
    @EnumSource(Watchers.Kind.class)
    void shouldNoticeACloseThatComesWhenItIsAboutToPark(Watchers.Kind kind) {
        watchWith(kind);
        try (var others = new BusyWatcher(context)) {
            for (int i = 0; i < 300; i++) {
                Poller own = Internals.poller(context, method);
                PairSocket pair = context.pair();
                own.add(pair, PollEvent.IN);
                own.handOver();
                pair.handOver();
                var started = new CountDownLatch(1);
                var waiting =
                        waiter.start(
                                () -> {
                                    started.countDown();
                                    return own.poll();
                                });
                others.awaitMoment(started, i);
                own.close();

                assertThat(waiting.failure()).isInstanceOf(SocketClosedException.class);
                pair.close();
            }
        }
    }

    @Test
    void shouldEndWhenAnotherThreadClosesASocket() {
        register(3);
        var waiting =
                parked(
                        () ->
                                poller.poll()
                                        + " "
                                        + poller.ready().get(0).isClosed()
                                        + poller.size());

        sockets.get(1).close();

        assertThat(waiting.result()).isEqualTo("1 true2");
    }

    @Test
    void shouldEndWhenTheContextIsShutDown() {
        register(2);
        var waiting = parked(poller::poll);

        context.shutdown();

        assertThat(waiting.failure())
                .isInstanceOf(ContextTerminatedException.class)
                .hasMessageContaining("shut down");
    }

    @Test
    void shouldEndWhenTheContextIsClosed() {
        register(2);
        var waiting = parked(poller::poll);

        assertThat(context.close(Deadline.LIMIT).terminated()).isTrue();

        assertThat(waiting.failure()).isInstanceOf(ContextTerminatedException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldNoticeFileDescriptorsBesideSockets() throws Exception {
        try (Fifo fifo = new Fifo()) {
            PollItem item = poller.add(fifo.fd(), PollEvent.IN).attach("fifo");
            register(1);
            // A platform thread keeps polling in slices as long as there is a descriptor.
            var waiting =
                    waiter.start(
                            () -> {
                                Object first =
                                        poller.poll() + "" + poller.ready().get(0).attachment();
                                item.pause();
                                Object second =
                                        poller.poll() + "" + poller.ready().get(0).attachment();
                                item.remove();
                                return first + " " + second;
                            });
            fifo.write();
            // Now the thread parks without an end, because the descriptor is paused.
            Deadline.until(
                    "only sockets are left",
                    () -> waiting.thread().getState() == Thread.State.WAITING);
            peers.get(0).send("in");

            assertThat(waiting.result()).isEqualTo("1fifo 10");
        }
    }
}
