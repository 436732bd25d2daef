// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.bindings.NativeLibrary;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.Errno;
import io.panamq.error.ZmqException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Fds;
import io.panamq.support.PublicMethods;
import io.panamq.support.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the life of a context: it ends in time, whatever is open, blocked or unsent. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ContextTest {
    @Test
    void shouldMakeSocketsOfAllTypes() {
        try (Context context = Context.create()) {
            List<Socket> sockets =
                    PublicMethods.SOCKETS.stream().map(make -> make.apply(context)).toList();
            assertThat(sockets.stream().map(Socket::type))
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(SocketType.values())
                                    .limit(Zmq.has(Capability.DRAFT) ? 21 : 12)
                                    .toList());
            assertThat(context).hasToString("Context[" + sockets.size() + " open sockets]");
        }
    }

    @Test
    void shouldRefuseSettingsOutOfRange() {
        Context.Builder builder = Context.builder();
        List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> bad =
                List.of(
                        () -> builder.ioThreads(-1),
                        () -> builder.ioThreads(129),
                        () -> builder.maxSockets(0),
                        () -> builder.maxSockets(1_000_001),
                        () -> builder.batchSize(255),
                        () -> builder.batchSize((16 << 20) + 1),
                        () -> builder.linger(Duration.ofMillis(-1)),
                        () -> builder.linger(Duration.ofDays(1000)),
                        () -> builder.closeTimeout(Duration.ofNanos(-1)));
        assertThat(bad)
                .allSatisfy(
                        call ->
                                assertThatThrownBy(call)
                                        .isInstanceOf(IllegalArgumentException.class)
                                        .hasMessageMatching(
                                                "(ioThreads|maxSockets|batchSize|linger|closeTimeout)"
                                                        + " is .*"));
    }

    @Test
    void shouldGiveItsSettingsToNewSockets() {
        try (Context context =
                        Context.builder()
                                .ioThreads(2)
                                .maxSockets(10)
                                .ipv6(true)
                                .linger(Duration.ofMillis(1234))
                                .batchSize(4096)
                                .closeTimeout(Duration.ofSeconds(1))
                                .build();
                PairSocket pair = context.pair()) {
            assertThat(pair.get(SocketOption.IPV6)).isTrue();
            assertThat(pair.get(SocketOption.LINGER)).isEqualTo(Duration.ofMillis(1234));
            if (Zmq.has(Capability.DRAFT)) {
                assertThat(pair.get(SocketOption.IN_BATCH_SIZE)).isEqualTo(4096);
                assertThat(pair.get(SocketOption.OUT_BATCH_SIZE)).isEqualTo(4096);
            }
        }
        try (Context context = Context.builder().linger(SocketOption.FOREVER).build();
                PairSocket pair = context.pair()) {
            assertThat(pair.get(SocketOption.LINGER)).isEqualTo(SocketOption.FOREVER);
            if (Zmq.has(Capability.DRAFT)) {
                assertThat(pair.get(SocketOption.IN_BATCH_SIZE)).isEqualTo(256 * 1024);
                assertThat(pair.get(SocketOption.OUT_BATCH_SIZE)).isEqualTo(256 * 1024);
                pair.set(SocketOption.OUT_BATCH_SIZE, 65_536);
                assertThat(pair.get(SocketOption.OUT_BATCH_SIZE)).isEqualTo(65_536);
            }
        }
    }

    @Test
    void shouldServeInprocWithoutIoThreadsAndNothingElse() {
        try (Context context = Context.builder().ioThreads(0).build();
                PairSocket pair = context.pair()) {
            pair.bind(Transport.INPROC.fresh());

            assertThatThrownBy(() -> pair.bind(Transport.TCP.fresh()))
                    .isInstanceOfSatisfying(
                            ZmqException.class,
                            e -> assertThat(e.errno()).isEqualTo(Errno.EMTHREAD))
                    .hasMessageContaining("ioThreads(1)");
        }
    }

    @Test
    void shouldCloseTwiceAndReportTheSame() {
        Context context = Context.create();
        context.pair();
        CloseReport first = context.close(Deadline.LIMIT);

        assertThat(first.terminated()).isTrue();
        assertThat(first.stillOpen()).containsExactly("PAIR#1");
        assertThat(first.abandoned()).isEmpty();
        assertThat(context.close(Duration.ZERO)).isEqualTo(first);
        context.close();
        context.shutdown();
        assertThat(context.isClosed()).isTrue();
        assertThat(context).hasToString("Context[0 open sockets, closed]");
    }

    @Test
    void shouldRefuseANegativeTimeAndStayOpen() {
        try (Context context = Context.create()) {
            assertThatThrownBy(() -> context.close(Duration.ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(context.isClosed()).isFalse();
            context.pair();
        }
    }

    @Test
    void shouldCloseFromSeveralThreadsAtOnce() {
        for (int round = 0; round < 10; round++) {
            Context context = Context.create();
            context.pull().bind(Transport.TCP.fresh());
            List<Background<CloseReport>> closers =
                    Stream.generate(() -> Background.start(() -> context.close(Deadline.LIMIT)))
                            .limit(4)
                            .toList();

            assertThat(closers.stream().map(Background::result).distinct()).hasSize(1);
        }
    }

    @Test
    void shouldMakeNoSocketsAfterwards() {
        Context closed = Context.create();
        closed.close();
        Context shutDown = Context.create();
        shutDown.shutdown();
        shutDown.shutdown();

        for (Context context : List.of(closed, shutDown)) {
            assertThat(PublicMethods.SOCKETS)
                    .allSatisfy(
                            make ->
                                    assertThatThrownBy(() -> make.apply(context))
                                            .isInstanceOf(ContextTerminatedException.class)
                                            .hasMessageContaining("creating a "));
        }
        assertThat(shutDown.close(Deadline.LIMIT).terminated()).isTrue();
    }

    @Test
    void shouldCloseSocketsOfLiveDeadAndBlockedThreads() {
        Context context = Context.create();
        PairSocket mine = context.pair();
        mine.tryReceive();
        PairSocket ofTheDead = context.pair();
        Background.run(ofTheDead::tryReceive).result();
        PairSocket unowned = context.pair();
        PairSocket waiting = context.pair();
        var blocked = Background.blocked(waiting::receive);

        CloseReport report = context.close(Deadline.LIMIT);

        assertThat(report.terminated()).isTrue();
        assertThat(report.abandoned()).isEmpty();
        assertThat(report.stillOpen()).hasSize(4);
        assertThat(List.of(mine, ofTheDead, unowned, waiting)).allMatch(Socket::isClosed);
        assertThat(blocked.failure()).isInstanceOf(ContextTerminatedException.class);
    }

    @Test
    void shouldEndInTimeWithUnsentMessagesAndForeverToLinger() {
        Context context = Context.builder().linger(SocketOption.FOREVER).build();
        PushSocket push = context.push();
        push.connect(Transport.nowhere());
        push.send("never delivered");
        var closing = Background.start(() -> context.close(Duration.ofMillis(300)));

        CloseReport report = closing.result();
        assertThat(report.stillOpen()).containsExactly("PUSH#1");
        assertThat(report.abandoned()).isEmpty();
    }

    @Test
    void shouldEndInTimeWithASocketThatWasClosedWithForeverToLinger() {
        Context context = Context.builder().linger(SocketOption.FOREVER).build();
        PushSocket push = context.push();
        push.connect(Transport.nowhere());
        push.send("never delivered");
        push.close();
        var closing = Background.start(() -> context.close(Duration.ofMillis(300)));

        CloseReport report = closing.result();
        assertThat(report.terminated()).as("libzmq lingers on").isFalse();
        assertThat(report.stillOpen()).isEmpty();
    }

    @Test
    void shouldSendWhatIsQueuedBeforeItEnds() {
        try (Context receiving = Context.create();
                PullSocket pull = receiving.pull()) {
            String endpoint = pull.bind(Transport.TCP.fresh());
            Context sending = Context.create();
            PushSocket push = sending.push();
            push.connect(endpoint);
            for (int i = 0; i < 200; i++) {
                push.send("message " + i);
            }
            var closing = Background.start(() -> sending.close(Deadline.LIMIT));
            for (int i = 0; i < 200; i++) {
                assertThat(Deadline.text(pull)).isEqualTo("message " + i);
            }
            assertThat(closing.result().terminated()).isTrue();
        }
    }

    @Test
    void shouldKeepTheInterruptFlagOfTheThreadThatClosesIt() {
        Context context = Context.create();
        context.pull();
        boolean[] flag = new boolean[1];
        Background.run(
                        () -> {
                            Thread.currentThread().interrupt();
                            context.close();
                            flag[0] = Thread.currentThread().isInterrupted();
                        })
                .result();

        assertThat(flag[0]).isTrue();
    }

    @Test
    void shouldLeaveNoFilesOpenAfterTwoHundredContexts() {
        Context.create().close();
        int before = Fds.count();
        for (int i = 0; i < 200; i++) {
            try (Context context = Context.builder().linger(Duration.ZERO).build()) {
                PullSocket pull = context.pull();
                PushSocket push = context.push();
                push.connect(pull.bind((i % 3 == 0 ? Transport.TCP : Transport.INPROC).fresh()));
                push.send("x");
                if (i % 2 == 0) {
                    assertThat(Deadline.text(pull)).isEqualTo("x");
                }
            }
        }

        Fds.awaitNoMoreThan(before);
    }

    @Test
    void shouldSayWhenThereAreTooManySocketsAndGoOnAfterSomeAreClosed() {
        try (Context context = Context.builder().maxSockets(5).build()) {
            List<Socket> open = new ArrayList<>();
            assertThatThrownBy(
                            () -> {
                                while (open.size() < 1000) {
                                    open.add(context.pair());
                                }
                            })
                    .isInstanceOfSatisfying(
                            ZmqException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EMFILE))
                    .hasMessageContaining("creating a PAIR socket")
                    .hasMessageContaining("maxSockets");
            assertThat(open).hasSizeGreaterThanOrEqualTo(5);
            open.forEach(Socket::close);
            Deadline.until("there is room again", () -> opens(context));
        }
    }

    private static boolean opens(Context context) {
        try {
            context.pair().close();
            return true;
        } catch (ZmqException e) {
            return false;
        }
    }

    @Test
    void shouldSurviveInprocConnectionsThatAreNeverBound() {
        Context context = Context.create();
        int refused = 0;
        DealerSocket dealer = context.dealer();
        for (int i = 0; i < 1100; i++) {
            try {
                dealer.connect(Transport.INPROC.fresh());
            } catch (ZmqException e) {
                assertThat(e.errno()).isEqualTo(Errno.EMFILE);
                refused++;
            }
        }

        assertEndsWithPendingConnections(context);
        assertThat(refused).isEqualTo(1100 - 1023);
    }

    @Test
    void shouldSurviveAHundredSocketsWithConnectionsThatAreNeverBound() {
        Context context = Context.builder().maxSockets(100).build();
        for (int i = 0; i < 100; i++) {
            context.pair().connect(Transport.INPROC.fresh());
        }

        assertEndsWithPendingConnections(context);
    }

    /** Another libzmq than the bundled one would abort for lack of sockets, so it is left alone. */
    private static void assertEndsWithPendingConnections(Context context) {
        assertThat(context.close(Deadline.LIMIT).terminated())
                .isEqualTo(NativeLibrary.isHardened("pending-term"));
    }
}
