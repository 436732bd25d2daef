// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.DealerSocket;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.PairSocket;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import io.panamq.RouterSocket;
import io.panamq.SocketOption;
import io.panamq.SubSocket;
import io.panamq.XPubSocket;
import io.panamq.error.SocketClosedException;
import io.panamq.internal.watch.Watchers;
import io.panamq.support.Background;
import io.panamq.support.BusyWatcher;
import io.panamq.support.Deadline;
import io.panamq.support.Fds;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests what virtual threads wait for, with each way to watch descriptors. */
class VirtualThreadTest extends WithContext {
    private final Watchers.Kind before = Watchers.use(Watchers.Kind.EPOLL);

    @AfterEach
    void restore() {
        Watchers.use(before);
    }

    @ParameterizedTest
    @EnumSource(Watchers.Kind.class)
    void shouldBeWokenByAMessage(Watchers.Kind kind) {
        Watchers.use(kind);
        for (Transport transport : Transport.values()) {
            PairSocket peer = context.pair();
            String endpoint = peer.bind(transport.fresh());
            var waiting =
                    Background.parked(
                            () -> {
                                try (PairSocket pair = context.pair()) {
                                    pair.connect(endpoint);
                                    return pair.receiveString() + pair.receiveString();
                                }
                            });
            peer.send("wake ");
            waiting.awaitBlocked();
            peer.send("up");

            assertThat(waiting.result()).isEqualTo("wake up");
        }
    }

    @ParameterizedTest
    @EnumSource(Watchers.Kind.class)
    void shouldBeWokenByRoom(Watchers.Kind kind) {
        Watchers.use(kind);
        PushSocket push = context.push();
        push.set(SocketOption.SNDHWM, 1);
        PullSocket pull = context.pull();
        pull.set(SocketOption.RCVHWM, 1);
        push.connect(pull.bind(Transport.INPROC.fresh()));
        int queued = 0;
        while (push.trySend("full")) {
            queued++;
        }
        push.handOver();
        var waiting = Background.parked(() -> push.send("at last"));
        for (int i = 0; i < queued; i++) {
            assertThat(Deadline.text(pull)).isEqualTo("full");
        }

        assertThat(Deadline.text(pull)).isEqualTo("at last");
        assertThat(waiting.result()).isTrue();
    }

