// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import io.panamq.internal.poll.PollMethod;
import io.panamq.internal.poll.PollSecrets;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Fds;
import io.panamq.support.PublicMethods;
import io.panamq.support.WithPoller;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests what ends the wait of a poller, which thread owns it, and sockets that are closed. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.panamq.support.WithPoller#methods")
class PollerEndTest extends WithPoller {
    PollerEndTest(PollMethod method) {
        super(method);
    }

    /** Starts an endless poll over the given number of sockets on another thread. */
    private Background<Integer> blockedPoll(int count) {
        for (int i = 0; i < count; i++) {
            poller.add(pair(), PollEvent.IN).attach(i);
        }
        release();
        return blocked(poller::poll);
    }

    private void release() {
        poller.handOver();
        Stream.concat(sockets.stream(), peers.stream())
                .filter(socket -> !socket.isClosed())
                .forEach(Socket::handOver);
    }

    // ---- wakeup

    @Test
    void shouldEndWithAWakeup() {
        var waiting = blockedPoll(3);

        poller.wakeup();

        assertThat(waiting.result()).isZero();
    }

    @Test
    void shouldRememberAWakeupForTheNextPollOnce() {
        poller.add(pair(), PollEvent.IN).attach("a");
        poller.wakeup();
        poller.wakeup();
        Background.run(poller::wakeup).result();

        assertThat(poller.poll()).isZero();
        assertThat(poller.poll(Duration.ofMillis(1))).isZero();
        peers.get(0).send("in");
        poller.wakeup();
        Deadline.until("item beside the wakeup", () -> poller.poll() == 1);
        assertThat(found(1)).containsExactly("a");
    }

    @Test
    void shouldLoseNoWakeupOfManyThreads() {
        int rounds = 2000;
        var done = new AtomicInteger();
        release();
        var polling =
                Background.run(
                        () -> {
                            while (done.get() < 4 * rounds) {
                                poller.poll();
                            }
                        });
        List<Background<Void>> wakers =
                Stream.generate(
                                () ->
                                        Background.run(
                                                () -> {
                                                    for (int i = 0; i < rounds; i++) {
                                                        done.incrementAndGet();
                                                        poller.wakeup();
                                                    }
                                                }))
                        .limit(4)
                        .toList();

        wakers.forEach(Background::result);
        polling.result();
    }

    // ---- interrupt, close, context

    @Test
    void shouldEndWithAnInterruptAndStayUsable() {
        poller.add(pair(), PollEvent.IN).attach("a");
        release();
        var waiting =
                blocked(
                        () -> {
                            assertThatThrownBy(poller::poll)
                                    .isInstanceOf(OperationInterruptedException.class)
                                    .hasMessageContaining("Poller#1")
                                    .hasMessageContaining("interrupted");
                            assertThat(Thread.interrupted()).as("flag").isTrue();
                            peers.get(0).send("in");
                            return found(poller.poll(Deadline.LIMIT));
                        });

        waiting.thread().interrupt();

        assertThat(waiting.result()).containsExactly("a");
    }

    @Test
    void shouldEndWhenAnotherThreadClosesThePoller() {
        var waiting = blockedPoll(2);

        poller.close();

        assertThat(waiting.failure())
                .isInstanceOf(SocketClosedException.class)
                .hasMessageContaining("Poller#1");
        assertThat(poller.isClosed()).isTrue();
        assertThat(sockets.get(0).isClosed()).isFalse();
    }

    @Test
    void shouldEndWhenTheContextIsClosed() {
        var waiting = blockedPoll(2);

        CloseReport report = context.close(Deadline.LIMIT);

        assertThat(waiting.failure()).isInstanceOf(ContextTerminatedException.class);
        assertThat(report.terminated()).isTrue();
        assertThat(report.stillOpen()).contains("Poller#1").hasSize(5);
    }

    @Test
    void shouldEndWhenTheContextIsShutDown() {
        var waiting = blockedPoll(2);

        context.shutdown();

        assertThat(waiting.failure())
                .isInstanceOf(ContextTerminatedException.class)
                .hasMessageContaining("shut down");
        assertThatThrownBy(poller::tryPoll)
                .as("on this thread, after the other one ended")
                .isInstanceOf(WrongThreadException.class);
    }

    @Test
    void shouldNotReachLibzmqWithSocketsThatKnowOfTheShutdown() {
        try (Context other = Context.create();
                PairSocket socket = other.pair()) {
            poller.add(socket, PollEvent.IN).attach("other");
            assertThat(poller.tryPoll()).isZero();
            other.shutdown();
            assertThatThrownBy(socket::receive).isInstanceOf(ContextTerminatedException.class);
            assertThatThrownBy(poller::tryPoll).isInstanceOf(ContextTerminatedException.class);

            // Now libzmq's poller would ask all sockets for their descriptors.
            poller.add(pair(), PollEvent.IN).attach("mine");
            assertThatThrownBy(poller::tryPoll).isInstanceOf(ContextTerminatedException.class);
            assertThatThrownBy(poller::poll).isInstanceOf(ContextTerminatedException.class);
        }
        peers.get(0).send("in");
        assertThat(found(poller.poll(Deadline.LIMIT))).containsExactly("mine", "other");
    }

