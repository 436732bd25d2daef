// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.Waiter;
import io.panamq.support.WithContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How a proxy ends, whatever it does at that moment, and what becomes of its sockets. */
class ProxyEndTest extends WithContext {
    /** What the proxy does when it is to end. */
    private enum Activity {
        NOTHING,
        /** It waits for room: nobody receives. */
        FULL,
        /** It waits for room that no poll reports. */
        STUCK,
        PAUSED,
        /** It forwards without a pause. */
        BUSY
    }

    static Stream<Arguments> activities() {
        return Arrays.stream(Activity.values())
                .flatMap(
                        activity ->
                                Arrays.stream(Waiter.values())
                                        .map(waiter -> Arguments.of(activity, waiter)));
    }

    private final PullSocket in = context.pull();
    private SendingSocket out;
    private Proxy proxy;

    /** Makes a proxy that has enough to do; it is to be run on another thread. */
    private void prepare(Activity activity) {
        String endpoint = in.bind(Transport.INPROC.fresh());
        PushSocket sender = context.push();
        sender.connect(endpoint);
        out = activity == Activity.STUCK ? fullRouter() : context.push();
        for (int i = 0; i < 20; i++) {
            Deadline.send(sender, "peer", "message");
        }
        if (activity == Activity.BUSY) {
            out.connect(endpoint); // the messages go in a circle
        } else if (activity == Activity.NOTHING) {
            PullSocket drain = context.pull();
            drain.connect(out.bind(Transport.INPROC.fresh()));
        }
        proxy = Proxy.between(in, out);
        if (activity == Activity.PAUSED) {
            proxy.pause();
        }
    }

    private RouterSocket fullRouter() {
        RouterSocket router = context.router();
        router.set(SocketOption.ROUTER_MANDATORY, true);
        router.set(SocketOption.SNDHWM, 1);
        DealerSocket dealer = context.dealer();
        dealer.set(SocketOption.ROUTING_ID_TEXT, "peer");
        dealer.set(SocketOption.RCVHWM, 1);
        dealer.connect(router.bind(Transport.INPROC.fresh()));
        return router;
    }

    private Background<Void> run(Waiter waiter) {
        in.handOver();
        out.handOver();
        Background<Void> run =
                waiter.start(
                        () -> {
                            proxy.run();
                            return null;
                        });
        awaitRunning(run.thread());
        return run;
    }

    private static void awaitRunning(Thread thread) {
        Deadline.until("the proxy runs", () -> isRunning(thread));
    }