    /** ZMQ_EVENTS always says that such a socket can send. Only trying tells the truth. */
    @ParameterizedTest
    @EnumSource(Watchers.Kind.class)
    void shouldBeWokenByRoomForOnePeerOfAMandatoryRouter(Watchers.Kind kind) {
        Watchers.use(kind);
        RouterSocket router = context.router();
        router.set(SocketOption.ROUTER_MANDATORY, true);
        router.set(SocketOption.SNDHWM, 1);
        String endpoint = router.bind(Transport.INPROC.fresh());
        DealerSocket dealer = context.dealer();
        dealer.set(SocketOption.RCVHWM, 1);
        dealer.set(SocketOption.ROUTING_ID, new byte[] {'d'});
        dealer.connect(endpoint);
        int queued = 0;
        while (router.trySend(Multipart.of("d", "full"))) {
            queued++;
        }
        router.handOver();
        var waiting = Background.parked(() -> router.send(Multipart.of("d", "at last")));
        for (int i = 0; i < queued; i++) {
            assertThat(Deadline.text(dealer)).isEqualTo("full");
        }

        assertThat(Deadline.text(dealer)).isEqualTo("at last");
        assertThat(waiting.result()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Watchers.Kind.class)
    void shouldBeWokenByRoomForASubscriberOfANoDropPublisher(Watchers.Kind kind) {
        Watchers.use(kind);
        XPubSocket pub = context.xpub();
        pub.set(SocketOption.XPUB_NODROP, true);
        pub.set(SocketOption.SNDHWM, 1);
        SubSocket sub = context.sub();
        sub.set(SocketOption.RCVHWM, 1);
        sub.connect(pub.bind(Transport.INPROC.fresh()));
        sub.subscribe("");
        assertThat(Deadline.bytes(pub)).containsExactly(1);
        int queued = 0;
        while (pub.trySend("full")) {
            queued++;
        }
        pub.handOver();
        var waiting = Background.parked(() -> pub.send("at last"));
        for (int i = 0; i < queued; i++) {
            assertThat(Deadline.text(sub)).isEqualTo("full");
        }

        assertThat(Deadline.text(sub)).isEqualTo("at last");
        assertThat(waiting.result()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Watchers.Kind.class)
    void shouldEndWithItsDeadline(Watchers.Kind kind) {
        Watchers.use(kind);
        PairSocket pair = context.pair();
        long begin = System.nanoTime();
        List<Boolean> found =
                Background.virtual(
                                () ->
                                        List.of(
                                                pair.receive(Deadline.GRACE).isPresent(),
                                                pair.send("nobody", Deadline.GRACE),
                                                pair.receiveMultipart(Deadline.GRACE).isPresent(),
                                                pair.send(Multipart.of("a", "b"), Deadline.GRACE)))
                        .result();

        assertThat(found).containsOnly(false);
        assertThat(System.nanoTime() - begin)
                .isGreaterThanOrEqualTo(Deadline.GRACE.multipliedBy(4).toNanos());
    }

    @Test
    void shouldWaitAgainAfterADeadlineAndAStrayPermit() {
        PairSocket peer = context.pair();
        String endpoint = peer.bind(Transport.INPROC.fresh());
        PairSocket pair = context.pair();
        var over = new CountDownLatch(1);
        var waiting =
                Background.virtual(
                        () -> {
                            pair.connect(endpoint);
                            Duration nearly = Duration.ofMillis(1);
                            for (int i = 0; i < 20; i++) {
                                assertThat(pair.receive(nearly)).isEmpty();
                            }
                            over.countDown();
                            return pair.receiveString();
                        });
        Deadline.until("its deadlines are over", () -> over.getCount() == 0);
        for (int i = 0; i < 1000; i++) {
            LockSupport.unpark(waiting.thread());
        }
        waiting.awaitBlocked();
        peer.send("now");

        assertThat(waiting.result()).isEqualTo("now");
    }

    @ParameterizedTest
    @EnumSource(Watchers.Kind.class)
    void shouldPassASocketFromThreadToThread(Watchers.Kind kind) throws Exception {
        Watchers.use(kind);
        RepSocket rep = context.rep();
        String endpoint = rep.bind(Transport.INPROC.fresh());
        ReqSocket req = context.req();
        req.connect(endpoint);
        req.handOver();
        rep.handOver();
        int rounds = 500;
        AtomicInteger served = new AtomicInteger();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < rounds; i++) {
                String text = "round " + i;
                Future<?> reply =
                        pool.submit(
                                () -> {
                                    rep.send(Deadline.text(rep) + "!");
                                    served.incrementAndGet();
                                    rep.handOver();
                                });
                Callable<String> task =
                        () -> {
                            req.send(text);
                            String answer = Deadline.text(req);
                            req.handOver();
                            return answer;
                        };
                // Now and then a platform thread owns the socket.
                String answer = i % 7 == 0 ? task.call() : pool.submit(task).get();
                assertThat(answer).isEqualTo(text + "!");
                reply.get();
            }
        }

        assertThat(served).hasValue(rounds);
    }

    @ParameterizedTest
    @EnumSource(Watchers.Kind.class)
    void shouldCarryEveryMessageBetweenManyThreads(Watchers.Kind kind) {
        Watchers.use(kind);
        int pairs = 50;
        int messages = 400;
        List<Background<Integer>> ends = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            PullSocket pull = context.pull();
            pull.set(SocketOption.RCVHWM, 1 + i % 5);
            String endpoint = pull.bind(List.of(Transport.values()).get(i % 3).fresh());
            pull.handOver();
            ends.add(Background.virtual(() -> receiveAll(pull, messages)));
            ends.add(Background.virtual(() -> sendAll(endpoint, messages)));
        }

