// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link ConcurrentSender} does with its queue: slots, places of other kinds, waits. */
class SendFrontTest extends WithLoop {
    private static final int PRODUCERS = 8;

    /** Half of them platform threads, half virtual ones. */
    private static <T> Background<T> start(int number, Callable<T> work) {
        return number % 2 == 0 ? Background.start(work) : Background.virtual(work);
    }

    /** Sends numbered messages, some in the slot, some not, some of two frames, until it cannot. */
    private static int produce(ConcurrentSender sender, int producer, int most) {
        int accepted = 0;
        try (Message message = Message.create();
                Multipart multipart = Multipart.create()) {
            while (accepted < most) {
                message.prepare(8 + accepted % 5 * 50L).setInt(0, producer);
                message.setInt(4, accepted);
                if (accepted % 100 == 99) {
                    multipart.add(message.toByteArray()).add("end");
                    sender.send(multipart);
                } else {
                    sender.send(message);
                }
                accepted++;
            }
        } catch (SocketClosedException e) {
            // as it may
        }
        return accepted;
    }

    /** Receives one; its producer's next one it must be. */
    private static void expectNext(PullSocket pull, int[] next) {
        try (Message message = Deadline.receive(pull)) {
            int producer = message.getInt(0);
            int number = message.getInt(4);
            assertThat(number).as("of producer %d", producer).isEqualTo(next[producer]);
            assertThat(message.size()).isEqualTo(8 + number % 5 * 50L);
            assertThat(message.more()).isEqualTo(number % 100 == 99);
            if (message.more()) {
                assertThat(Deadline.text(pull)).isEqualTo("end");
            }
            next[producer]++;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64, 4096})
    void shouldLoseAndTurnRoundNothingWhateverTheCapacity(int capacity) {
        Line line = line(Transport.INPROC);
        ConcurrentSender sender = ConcurrentSender.on(loop, line.push(), capacity);
        int each = 2000;
        List<Background<Integer>> producers = new ArrayList<>();
        for (int p = 0; p < PRODUCERS; p++) {
            int producer = p;
            producers.add(start(p, () -> produce(sender, producer, each)));
        }

        int[] next = new int[PRODUCERS];
        for (int i = 0; i < PRODUCERS * each; i++) {
            expectNext(line.pull(), next);
        }

        assertThat(next).containsOnly(each);
        assertThat(producers.stream().map(Background::result)).containsOnly(each);
        assertThat(sender.close(Deadline.LIMIT)).isZero();
        assertThat(line.pull().tryReceive()).isEmpty();
        assertThat(failures).isEmpty();
    }

    /** What arrives is the first part of what each producer was told is accepted. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldKeepTheOrderUpToACloseInTheMidst(Transport transport) {
        for (int round = 0; round < 10; round++) {
            Line line = line(transport);
            line.push().set(SocketOption.LINGER, Deadline.LIMIT);
            ConcurrentSender sender = ConcurrentSender.on(loop, line.push(), 16);
            List<Background<Integer>> producers = new ArrayList<>();
            for (int p = 0; p < PRODUCERS; p++) {
                int producer = p;
                producers.add(start(p, () -> produce(sender, producer, Integer.MAX_VALUE)));
            }
            int[] next = new int[PRODUCERS];
            for (int i = 0; i < 500; i++) {
                expectNext(line.pull(), next);
            }

            var closing = Background.start(() -> sender.close(Duration.ofMillis(2)));

            long accepted = producers.stream().mapToLong(Background::result).sum();
            long lost = closing.result();
            for (long i = 500; i < accepted - lost; i++) {
                expectNext(line.pull(), next);
            }
            assertThat(line.pull().receive(Duration.ofMillis(1))).isEmpty();
            for (int p = 0; p < PRODUCERS; p++) {
                assertThat(next[p]).isLessThanOrEqualTo(producers.get(p).result());
            }
            line.pull().close();
        }
    }

    /** The one that is woken may be just about to give up: then another has to be. */
    @Test
    void shouldWakeAllWhoWaitAlsoWhenOthersGiveUp() {
        Line line = line(Transport.INPROC);
        ConcurrentSender sender = ConcurrentSender.on(loop, line.push(), 2);
        CountDownLatch open = hold();
        assertThat(sender.send("0") && sender.send("1")).isTrue();
        List<Background<Boolean>> patient = new ArrayList<>();
        List<Background<Boolean>> impatient = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Background<Boolean> waiting = start(i, () -> sender.send("patient"));
            Deadline.until("it waits", () -> isParked(waiting.thread()));
            patient.add(waiting);
            Duration little = Duration.ofMillis(1 + i % 4);
            impatient.add(
                    start(
                            i,
                            () -> {
                                try (Message message = Message.of("impatient")) {
                                    return sender.send(message, little);
                                }
                            }));
        }
        Background<Boolean> interrupted = Background.start(() -> sender.send("interrupted"));
        Deadline.until("it waits", () -> isParked(interrupted.thread()));
        interrupted.thread().interrupt();
        assertThat(interrupted.failure()).isInstanceOf(OperationInterruptedException.class);

