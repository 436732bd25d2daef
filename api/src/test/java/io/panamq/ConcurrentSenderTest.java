// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.OperationInterruptedException;
import io.panamq.error.ProtocolStateException;
import io.panamq.error.SocketClosedException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests many threads that send through one socket. */
class ConcurrentSenderTest extends WithContext {
    private static final int PRODUCERS = 8;

    private PullSocket pull;
    private PushSocket push;

    private ConcurrentSender sender(Transport transport) {
        pull = context.pull();
        push = context.push();
        push.set(SocketOption.LINGER, Deadline.LIMIT);
        push.connect(pull.bind(transport.fresh()));
        return push.concurrentSender();
    }

    /** Returns a sender without room: the messages 0 and 1 fill the queues. */
    private ConcurrentSender full() {
        pull = context.pull();
        push = context.push();
        push.set(SocketOption.SNDHWM, 1);
        pull.set(SocketOption.RCVHWM, 1);
        push.connect(pull.bind(Transport.INPROC.fresh()));
        ConcurrentSender sender = push.concurrentSender();
        assertThat(sender.trySend("0")).isTrue();
        assertThat(sender.trySend("1")).isTrue();
        assertThat(sender.trySend("no room")).isFalse();
        return sender;
    }

    private void expect(int from, int to) {
        for (int i = from; i < to; i++) {
            assertThat(Deadline.text(pull)).isEqualTo(String.valueOf(i));
        }
    }

    /** Starts a platform thread if the number is even, and a virtual thread if it is odd. */
    private static <T> Background<T> start(int number, Callable<T> work) {
        return number % 2 == 0 ? Background.start(work) : Background.virtual(work);
    }

