// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.SocketClosedException;
import io.panamq.internal.memory.MessageSlots;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.SettledSlots;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests calls that receive a batch of messages. */
@ExtendWith(SettledSlots.class)
class BatchTest extends WithContext {
    private final List<String> seen = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldHandAllMessagesOverInOrder(Transport transport) {
        PullSocket pull = context.pull();
        PushSocket push = context.push();
        push.connect(pull.bind(transport.fresh()));
        List<String> texts = texts(500, 60);

        texts.forEach(push::send);
        while (seen.size() < texts.size()) {
            int count =
                    pull.bulkReceiver()
                            .receiveBatch(m -> seen.add(m.getString()), 64, Deadline.LIMIT);
            assertThat(count).isBetween(1, 64);
        }

        assertThat(seen).isEqualTo(texts);
    }

    @Test
    void shouldTakeNoMoreThanAskedFor() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkReceiver receiver = pair[1].bulkReceiver();
        texts(5, 3).forEach(pair[0]::send);

        assertThat(receiver.tryReceiveBatch(m -> seen.add(m.getString()), 3)).isEqualTo(3);
        assertThat(receiver.tryReceiveBatch(m -> seen.add(m.getString()), 3)).isEqualTo(2);
        assertThat(receiver.tryReceiveBatch(m -> seen.add(m.getString()), 3)).isZero();
        assertThat(seen).isEqualTo(texts(5, 3));
    }

    @Test
    void shouldNotSplitAMessage() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkReceiver receiver = pair[1].bulkReceiver();
        Deadline.send(pair[0], "a", "b", "c");
        Deadline.send(pair[0], "d");

        assertThat(receiver.receiveBatch(m -> seen.add(m.getString() + m.more()), 1)).isEqualTo(3);

        assertThat(seen).containsExactly("atrue", "btrue", "cfalse");
        assertThat(Deadline.text(pair[1])).isEqualTo("d");
    }

    @Test
    void shouldWaitForTheFirstOnly() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkReceiver receiver = pair[1].bulkReceiver();
        pair[1].handOver();
        var waiting = Background.blocked(() -> receiver.receiveBatch(m -> seen.add("x"), 10));

        pair[0].send("one");

        assertThat(waiting.result()).isEqualTo(1);
    }

    @Test
    void shouldTellThatTheTimeIsOver() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkReceiver receiver = pair[1].bulkReceiver();
        assertThat(receiver.receiveBatch(m -> seen.add("x"), 10, Duration.ofMillis(5))).isZero();
        pair[1].set(SocketOption.RCVTIMEO, Duration.ofMillis(5));
        assertThat(receiver.receiveBatch(m -> seen.add("x"), 10)).isZero();
        assertThat(seen).isEmpty();
    }

    @Test
    void shouldKeepViewsAliveForTheWholeBatchAndNoLonger() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkReceiver receiver = pair[1].bulkReceiver();
        List<String> texts = texts(20, 2_000);
        texts.forEach(pair[0]::send);
        List<MemorySegment> views = new ArrayList<>();

        receiver.receiveBatch(
                m -> {
                    views.add(m.data());
                    if (views.size() == texts.size()) {
                        views.forEach(view -> seen.add(text(view)));
                    }
                },
                100);

        assertThat(seen).isEqualTo(texts);
        for (MemorySegment view : views) {
            assertThatThrownBy(() -> view.get(ValueLayout.JAVA_BYTE, 0))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldRefuseAFrameThatWasKept() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkReceiver receiver = pair[1].bulkReceiver();
        List<Message> kept = new ArrayList<>();
        pair[0].send("a");
        receiver.receiveBatch(kept::add, 10);

        assertThatThrownBy(() -> kept.get(0).size()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> kept.get(0).prepare(5)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> kept.get(0).close()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> pair[0].send(kept.get(0)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldLetTheHandlerDoWhatItLikesWithAFrame() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkReceiver receiver = pair[1].bulkReceiver();
        PairSocket[] other = connectedPair(Transport.INPROC);
        List<Message> shared = new ArrayList<>();
        List<Message> released = new ArrayList<>();
        List<String> texts = texts(50, 100);
        texts.forEach(pair[0]::send);

        int[] turn = {0};
        int count =
                receiver.receiveBatch(
                        m -> {
                            switch (turn[0]++ % 5) {
                                case 0 -> other[0].send(m);
                                case 1 -> shared.add(m.share());
                                case 2 -> m.close();
                                case 3 -> {
                                    m.handOver();
                                    released.add(m);
                                }
                                default -> m.prepare(200).setLong(0, 1);
                            }
                        },
                        1_000);

        assertThat(count).isEqualTo(50);
        for (int i = 0; i < 50; i += 5) {
            assertThat(Deadline.text(other[1])).isEqualTo(texts.get(i));
            assertThat(shared.get(i / 5).getString()).isEqualTo(texts.get(i + 1));
            assertThat(released.get(i / 5).getString()).isEqualTo(texts.get(i + 3));
            shared.get(i / 5).close();
            released.get(i / 5).close();
        }
        pair[0].send("again");
        assertThat(receiver.receiveBatch(m -> seen.add(m.getString()), 10)).isEqualTo(1);
        assertThat(seen).containsExactly("again");
    }

    @Test
    void shouldEndAllViewsWhenAFrameWithAViewIsSentOn() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkReceiver receiver = pair[1].bulkReceiver();
        PairSocket[] other = connectedPair(Transport.INPROC);
        texts(2, 500).forEach(pair[0]::send);
        List<MemorySegment> views = new ArrayList<>();

        receiver.receiveBatch(
                m -> {
                    views.add(m.data());
                    if (views.size() == 2) {
                        other[0].send(m);
                        views.forEach(
                                view ->
                                        assertThatThrownBy(() -> text(view))
                                                .isInstanceOf(IllegalStateException.class));
                        seen.add("checked");
                    }
                },
                10);

        assertThat(seen).containsExactly("checked");
        assertThat(Deadline.text(other[1])).isEqualTo(texts(2, 500).get(1));
    }

    @Test
    void shouldEndWithTheHandlersExceptionAndLoseNothing() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkReceiver receiver = pair[1].bulkReceiver();
        texts(4, 10).forEach(pair[0]::send);

        assertThatThrownBy(
                        () ->
                                receiver.receiveBatch(
                                        m -> {
                                            seen.add(m.getString());
                                            if (seen.size() == 2) {
                                                throw new UnsupportedOperationException("enough");
                                            }
                                        },
                                        10))
                .isInstanceOf(UnsupportedOperationException.class);
        receiver.receiveBatch(m -> seen.add(m.getString()), 10);

        assertThat(seen).isEqualTo(texts(4, 10));
    }

    @Test
    void shouldGiveWhatABatchLeftToWhoeverReceivesNext() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkReceiver receiver = pair[1].bulkReceiver();
        texts(200, 50).forEach(pair[0]::send);
        Deadline.send(pair[0], "a", "b");
        leaveAfter(pair[1], 2);

        try (Message frame = pair[1].receive()) {
            seen.add(frame.getString());
        }
        seen.add(pair[1].receiveString());
        pair[1].tryReceive().ifPresent(frame -> seen.add(takeText(frame)));
        pair[1].receive(Duration.ZERO).ifPresent(frame -> seen.add(takeText(frame)));
        leaveAfter(pair[1], seen.size() + 2);
        pair[1].handOver();
        Background.start(
                        () -> {
                            receiver.receiveBatch(m -> seen.add(m.getString()), 1);
                            pair[1].handOver();
                            return null;
                        })
                .result();
        while (seen.size() < 200) {
            assertThat(receiver.tryReceiveBatch(m -> seen.add(m.getString()), 200 - seen.size()))
                    .isPositive();
        }

        assertThat(seen).isEqualTo(texts(200, 50));
        try (Multipart last = Deadline.multipart(pair[1])) {
            assertThat(last.size()).isEqualTo(2);
        }
    }

    @Test
    void shouldLetTheHandlerReceiveTheFramesThatFollow() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkReceiver receiver = pair[1].bulkReceiver();
        texts(9, 50).forEach(pair[0]::send);

        int handled =
                receiver.receiveBatch(
                        m -> {
                            seen.add(m.getString());
                            pair[1].tryReceive().ifPresent(frame -> seen.add(takeText(frame)));
                        },
                        10);

        assertThat(handled).isEqualTo(5);
        assertThat(seen).isEqualTo(texts(9, 50));
    }

    @Test
    void shouldReleaseWhatABatchLeftWhenTheSocketIsClosed() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        List<MessageTracker> trackers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            try (Message message = Message.wrap(Arena.ofAuto().allocate(100), () -> {})) {
                trackers.add(MessageTracker.of(message));
                pair[0].send(message);
            }
        }
        leaveAfter(pair[1], 2);

        pair[1].close();

        for (MessageTracker tracker : trackers) {
            assertThat(tracker.awaitReleased(Deadline.LIMIT)).isTrue();
        }
    }

    /** Receives a batch whose handler throws after the given number of messages, in the middle. */
    private void leaveAfter(PairSocket socket, int count) {
        assertThatThrownBy(
                        () ->
                                socket.bulkReceiver()
                                        .receiveBatch(
                                                m -> {
                                                    seen.add(m.getString());
                                                    if (seen.size() == count) {
                                                        throw new UnsupportedOperationException(
                                                                "enough");
                                                    }
                                                },
                                                1_000))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static String takeText(Message frame) {
        try (frame) {
            return frame.getString();
        }
    }

    @Test
    void shouldLetTheHandlerReplyOnTheSocket() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkReceiver receiver = pair[1].bulkReceiver();
        texts(3, 10).forEach(pair[0]::send);

        receiver.receiveBatch(m -> pair[1].send("re: " + m.getString()), 10);

        texts(3, 10).forEach(text -> assertThat(Deadline.text(pair[0])).isEqualTo("re: " + text));
    }

    @Test
    void shouldRefuseABatchWithinABatch() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkReceiver receiver = pair[1].bulkReceiver();
        texts(2, 10).forEach(pair[0]::send);

        assertThatThrownBy(
                        () ->
                                receiver.receiveBatch(
                                        m -> receiver.tryReceiveBatch(n -> seen.add("x"), 1), 10))
                .isInstanceOf(IllegalStateException.class);
        assertThat(receiver.tryReceiveBatch(m -> seen.add(m.getString()), 10)).isEqualTo(1);
    }

    @Test
    void shouldEndWhenTheHandlerClosesTheSocket() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkReceiver receiver = pair[1].bulkReceiver();
        texts(2, 10).forEach(pair[0]::send);

        assertThatThrownBy(() -> receiver.receiveBatch(m -> pair[1].close(), 10))
                .isInstanceOf(SocketClosedException.class);
    }

    @Test
    void shouldWorkOnAnotherThreadAfterARelease() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkReceiver receiver = pair[1].bulkReceiver();
        pair[0].send("a");
        receiver.receiveBatch(m -> seen.add(m.getString()), 10);
        pair[0].send("b");
        pair[1].handOver();

        Background.start(() -> receiver.receiveBatch(m -> seen.add(m.getString()), 10)).result();

        assertThat(seen).containsExactly("a", "b");
    }

    @Test
    void shouldRefuseASizeBelowOne() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkReceiver receiver = pair[1].bulkReceiver();
        assertThatThrownBy(() -> receiver.tryReceiveBatch(m -> {}, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> receiver.receiveBatch(m -> {}, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Returns different texts of up to the given size. */
    static List<String> texts(int count, int size) {
        return IntStream.range(0, count)
                .mapToObj(i -> i + "-".repeat(i % Math.max(1, size)))
                .toList();
    }

    private static String text(MemorySegment view) {
        return new String(
                view.toArray(ValueLayout.JAVA_BYTE), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Only the socket itself can close the frames of its batches. */
    @Test
    void shouldGiveTheSlotsBackWhenTheSocketIsClosed() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkReceiver receiver = pair[1].bulkReceiver();
        pair[0].send("a");
        pair[0].send("b");
        int before = MessageSlots.inUse();
        receiver.receiveBatch(frame -> assertThat(frame.data().byteSize()).isOne(), 2);
        assertThat(MessageSlots.inUse())
                .as("taken for two views")
                .isGreaterThanOrEqualTo(before + 2);

        pair[1].close();

        assertThat(MessageSlots.inUse()).isEqualTo(before);
    }

    @Test
    void shouldGiveTheSlotsBackWhenAHandlerClosesTheSocket() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkReceiver receiver = pair[1].bulkReceiver();
        pair[0].send("a");
        int before = MessageSlots.inUse();
        Message[] kept = new Message[1];

        receiver.tryReceiveBatch(
                frame -> {
                    kept[0] = frame;
                    pair[1].close();
                    assertThat(frame.getString()).as("alive until the batch ends").isEqualTo("a");
                },
                1);

        assertThat(MessageSlots.inUse()).isEqualTo(before);
        assertThat(kept[0]).hasToString("Message[closed]");
        assertThatThrownBy(() -> kept[0].size()).isInstanceOf(IllegalStateException.class);
    }

    /** Another thread could otherwise use the socket while the batch ends. */
    @Test
    void shouldRefuseToReleaseTheSocketWithinItsBatch() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkReceiver receiver = pair[1].bulkReceiver();
        pair[0].send("a");

        assertThatThrownBy(() -> receiver.tryReceiveBatch(frame -> pair[1].handOver(), 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("hand it over after that");

        pair[1].handOver();
        assertThat(Background.start(() -> receiver.tryReceiveBatch(frame -> {}, 2)).result())
                .isZero();
    }

    /** The frame then belongs to another thread, together with its views. */
    @Test
    void shouldGoOnWithoutAFrameThatWasGivenAway() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkReceiver receiver = pair[1].bulkReceiver();
        pair[0].send("given");
        pair[0].send("b");
        Message[] given = new Message[1];
        assertThat(
                        receiver.tryReceiveBatch(
                                frame -> {
                                    if (given[0] == null) {
                                        given[0] = frame;
                                        frame.handOver();
                                    }
                                },
                                1))
                .isOne();
        CountDownLatch seen = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        var other =
                Background.start(
                        () -> {
                            MemorySegment view = given[0].data();
                            seen.countDown();
                            go.await();
                            String text = text(view);
                            given[0].close();
                            return text + view.scope().isAlive();
                        });
        Deadline.until("the other thread has a view", () -> seen.getCount() == 0);

        assertThat(
                        receiver.tryReceiveBatch(
                                frame -> assertThat(text(frame.data())).isEqualTo("b"), 2))
                .isOne();

        go.countDown();
        assertThat(other.result()).isEqualTo("givenfalse");
    }
}
