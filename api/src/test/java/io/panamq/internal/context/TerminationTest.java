// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.CloseReport;
import io.panamq.Context;
import io.panamq.DealerSocket;
import io.panamq.Internals;
import io.panamq.Multipart;
import io.panamq.PairSocket;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.RouterSocket;
import io.panamq.SocketOption;
import io.panamq.bindings.NativeLibrary;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.Errno;
import io.panamq.error.ZmqException;
import io.panamq.internal.watch.Watchers;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.Waiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests contexts that are closed at the worst moment, and report what they had to leave. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TerminationTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private final Context context =
            Context.builder().linger(SocketOption.FOREVER).maxSockets(5000).build();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldEndInTimeWithEverythingOpen(boolean closedByAVirtualThread) {
        List<Background<?>> blocked = openEverything();

        var closing =
                closedByAVirtualThread
                        ? Background.virtual(() -> context.close(SHORT))
                        : Background.start(() -> context.close(SHORT));
        CloseReport report = closing.result();

        assertThat(report.abandoned()).isEmpty();
        assertThat(report.stillOpen()).hasSize(14).contains("PUSH#1");
        assertThat(blocked).hasSize(9);
        for (Background<?> each : blocked) {
            assertThat(each.failure()).isInstanceOf(ContextTerminatedException.class);
        }
        assertThat(context.close(Duration.ZERO)).isEqualTo(report);
    }

    /** Opens nine sockets on which a thread waits, and five more. */
    private List<Background<?>> openEverything() {
        PushSocket unsent = context.push();
        unsent.connect(Transport.nowhere());
        for (int i = 0; i < 100; i++) {
            unsent.send(new byte[100_000]);
        }
        List<Background<?>> blocked = new ArrayList<>();
        for (Waiter waiter : Waiter.values()) {
            PullSocket pull = context.pull();
            blocked.add(waiter.blocked(pull::receive));
            DealerSocket dealer = context.dealer();
            blocked.add(waiter.blocked(() -> dealer.send("nobody")));
            RouterSocket router = context.router();
            router.bind(Transport.TCP.fresh());
            router.handOver();
            blocked.add(waiter.blocked(router::receiveMultipart));
        }
        // The message is half received, and the thread that received it has ended.
        PairSocket pair = context.pair();
        String endpoint = pair.bind(Transport.INPROC.fresh());
        PairSocket peer = context.pair();
        peer.connect(endpoint);
        peer.handOver();
        pair.send(Multipart.of("first", "second"));
        Background.run(() -> assertThat(Deadline.text(peer)).isEqualTo("first")).result();
        context.dealer().connect("inproc://never-bound");
        context.sub();
        return blocked;
    }

    @ParameterizedTest
    @EnumSource(Watchers.Kind.class)
    void shouldEndWithAThousandParkedThreads(Watchers.Kind kind) {
        Watchers.Kind before = Watchers.use(kind);
        try {
            List<Background<Object>> blocked = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                PairSocket pair = context.pair();
                boolean sends = i % 2 == 0;
                blocked.add(Background.virtual(() -> sends ? pair.send("x") : pair.receive()));
            }
            blocked.forEach(Background::awaitBlocked);
            CloseReport report = context.close(Deadline.LIMIT);

            assertThat(report.terminated()).isTrue();
            assertThat(report.stillOpen()).hasSize(1000);
            assertThat(report.abandoned()).isEmpty();
            assertThat(blocked.stream().map(Background::failure))
                    .hasOnlyElementsOfType(ContextTerminatedException.class);
        } finally {
            Watchers.use(before);
        }
    }

    @Test
    void shouldReportASocketWhoseOwnerIsStuckInACall() throws InterruptedException {
        PairSocket stuck = context.pair();
        PairSocket other = context.pair();
        var inside = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var owner =
                Background.start(
                        () -> {
                            Internals.core(stuck).enter("a call that does not return");
                            try {
                                inside.countDown();
                                return end.await(60, TimeUnit.SECONDS);
                            } finally {
                                Internals.core(stuck).exit();
                            }
                        });
        inside.await();
        CloseReport report = Background.start(() -> context.close(SHORT)).result();

        assertThat(report.terminated()).isFalse();
        assertThat(report.abandoned()).containsExactly("PAIR#1");
        assertThat(report.stillOpen()).containsExactlyInAnyOrder("PAIR#1", "PAIR#2");
        assertThat(other.isClosed()).isTrue();
        assertThat(Internals.core(stuck).isNativeClosed()).isFalse();
        end.countDown();
        assertThat(owner.result()).isTrue();
        assertThat(Internals.core(stuck).isNativeClosed())
                .as("closed by its owner in the end")
                .isTrue();
    }

    @Test
    void shouldEndInNoTime() {
        PushSocket unsent = context.push();
        unsent.connect(Transport.nowhere());
        unsent.send("never delivered");
        PullSocket pull = context.pull();
        var parked = Background.parked(pull::receive);

        CloseReport report = Background.start(() -> context.close(Duration.ZERO)).result();

        assertThat(report.stillOpen()).containsExactlyInAnyOrder("PUSH#1", "PULL#2");
        assertThat(report.abandoned()).isEmpty();
        assertThat(parked.failure()).isInstanceOf(ContextTerminatedException.class);
    }

    @Test
    void shouldEndWhileABatchIsBeingHandled() throws InterruptedException {
        PairSocket pair = context.pair();
        PairSocket peer = context.pair();
        pair.connect(peer.bind(Transport.INPROC.fresh()));
        pair.send("one");
        pair.send("two");
        peer.handOver();
        var inside = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        List<String> seen = new ArrayList<>();
        var handling =
                Background.start(
                        () ->
                                peer.bulkReceiver()
                                        .receiveBatch(
                                                message -> {
                                                    inside.countDown();
                                                    awaitLatch(closed);
                                                    seen.add(message.getString());
                                                },
                                                10));
        inside.await();
        CloseReport report = context.close(Deadline.LIMIT);
        closed.countDown();

        assertThat(report.terminated()).isTrue();
        assertThat(handling.failure()).isInstanceOf(ContextTerminatedException.class);
        assertThat(seen).as("the message in hand stays readable").containsExactly("one");
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldEndWhileOthersOpenAndUseSockets() {
        Predicate<Context> use =
                shared -> {
                    try {
                        while (true) {
                            try (PushSocket push = shared.push();
                                    PullSocket pull = shared.pull()) {
                                push.set(SocketOption.LINGER, Duration.ZERO);
                                push.connect(pull.bind(Transport.INPROC.fresh()));
                                push.send("x");
                                pull.receive().close();
                            }
                        }
                    } catch (ContextTerminatedException e) {
                        return true;
                    }
                };
        for (int round = 0; round < 20; round++) {
            Context shared = Context.create();
            shared.pair();
            var users =
                    List.of(
                            Background.start(() -> use.test(shared)),
                            Background.virtual(() -> use.test(shared)));
            CloseReport report = shared.close(Deadline.LIMIT);

            assertThat(report.terminated()).isTrue();
            assertThat(report.abandoned()).isEmpty();
            assertThat(users.stream().map(Background::result)).containsOnly(true);
        }
    }

    /**
     * libzmq makes a socket to answer such connections. The context must keep a place for it, or
     * must not terminate, because libzmq would end the process.
     */
    @Test
    void shouldEndWithoutAFreeSocketOverConnectionsThatNobodyBound() {
        for (int most = 1; most < 4; most++) {
            Context full = Context.builder().linger(Duration.ZERO).maxSockets(most).build();
            assertThatThrownBy(() -> openAll(full)).isInstanceOf(ZmqException.class);
            CloseReport report = full.close(Duration.ofSeconds(5));
            assertThat(report.abandoned()).isEmpty();
            assertThat(report.terminated()).isEqualTo(NativeLibrary.isHardened("pending-term"));
        }
    }

    /**
     * Opens sockets until there is no place for another one. That many connections cannot all wait.
     */
    private static void openAll(Context full) {
        for (int i = 0; i < 100; i++) {
            DealerSocket dealer = full.dealer();
            try {
                dealer.connect("inproc://nobody-" + i);
            } catch (ZmqException e) {
                assertThat(e.errno()).isEqualTo(Errno.EMFILE);
            }
        }
    }
}