        open.countDown();

        assertThat(patient.stream().map(Background::result)).containsOnly(true);
        long accepted = 2 + 6 + impatient.stream().filter(Background::result).count();
        for (long i = 0; i < accepted; i++) {
            assertThat(Deadline.text(line.pull())).isNotEqualTo("interrupted");
        }
        assertThat(sender.close(Deadline.LIMIT)).isZero();
        assertThat(line.pull().tryReceive()).isEmpty();
    }

    private static boolean isParked(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING;
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldSendWhatIsWrappedAndTellWhenItIsReleased(Transport transport) {
        Line line = line(transport);
        ConcurrentSender sender = ConcurrentSender.on(loop, line.push());
        MemorySegment memory = Arena.ofAuto().allocate(100_000);
        memory.fill((byte) 7);
        CountDownLatch released = new CountDownLatch(1);
        try (Message message = Message.wrap(memory, released::countDown)) {
            sender.send(message);
            assertThat(message.tracker().toString()).contains("100000 bytes");
            try (Message received = Deadline.receive(line.pull())) {
                assertThat(received.getByte(99_999)).isEqualTo((byte) 7);
            }
            assertThat(message.tracker().awaitReleased(Deadline.LIMIT)).isTrue();
        }
        await(released);
    }

    @Test
    void shouldReleaseWhatIsRefusedAndWhatIsLeft() {
        ConcurrentSender refusing = ConcurrentSender.on(loop, context.router());
        ConcurrentSender lonely = ConcurrentSender.on(loop, context.push());
        CountDownLatch released = new CountDownLatch(4);
        for (ConcurrentSender sender : List.of(refusing, lonely)) {
            for (int i = 0; i < 2; i++) {
                MemorySegment memory = Arena.ofAuto().allocate(1000);
                try (Message message = Message.wrap(memory, released::countDown)) {
                    sender.send(message);
                }
            }
        }
        awaitSize(failures, 2);
        assertThat(refusing.close(Deadline.LIMIT)).isZero();
        assertThat(lonely.close(Duration.ZERO)).isEqualTo(2);
        await(released);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldSendAPartOfAFileInItsTurn(Transport transport, @TempDir Path folder)
            throws IOException {
        byte[] content = new byte[100_000];
        Arrays.fill(content, (byte) 5);
        Path file = Files.write(folder.resolve("file"), content);
        Line line = line(transport);
        ConcurrentSender sender = ConcurrentSender.on(loop, line.push(), 2);
        CountDownLatch open = hold();
        try (FileChannel channel = FileChannel.open(file);
                Message message = Message.map(channel, 0, content.length);
                Message another = Message.map(channel, 0, 10)) {
            MessageTracker tracker = message.tracker();
            sender.send("before");
            assertThat(sender.send(message)).isTrue();
            assertThat(sender.trySend(another)).isFalse();
            assertThat(another.size()).as("untouched").isEqualTo(10);
            open.countDown();
            assertThat(sender.send(another)).isTrue();

            assertThat(Deadline.text(line.pull())).isEqualTo("before");
            assertThat(Deadline.bytes(line.pull())).isEqualTo(content);
            assertThat(Deadline.bytes(line.pull())).hasSize(10);
            assertThat(tracker.awaitReleased(Deadline.LIMIT)).isTrue();
        }
        assertThat(sender.close(Deadline.LIMIT)).isZero();
    }
}