    private static boolean isRunning(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().endsWith("ProxyRun"));
    }

    // ---- run

    @ParameterizedTest
    @MethodSource("activities")
    void shouldReturnWhenItIsTerminated(Activity activity, Waiter waiter) {
        prepare(activity);
        Background<Void> run = run(waiter);

        proxy.terminate();

        run.result();
        assertThat(in.isClosed()).isFalse();
        assertThat(out.isClosed()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("activities")
    void shouldThrowWhenItsThreadIsInterrupted(Activity activity, Waiter waiter) {
        prepare(activity);
        Background<Void> run = run(waiter);

        run.thread().interrupt();

        assertThat(run.failure()).isInstanceOf(OperationInterruptedException.class);
    }

    @ParameterizedTest
    @MethodSource("activities")
    void shouldThrowWhenTheContextIsShutDown(Activity activity, Waiter waiter) {
        prepare(activity);
        Background<Void> run = run(waiter);

        context.shutdown();

        assertThat(run.failure()).isInstanceOf(ContextTerminatedException.class);
    }

    @ParameterizedTest
    @MethodSource("activities")
    void shouldThrowWhenTheContextIsClosed(Activity activity, Waiter waiter) {
        prepare(activity);
        Background<Void> run = run(waiter);

        assertThat(context.close(Deadline.LIMIT).terminated()).isTrue();

        assertThat(run.failure()).isInstanceOf(ContextTerminatedException.class);
    }

    static Stream<Arguments> sides() {
        return activities()
                .flatMap(
                        arguments ->
                                Stream.of(true, false)
                                        .map(
                                                source ->
                                                        Arguments.of(
                                                                arguments.get()[0],
                                                                arguments.get()[1],
                                                                source)));
    }

    @ParameterizedTest
    @MethodSource("sides")
    void shouldThrowWhenASocketIsClosed(Activity activity, Waiter waiter, boolean source) {
        prepare(activity);
        Background<Void> run = run(waiter);

        (source ? in : out).close();

        assertThat(run.failure())
                .isInstanceOf(SocketClosedException.class)
                .hasMessageContaining(
                        source ? "PULL#" : activity == Activity.STUCK ? "ROUTER#" : "PUSH#");
        assertThat((source ? out : in).isClosed()).isFalse();
    }

    @Test
    void shouldLeaveTheInterruptFlagAndTheSocketsToTheCaller() {
        prepare(Activity.NOTHING);
        Thread.currentThread().interrupt();

        assertThatThrownBy(proxy::run).isInstanceOf(OperationInterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(Deadline.text(in)).isEqualTo("peer");
    }

    // ---- start

    @ParameterizedTest
    @EnumSource(Activity.class)
    void shouldHandTheSocketsOverWhenItsThreadEnds(Activity activity) throws InterruptedException {
        prepare(activity);
        Thread thread = proxy.start();
        awaitRunning(thread);

        proxy.terminate();
        assertThat(thread.join(Deadline.LIMIT)).isTrue();

        in.set(SocketOption.LINGER, Duration.ZERO);
        out.set(SocketOption.LINGER, Duration.ZERO);
    }

    @ParameterizedTest
    @EnumSource(Activity.class)
    void shouldEndQuietlyWithItsContext(Activity activity) throws InterruptedException {
        prepare(activity);
        Thread thread = proxy.start();
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        thread.setUncaughtExceptionHandler((t, e) -> uncaught.add(e));
        awaitRunning(thread);

        assertThat(context.close(Deadline.LIMIT).terminated()).isTrue();

        assertThat(thread.join(Deadline.LIMIT)).isTrue();
        assertThat(uncaught).isEmpty();
    }

    @Test
    void shouldReportWhatIsNoEndToItsThread() throws InterruptedException {
        prepare(Activity.NOTHING);
        in.close();
        PullSocket conflating = context.pull();
        conflating.set(SocketOption.CONFLATE, true);
        Proxy broken = Proxy.between(conflating, out);
        broken.pause();
        Thread thread = broken.start();
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        thread.setUncaughtExceptionHandler((t, e) -> uncaught.add(e));

        broken.resume();

        assertThat(thread.join(Deadline.LIMIT)).isTrue();
        assertThat(uncaught).singleElement().isInstanceOf(IllegalArgumentException.class);
        assertThat(out.trySend("free again")).isTrue();
    }

    /** A message of many frames reaches the receiver whole or not at all. */
    @Test
    void shouldEndBetweenTwoMessages() throws InterruptedException {
        PullSocket receiver = context.pull();
        out = context.push();
        receiver.connect(out.bind(Transport.INPROC.fresh()));
        PushSocket sender = context.push();
        sender.connect(in.bind(Transport.INPROC.fresh()));
        for (int round = 0; round < 50; round++) {
            proxy = Proxy.between(in, out);
            Thread thread = proxy.start();
            for (int i = 0; i < 20; i++) {
                Deadline.send(sender, "1", "2", "3", "4", "5");
            }
            proxy.terminate();
            assertThat(thread.join(Deadline.LIMIT)).isTrue();
            assertThat(out.trySend("end")).isTrue();

            long forwarded = proxy.statistics().backendMessagesSent();
            for (int i = 0; i < forwarded; i++) {
                try (Multipart multipart = Deadline.multipart(receiver)) {
                    assertThat(multipart.size()).isEqualTo(5);
                }
            }
            assertThat(Deadline.text(receiver)).isEqualTo("end");
            for (long i = forwarded; i < 20; i++) {
                try (Multipart multipart = Deadline.multipart(in)) {
                    assertThat(multipart.size()).isEqualTo(5);
                }
            }
            assertThat(in.tryReceive()).isEmpty();
        }
    }
}
