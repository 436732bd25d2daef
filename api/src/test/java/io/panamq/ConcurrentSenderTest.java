// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many threads that send through one socket. */
class ConcurrentSenderTest extends WithLoop {
    /** Room for two messages in libzmq, which are there, and for two in the queue. */
    private record Narrow(ConcurrentSender sender, PullSocket pull) {}

    private Narrow full() {
        PushSocket push = context.push();
        PullSocket pull = context.pull();
        push.set(SocketOption.SNDHWM, 1);
        pull.set(SocketOption.RCVHWM, 1);
        push.connect(pull.bind(Transport.INPROC.fresh()));
        assertThat(push.trySend("0")).isTrue();
        assertThat(push.trySend("1")).isTrue();
        assertThat(push.trySend("no room")).isFalse();
        ConcurrentSender sender = ConcurrentSender.on(loop, push, 2);
        sender.send("2");
        sender.send(new byte[] {'3'});
        assertThat(sender.size()).isEqualTo(2);
        return new Narrow(sender, pull);
    }

    private static void expect(PullSocket pull, int from, int to) {
        for (int i = from; i < to; i++) {
            assertThat(Deadline.text(pull)).isEqualTo(String.valueOf(i));
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldKeepTheOrderOfEachProducer(Transport transport) {
        Line line = line(transport);
        ConcurrentSender sender = ConcurrentSender.on(loop, line.push(), 64);
        int producers = 8;
        int each = 3000;
        List<Background<Boolean>> threads = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            int producer = p;
            java.util.concurrent.Callable<Boolean> work =
                    () -> {
                        try (Message message = Message.create()) {
                            for (int i = 0; i < each; i++) {
                                message.prepare(8).setInt(0, producer);
                                message.setInt(4, i);
                                assertThat(sender.send(message)).isTrue();
                            }
                        }
                        return true;
                    };
            threads.add(p % 2 == 0 ? Background.start(work) : Background.virtual(work));
        }

        int[] next = new int[producers];
        for (int i = 0; i < producers * each; i++) {
            try (Message message = Deadline.receive(line.pull())) {
                int producer = message.getInt(0);
                assertThat(message.getInt(4)).isEqualTo(next[producer]);
                next[producer]++;
            }
        }
        assertThat(threads.stream().map(Background::result)).containsOnly(true);
        assertThat(sender.close(Deadline.LIMIT)).isZero();
        assertThat(line.push().isClosed()).isTrue();
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldMoveMessages() {
        Line line = line(Transport.INPROC);
        ConcurrentSender sender = ConcurrentSender.on(loop, line.push());
        byte[] large = new byte[100_000];
        large[99_999] = 7;
        try (Message message = Message.of(large)) {
            sender.send(message);
            assertThat(message).hasToString("Message[no content]");
            assertThatThrownBy(() -> sender.send(message))
                    .isInstanceOf(IllegalStateException.class);
            message.prepare(1).setByte(0, (byte) 9);
            sender.send(message);
        }

        assertThat(Deadline.bytes(line.pull())).isEqualTo(large);
        assertThat(Deadline.bytes(line.pull())).containsExactly(9);
    }

    @Test
    void shouldMoveWholeMessagesAmongOthers() {
        RouterSocket router = context.router();
        DealerSocket dealer = context.dealer();
        dealer.connect(router.bind(Transport.INPROC.fresh()));
        ConcurrentSender sender = ConcurrentSender.on(loop, dealer);
        try (Multipart multipart = Multipart.of("a", "b")) {
            assertThat(sender.send(multipart)).isTrue();
            assertThat(multipart.size()).isZero();
            assertThatThrownBy(() -> sender.send(multipart))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        sender.send("single");

        try (Multipart first = Deadline.multipart(router);
                Multipart second = Deadline.multipart(router)) {
            assertThat(first.size()).isEqualTo(3);
            assertThat(first.getString(2)).isEqualTo("b");
            assertThat(second.getString(1)).isEqualTo("single");
        }
    }

    @Test
    void shouldHoldUpSendersWhenLibzmqAndTheQueueAreFull() {
        Narrow narrow = full();
        try (Message message = Message.of("4");
                Multipart multipart = Multipart.of("x", "y")) {
            assertThat(narrow.sender().trySend(message)).isFalse();
            assertThat(narrow.sender().send(message, Deadline.GRACE)).isFalse();
            assertThat(narrow.sender().trySend(multipart)).isFalse();
            assertThat(narrow.sender().send(multipart, Deadline.GRACE)).isFalse();
            assertThat(message.toUtf8()).as("untouched").isEqualTo("4");
            assertThat(multipart.getString(1)).as("untouched").isEqualTo("y");
        }
        var blocked = Background.virtual(() -> narrow.sender().send("4"));
        expect(narrow.pull(), 0, 5);
        assertThat(blocked.result()).isTrue();
        assertThat(narrow.sender().close(Deadline.LIMIT)).isZero();
    }

    @Test
    void shouldEndAWaitOnInterruptAndOnClose() {
        Narrow narrow = full();
        var interrupted =
                Background.start(
                        () -> {
                            Thread.currentThread().interrupt();
                            return narrow.sender().send("interrupted");
                        });
        assertThat(interrupted.failure()).isInstanceOf(OperationInterruptedException.class);
        var closed = Background.start(() -> narrow.sender().send("closed"));
        Deadline.until("it waits", () -> closed.thread().getState() == Thread.State.TIMED_WAITING);

        var closing = Background.start(() -> narrow.sender().close(Deadline.LIMIT));

        assertThat(closed.failure()).isInstanceOf(SocketClosedException.class);
        expect(narrow.pull(), 0, 4);
        assertThat(closing.result()).as("all that was accepted is sent").isZero();
        assertThatThrownBy(() -> narrow.sender().send("late"))
                .isInstanceOf(SocketClosedException.class);
        assertThat(narrow.sender().toString()).matches("Concurrent PUSH#\\d+ \\(closed\\)");
    }

    @Test
    void shouldCountWhatItCouldNotGiveToLibzmqInTime() {
        Narrow narrow = full();

        assertThat(narrow.sender().close(Duration.ofMillis(5))).isEqualTo(2);
        assertThat(narrow.sender().close(Duration.ZERO)).isEqualTo(2);
        narrow.sender().close();
        assertThat(narrow.sender().size()).isZero();
        assertThat(full().sender().close(Duration.ZERO)).isEqualTo(2);
    }

    /** Whatever moment the close comes in: accepted is received, or counted. */
    @Test
    void shouldLoseNothingUncountedWhenClosedInTheMidst() {
        for (int round = 0; round < 20; round++) {
            Line line = line(Transport.INPROC);
            line.push().set(SocketOption.LINGER, Deadline.LIMIT);
            ConcurrentSender sender = ConcurrentSender.on(loop, line.push(), 16);
            CountDownLatch started = new CountDownLatch(3);
            List<Background<Integer>> producers = new ArrayList<>();
            for (int p = 0; p < 3; p++) {
                producers.add(
                        Background.start(
                                () -> {
                                    int accepted = 0;
                                    try {
                                        while (true) {
                                            sender.send("x");
                                            accepted++;
                                            started.countDown();
                                        }
                                    } catch (SocketClosedException e) {
                                        return accepted;
                                    }
                                }));
            }
            await(started);
            var closing = Background.start(() -> sender.close(Duration.ofMillis(2)));
            long accepted = producers.stream().mapToLong(Background::result).sum();
            long lost = closing.result();
            for (long i = lost; i < accepted; i++) {
                assertThat(Deadline.text(line.pull())).isEqualTo("x");
            }
            assertThat(line.pull().receive(Duration.ofMillis(1))).isEmpty();
            line.pull().close();
        }
    }

    @Test
    void shouldGiveAllToLibzmqBeforeAStoppedLoopEnds() {
        Narrow narrow = full();
        loop.stop();

        expect(narrow.pull(), 0, 4);
        assertThat(loop.awaitStopped(Deadline.LIMIT)).isTrue();
        assertThat(narrow.sender().close(Duration.ZERO)).isZero();
        assertThatThrownBy(() -> narrow.sender().send("late"))
                .isInstanceOf(SocketClosedException.class);
    }

    @Test
    void shouldCountWhatAnAbandonedLoopOrAClosedSocketLeaves() {
        Narrow one = full();
        loop.stopNow();
        assertThat(loop.awaitStopped(Deadline.LIMIT)).isTrue();
        assertThat(one.sender().close(Deadline.LIMIT)).isEqualTo(2);
        loop = builder().start();
        Narrow two = full();
        context.shutdown();
        assertThat(two.sender().close(Deadline.LIMIT)).isEqualTo(2);
        assertThatThrownBy(() -> ConcurrentSender.on(loop, context.push()))
                .isInstanceOf(ContextTerminatedException.class);
    }

    @Test
    void shouldNotLetTheLoopWaitForItself() {
        Narrow narrow = full();
        on(
                () -> {
                    assertThatThrownBy(() -> narrow.sender().send("x"))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("wait for itself");
                    assertThat(narrow.sender().close(Deadline.LIMIT)).isEqualTo(2);
                });
        Line line = line(Transport.INPROC);
        ConcurrentSender sender = ConcurrentSender.on(loop, line.push(), 2);
        on(() -> numbers(100).forEach(sender::send));
        expect(line.pull(), 0, 100);
    }

    @Test
    void shouldReportWhatLibzmqRefuses() {
        ConcurrentSender sender = ConcurrentSender.on(loop, context.router());
        sender.send("one frame");
        sender.send("another");

        awaitSize(failures, 2);
        assertThat(failures).allMatch(failure -> failure instanceof IllegalArgumentException);
        assertThat(sender.size()).isZero();
    }

    @Test
    void shouldRefuseASocketOrCapacityThatDoesNotFit() {
        PushSocket push = context.push();
        assertThatThrownBy(() -> ConcurrentSender.on(loop, push, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ConcurrentSender.on(loop, push, (1 << 24) + 1))
                .isInstanceOf(IllegalArgumentException.class);
        Background.run(() -> push.trySend("x")).result();
        assertThatThrownBy(() -> ConcurrentSender.on(loop, push))
                .isInstanceOf(WrongThreadException.class);
        loop.close();
        ConcurrentSender late = ConcurrentSender.on(loop, context.push());
        assertThatThrownBy(() -> late.send("x")).isInstanceOf(SocketClosedException.class);
    }

    @Test
    void shouldLeaveNoNativeMemoryBehind() {
        int before = Internals.slotsInUse();
        for (int i = 0; i < 5; i++) {
            Narrow narrow = full();
            assertThat(narrow.sender().close(Duration.ZERO)).isEqualTo(2);
            narrow.pull().close();
        }
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }
}