        assertThat(ends.stream().map(Background::result)).containsOnly(messages);
    }

    private int sendAll(String endpoint, int count) {
        // The context closes this socket, so that the queued messages arrive.
        PushSocket push = context.push();
        push.set(SocketOption.SNDHWM, 3);
        push.connect(endpoint);
        try (Message message = Message.create()) {
            for (int i = 0; i < count; i++) {
                message.prepare(100).setInt(0, i);
                push.send(message);
            }
        }
        return count;
    }

    private static int receiveAll(PullSocket pull, int count) {
        try (Message message = Message.create()) {
            for (int i = 0; i < count; i++) {
                pull.receive(message);
                assertThat(message.getInt(0)).isEqualTo(i);
            }
        }
        return count;
    }

    /** These threads would hold all carriers if they did not park now and then. */
    @Test
    void shouldLeaveCarriersToOthersWhileManyTalk() {
        var end = new AtomicBoolean();
        List<Background<Boolean>> talking = new ArrayList<>();
        for (int i = 0; i < 8 * Runtime.getRuntime().availableProcessors(); i++) {
            PairSocket one = context.pair();
            PairSocket two = context.pair();
            one.connect(two.bind(Transport.INPROC.fresh()));
            one.handOver();
            two.handOver();
            talking.add(Background.virtual(() -> talk(one, true, end)));
            talking.add(Background.virtual(() -> talk(two, false, end)));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(Background.virtual(() -> "started").result()).isEqualTo("started");
        }
        end.set(true);

        assertThat(talking.stream().map(Background::result)).containsOnly(true);
    }

    private static boolean talk(PairSocket pair, boolean begins, AtomicBoolean end) {
        try (Message message = Message.of("hello")) {
            if (begins) {
                pair.send(message);
            }
            boolean goesOn = true;
            while (goesOn) {
                goesOn = pair.receive(message, Deadline.LIMIT) && message.size() > 0;
                if (end.get()) {
                    message.prepare(0);
                    goesOn = false;
                }
                pair.send(message);
            }
            return true;
        }
    }

    /** A close wakes the thread. So does a lock that it waited for just before it parks. */
    @ParameterizedTest
    @EnumSource(Watchers.Kind.class)
    void shouldNoticeACloseThatComesWhenItIsAboutToPark(Watchers.Kind kind) {
        Watchers.use(kind);
        try (var others = new BusyWatcher(context)) {
            for (int i = 0; i < 300; i++) {
                PairSocket pair = context.pair();
                var started = new CountDownLatch(1);
                var waiting =
                        Background.virtual(
                                () -> {
                                    started.countDown();
                                    return pair.receive();
                                });
                others.awaitMoment(started, i);
                pair.close();

                assertThat(waiting.failure()).isInstanceOf(SocketClosedException.class);
            }
        }
    }

    @Test
    void shouldRefuseTheSocketOfAnotherVirtualThread() {
        PairSocket pair = context.pair();
        var owner = Background.parked(pair::receive);

        Background.virtual(
                        () ->
                                assertThatThrownBy(pair::tryReceive)
                                        .isInstanceOf(WrongThreadException.class)
                                        .hasMessageContaining("VirtualThread"))
                .result();
        pair.close();
        assertThat(owner.failure()).isInstanceOf(SocketClosedException.class);
    }

    @ParameterizedTest
    @EnumSource(Watchers.Kind.class)
    void shouldLeaveNoFileOpen(Watchers.Kind kind) {
        Watchers.use(kind);
        waitOnce();
        int open = Fds.count();
        for (int i = 0; i < 100; i++) {
            waitOnce();
        }

        Fds.awaitNoMoreThan(open + 5);
    }

    private void waitOnce() {
        PairSocket pair = context.pair();
        var waiting = Background.parked(pair::receive);
        pair.close();
        assertThat(waiting.failure()).isInstanceOf(SocketClosedException.class);
    }
}