    private static Background<Boolean> producer(int number, int count, ConcurrentSender sender) {
        return start(
                number,
                () -> {
                    try (Message message = Message.create()) {
                        for (int i = 0; i < count; i++) {
                            message.prepare(8).setInt(0, number);
                            message.setInt(4, i);
                            assertThat(sender.send(message)).isTrue();
                        }
                    }
                    return true;
                });
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldKeepTheOrderOfEachProducer(Transport transport) {
        ConcurrentSender sender = sender(transport);
        int each = 3000;
        List<Background<Boolean>> producers =
                IntStream.range(0, PRODUCERS).mapToObj(p -> producer(p, each, sender)).toList();

        int[] next = new int[PRODUCERS];
        for (int i = 0; i < PRODUCERS * each; i++) {
            try (Message message = Deadline.receive(pull)) {
                int producer = message.getInt(0);
                assertThat(message.getInt(4)).isEqualTo(next[producer]);
                next[producer]++;
            }
        }
        assertThat(producers.stream().map(Background::result)).containsOnly(true);
    }

    /** Waiting for the turn of another thread must not count as lack of room. */
    @Test
    void shouldNotSayFalseOnlyBecauseOthersSend() {
        pull = context.pull();
        push = context.push();
        push.set(SocketOption.SNDHWM, 0);
        pull.set(SocketOption.RCVHWM, 0);
        push.connect(pull.bind(Transport.INPROC.fresh()));
        ConcurrentSender sender = push.concurrentSender();
        List<Background<Integer>> producers = new ArrayList<>();
        for (int p = 0; p < PRODUCERS; p++) {
            producers.add(
                    start(
                            p,
                            () -> {
                                int refused = 0;
                                for (int i = 0; i < 5000; i++) {
                                    refused += sender.trySend("x") ? 0 : 1;
                                }
                                return refused;
                            }));
        }
        assertThat(producers.stream().map(Background::result)).containsOnly(0);
    }

    @Test
    void shouldMoveMessages() {
        ConcurrentSender sender = sender(Transport.INPROC);
        byte[] large = new byte[100_000];
        large[99_999] = 7;
        try (Message message = Message.of(large)) {
            assertThat(sender.send(message)).isTrue();
            assertThat(message).hasToString("Message[no content]");
            assertThatThrownBy(() -> sender.send(message))
                    .isInstanceOf(IllegalStateException.class);
            message.prepare(1).setByte(0, (byte) 9);
            assertThat(sender.send(message, Deadline.LIMIT)).isTrue();
        }
        sender.send(new byte[] {3});
        assertThat(sender.trySend(new byte[] {4})).isTrue();

        assertThat(Deadline.bytes(pull)).isEqualTo(large);
        assertThat(Deadline.bytes(pull)).containsExactly(9);
        assertThat(Deadline.bytes(pull)).containsExactly(3);
        assertThat(Deadline.bytes(pull)).containsExactly(4);
    }

    @Test
    void shouldCopyArraysSegmentsAndTexts() {
        ConcurrentSender sender = sender(Transport.INPROC);
        MemorySegment segment = MemorySegment.ofArray("segment".getBytes(UTF_8));

        assertThat(sender.send("text".getBytes(UTF_8), Deadline.LIMIT)).isTrue();
        assertThat(sender.send("text", Deadline.LIMIT)).isTrue();
        assertThat(sender.trySend("text")).isTrue();
        assertThat(sender.bulkSender().send(segment)).isTrue();
        assertThat(sender.bulkSender().trySend(segment)).isTrue();
        assertThat(sender.bulkSender().send(segment, Deadline.LIMIT)).isTrue();

        for (String expected : List.of("text", "text", "text", "segment", "segment", "segment")) {
            assertThat(Deadline.bytes(pull)).isEqualTo(expected.getBytes(UTF_8));
        }
    }

    @Test
    void shouldKeepTheFramesOfAMessageTogether() {
        RouterSocket router = context.router();
        DealerSocket dealer = context.dealer();
        dealer.connect(router.bind(Transport.INPROC.fresh()));
        ConcurrentSender sender = dealer.concurrentSender();
        int each = 500;
        List<Background<Boolean>> producers = new ArrayList<>();
        for (int p = 0; p < 4; p++) {
            String name = "p" + p;
            producers.add(
                    Background.start(
                            () -> {
                                for (int i = 0; i < each; i++) {
                                    try (Multipart multipart = Multipart.of(name, "b", name)) {
                                        assertThat(sender.send(multipart)).isTrue();
                                        assertThat(multipart.size()).isZero();
                                    }
                                }
                                return true;
                            }));
        }
        for (int i = 0; i < 4 * each; i++) {
            try (Multipart received = Deadline.multipart(router)) {
                assertThat(received.size()).isEqualTo(4);
                assertThat(received.getString(3)).isEqualTo(received.getString(1));
            }
        }
        assertThat(producers.stream().map(Background::result)).containsOnly(true);
        assertThatThrownBy(() -> sender.send(Multipart.create()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldWaitForRoomAsASocketDoes() {
        ConcurrentSender sender = full();
        try (Message message = Message.of("2");
                Multipart multipart = Multipart.of("x", "y")) {
            assertThat(sender.trySend(message)).isFalse();
            assertThat(sender.send(message, Deadline.GRACE)).isFalse();
            assertThat(sender.trySend(multipart)).isFalse();
            assertThat(sender.send(multipart, Deadline.GRACE)).isFalse();
            assertThat(message.getString()).as("untouched").isEqualTo("2");
            assertThat(multipart.getString(1)).as("untouched").isEqualTo("y");
        }
        var first = Background.blocked(() -> sender.send("2"));
        assertThat(sender.trySend("while another one waits")).isFalse();
        try (Message message = Message.of("in time")) {
            assertThat(sender.send(message, Duration.ofMillis(5))).isFalse();
        }
        expect(0, 3);
        assertThat(first.result()).isTrue();
    }

    @Test
    void shouldKeepToTheTimeOutOfTheSocket() {
        push = context.push();
        push.set(SocketOption.SNDTIMEO, Duration.ofMillis(5));
        ConcurrentSender sender = push.concurrentSender();
        assertThat(sender.send("nobody")).isFalse();
        assertThat(sender.send(new byte[1])).isFalse();
        try (Message message = Message.of("nobody");
                Multipart multipart = Multipart.of("no", "body")) {
            assertThat(sender.send(message)).isFalse();
            assertThat(sender.send(multipart)).isFalse();
        }
    }

    @Test
    void shouldSendOnAnInterruptedThreadWhatThereIsRoomFor() {
        ConcurrentSender sender = sender(Transport.INPROC);
        var producer =
                Background.start(
                        () -> {
                            Thread.currentThread().interrupt();
                            for (int i = 0; i < 100; i++) {
                                sender.send(String.valueOf(i));
                            }
                            return Thread.interrupted();
                        });
        expect(0, 100);
        assertThat(producer.result()).as("the flag").isTrue();
    }

    /** Every accepted message is received, whenever the close happens. */
    @Test
    void shouldLoseNothingWhenClosedInTheMidst() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            ConcurrentSender sender = sender(Transport.INPROC);
            CountDownLatch started = new CountDownLatch(3);
            List<Background<Integer>> producers = new ArrayList<>();
            for (int p = 0; p < 3; p++) {
                producers.add(Background.start(() -> sendUntilClosed(sender, started)));
            }
            assertThat(started.await(Deadline.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            sender.close();
            int accepted = producers.stream().mapToInt(Background::result).sum();
            for (int i = 0; i < accepted; i++) {
                assertThat(Deadline.text(pull)).isEqualTo("x");
            }
            assertThat(pull.receive(Duration.ofMillis(1))).isEmpty();
            pull.close();
        }
    }

    private static int sendUntilClosed(ConcurrentSender sender, CountDownLatch started) {
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
    }

    @Test
    void shouldTellWhoSendsWhatLibzmqRefuses() {
        ConcurrentSender router = context.router().concurrentSender();
        assertThatThrownBy(() -> router.send("one frame"))
                .isInstanceOf(IllegalArgumentException.class);
        ConcurrentSender rep = context.rep().concurrentSender();
        assertThatThrownBy(() -> rep.send("no request")).isInstanceOf(ProtocolStateException.class);
        assertThat(Background.start(() -> rep.send("nor here")).failure())
                .isInstanceOf(ProtocolStateException.class);
    }

    @Test
    void shouldKeepTheSocketFromEverybodyElse() {
        ConcurrentSender sender = sender(Transport.INPROC);
        String itsOwn = "a ConcurrentSender has it";
        assertThatThrownBy(() -> push.send("x"))
                .isInstanceOf(WrongThreadException.class)
                .hasMessageContaining(itsOwn);
        assertThatThrownBy(() -> push.set(SocketOption.LINGER, Duration.ZERO))
                .hasMessageContaining(itsOwn);
        assertThatThrownBy(() -> push.handOver()).isInstanceOf(WrongThreadException.class);
        assertThatThrownBy(() -> push.concurrentSender()).hasMessageContaining(itsOwn);
        try (Poller poller = context.poller()) {
            assertThatThrownBy(() -> poller.add(push, PollEvent.OUT).attach(this))
                    .hasMessageContaining(itsOwn);
        }
        sender.send("0");
        assertThatThrownBy(() -> push.send("x")).isInstanceOf(WrongThreadException.class);
        sender.send("1");
        expect(0, 2);
    }

    @Test
    void shouldRefuseASocketThatDoesNotFit() {
        PushSocket foreign = context.push();
        Background.run(() -> foreign.trySend("x")).result();
        assertThatThrownBy(() -> foreign.concurrentSender())
                .isInstanceOf(WrongThreadException.class);
        PushSocket closed = context.push();
        closed.close();
        assertThatThrownBy(() -> closed.concurrentSender())
                .isInstanceOf(SocketClosedException.class);
        PairSocket pair = context.pair();
        PairSocket peer = context.pair();
        peer.connect(pair.bind(Transport.INPROC.fresh()));
        peer.send("x");
        pair.bulkReceiver()
                .receiveBatch(
                        frame ->
                                assertThatThrownBy(() -> pair.concurrentSender())
                                        .isInstanceOf(IllegalStateException.class),
                        1);
        assertThat(pair.concurrentSender().trySend("goes on")).isTrue();
    }

    @Test
    void shouldCloseItsSocketOnce() {
        ConcurrentSender sender = sender(Transport.TCP);
        sender.send("0");
        assertThat(sender.isClosed()).isFalse();
        assertThat(sender.toString()).matches("Concurrent PUSH#\\d+");
        sender.close();
        sender.close();
        assertThat(sender.isClosed()).isTrue();
        assertThat(push.isClosed()).isTrue();
        assertThat(sender.toString()).matches("Concurrent PUSH#\\d+ \\(closed\\)");
        assertThatThrownBy(() -> sender.send("late")).isInstanceOf(SocketClosedException.class);
        expect(0, 1);
    }

    /** A thread may call send from a method that a send calls; it must not wait for itself. */
    @Test
    void shouldRefuseASendFromWithinASend() throws InterruptedException {
        push = context.push();
        ConcurrentSender sender = push.concurrentSender();
        List<Throwable> failures = new ArrayList<>();
        Thread nested =
                new Thread() {
                    @Override
                    public boolean isInterrupted() {
                        try {
                            sender.trySend("nested");
                        } catch (IllegalStateException e) {
                            failures.add(e);
                        }
                        return failures.size() > 1 || super.isInterrupted();
                    }

                    @Override
                    public void run() {
                        try {
                            sender.send("nobody");
                        } catch (OperationInterruptedException e) {
                            failures.add(e);
                        }
                    }
                };
        nested.start();
        nested.join(Deadline.LIMIT);
        assertThat(failures).hasSize(3).element(0).isInstanceOf(IllegalStateException.class);
        assertThat(sender.trySend("free again")).isFalse();
    }
}