    // ---- closed sockets

    @Test
    void shouldReportOnceASocketThatItsOwnerClosed() {
        PollItem item = poller.add(pair(), PollEvent.IN).attach("a");
        PollItem other = poller.add(pair(), PollEvent.IN).attach("b");
        peers.get(0).send("in");
        assertThat(poller.poll(Deadline.LIMIT)).isEqualTo(1);

        sockets.get(0).close();

        assertThat(item.isClosed()).isTrue();
        assertThat(item.isReadable()).isFalse();
        assertThat(item.isRegistered()).isFalse();
        assertThat(other.isRegistered()).isTrue();
        assertThat(found(poller.poll())).containsExactly("a");
        assertThat(poller.ready().get(0)).isSameAs(item);
        assertThat(poller.tryPoll()).isZero();
        assertThat(poller.size()).isEqualTo(1);
        item.remove();
        assertThatThrownBy(() -> item.watch(PollEvent.IN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        peers.get(1).send("in");
        assertThat(found(poller.poll(Deadline.LIMIT))).containsExactly("b");
    }

    @Test
    void shouldEndTheWaitWhenAnotherThreadClosesASocket() {
        var waiting = blockedPoll(3);

        sockets.get(1).close();

        assertThat(waiting.result()).isEqualTo(1);
    }

    @Test
    void shouldReportSocketsThatAnotherThreadClosedBetweenPolls() {
        for (int i = 0; i < 10; i++) {
            poller.add(pair(), PollEvent.IN).attach(i);
        }
        assertThat(poller.tryPoll()).isZero();
        for (int i = 0; i < 10; i += 2) {
            Background.run(sockets.get(i)::close).result();
        }
        peers.get(5).send("in");

        Deadline.until("message and closed ones", () -> poller.tryPoll() > 0);
        int ready = poller.tryPoll();
        assertThat(found(ready)).containsExactly(5);
        assertThat(poller.size()).isEqualTo(5);
    }

    @Test
    void shouldReportSocketsOfAContextThatIsClosed() {
        Context other = Context.create();
        poller.add(other.pair(), PollEvent.IN).attach("a");
        poller.add(other.pull(), PollEvent.IN).attach("b");
        poller.add(pair(), PollEvent.IN).attach("c");
        assertThat(poller.tryPoll()).isZero();

        other.close();

        assertThat(found(poller.poll())).containsExactly("a", "b");
        assertThat(poller.ready().get(0).isClosed()).isTrue();
        assertThat(poller.tryPoll()).isZero();
    }

    @Test
    void shouldReportWhatItFoundClosedAlsoAfterAPollThatFailed() {
        poller.add(pair(), PollEvent.IN).attach("closed");
        poller.add(pair(), PollEvent.IN).attach("foreign");
        sockets.get(0).close();
        sockets.get(1).handOver();
        Background.run(() -> sockets.get(1).tryReceive()).result();
        assertThatThrownBy(poller::tryPoll)
                .isInstanceOf(WrongThreadException.class)
                .hasMessageContaining("poll on " + sockets.get(1));
        sockets.get(1).close();

        assertThat(found(poller.tryPoll())).containsExactly("closed", "foreign");
        assertThat(poller.tryPoll()).isZero();
    }

    @Test
    void shouldSurviveSocketsThatAreClosedByOthersWhileItPolls() {
        for (int round = 0; round < 30; round++) {
            int first = sockets.size();
            for (int i = 0; i < 8; i++) {
                poller.add(pair(), PollEvent.IN).attach(first + i);
            }
            release();
            var polling =
                    Background.start(
                            () -> {
                                int closed = 0;
                                while (closed < 8) {
                                    closed += poller.poll();
                                }
                                poller.handOver();
                                return closed;
                            });
            List<Background<Void>> closers =
                    sockets.subList(first, first + 8).stream()
                            .map(socket -> Background.run(socket::close))
                            .toList();

            closers.forEach(Background::result);
            assertThat(polling.result()).isEqualTo(8);
            peers.subList(first, first + 8).forEach(Socket::close);
        }
        assertThat(poller.size()).isZero();
    }

    @Test
    void shouldLeaveASocketUsableWhenThePollerIsClosed() {
        PairSocket socket = pair();
        PollItem item = poller.add(socket, PollEvent.IN).attach("a");
        poller.close();
        poller.close();

        peers.get(0).send("in");
        assertThat(Deadline.text(socket)).isEqualTo("in");
        assertThat(item.isRegistered()).isFalse();
        assertThat(item.isClosed()).isFalse();
        assertThatThrownBy(item::remove).isInstanceOf(SocketClosedException.class);
        poller.wakeup();
        socket.close();
        assertThat(poller).hasToString("Poller#1 (closed)");
    }

    @Test
    void shouldLeaveNoFilesBehind() {
        int before = Fds.count();
        for (int i = 0; i < 20; i++) {
            try (Poller each = Poller.create(context, method)) {
                each.add(context.pair(), PollEvent.IN);
                each.tryPoll();
            }
        }
        Fds.awaitNoMoreThan(before + 20);
    }

    // ---- ownership

    @Test
    void shouldRefuseASocketOfAnotherThread() {
        PairSocket foreign = pair();
        foreign.handOver();
        Background.run(foreign::tryReceive).result();

        assertThatThrownBy(() -> poller.add(foreign, PollEvent.IN).attach("a"))
                .isInstanceOf(WrongThreadException.class)
                .hasMessageContaining(foreign.toString());
        assertThat(poller.size()).isZero();
    }

    @Test
    void shouldRefuseAClosedSocket() {
        PairSocket socket = pair();
        socket.close();

        assertThatThrownBy(() -> poller.add(socket, PollEvent.IN).attach("a"))
                .isInstanceOf(SocketClosedException.class);
        assertThat(poller.size()).isZero();
    }

    @Test
    void shouldPollNothingWhenASocketBelongsToAnotherThread() {
        poller.add(pair(), PollEvent.IN).attach("a");
        PairSocket given = pair();
        poller.add(given, PollEvent.IN).attach("given away");
        given.handOver();
        Background.run(
                        () -> {
                            given.tryReceive();
                            assertThatThrownBy(poller::tryPoll)
                                    .isInstanceOf(WrongThreadException.class);
                        })
                .result();

        assertThatThrownBy(poller::poll)
                .isInstanceOf(WrongThreadException.class)
                .hasMessageContaining(given.toString());
        assertThat(sockets.get(0).tryReceive()).as("the others are free again").isEmpty();
    }

    @Test
    void shouldRefuseChangesWhileAnotherThreadPolls() {
        var waiting = blockedPoll(2);
        PairSocket more = pair();
        PollItem item = PollSecrets.items(poller).get(0);

        assertThatThrownBy(() -> poller.add(more, PollEvent.IN).attach("a"))
                .isInstanceOf(WrongThreadException.class)
                .hasMessageContaining("Poller#1");
        assertThatThrownBy(() -> item.watch(PollEvent.IN)).isInstanceOf(WrongThreadException.class);
        assertThatThrownBy(item::remove).isInstanceOf(WrongThreadException.class);
        assertThatThrownBy(poller::tryPoll).isInstanceOf(WrongThreadException.class);
        poller.wakeup();
        assertThat(waiting.result()).isZero();
    }

    @Test
    void shouldBeHandedOverWithItsSockets() {
        poller.add(pair(), PollEvent.IN).attach("a");
        peers.get(0).send("in");
        assertThat(poller.poll(Deadline.LIMIT)).isEqualTo(1);
        release();

        var other =
                Background.start(
                        () -> {
                            List<Object> found = found(poller.poll(Deadline.LIMIT));
                            sockets.get(0).receiveString();
                            poller.ready().get(0).remove();
                            return found;
                        });

        assertThat(other.result()).containsExactly("a");
    }

    // ---- every method

    private static final Set<String> FREE =
            Set.of("close", "isClosed", "ready", "toString", "wakeup");

    private void assertRefused(Class<? extends Throwable> type, CharSequence... text) {
        List<Method> methods =
                PublicMethods.of(Poller.class)
                        .filter(method -> !FREE.contains(method.getName()))
                        .toList();
        assertThat(methods).hasSize(8);
        for (Method method : methods) {
            Object[] arguments = PublicMethods.arguments(method.getParameterTypes(), context);
            assertThatThrownBy(() -> PublicMethods.call(method, poller, arguments))
                    .as(method.toString())
                    .isInstanceOf(type)
                    .hasMessageContaining("Poller#1")
                    .hasMessageContainingAll(text);
        }
        List<PollItem> ready = poller.ready();
        assertThatThrownBy(ready::size).isInstanceOf(type).hasMessageContainingAll(text);
        assertThatThrownBy(() -> ready.get(0)).isInstanceOf(type).hasMessageContainingAll(text);
        assertThatThrownBy(() -> ready.iterator().hasNext()).isInstanceOf(type);
    }

    @Test
    void shouldRefuseEveryMethodAfterClose() {
        poller.close();

        assertRefused(SocketClosedException.class, "is closed");
    }

    @Test
    void shouldRefuseEveryMethodOnAForeignThread() {
        poller.size();

        Background.run(() -> assertRefused(WrongThreadException.class, "belongs to", "handOver()"))
                .result();
        assertThat(poller.size()).isZero();
    }

    @Test
    void shouldRefuseEveryMethodOfAnItemOnAForeignThread() {
        PollItem item = poller.add(pair(), PollEvent.IN).attach("a");

        Background.run(
                        () -> {
                            assertThatThrownBy(item::remove)
                                    .isInstanceOf(WrongThreadException.class);
                            assertThatThrownBy(() -> item.watch(PollEvent.IN))
                                    .isInstanceOf(WrongThreadException.class);
                        })
                .result();
        assertThat(item.isRegistered()).isTrue();
    }
}
