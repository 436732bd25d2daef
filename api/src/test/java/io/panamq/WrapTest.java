// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.OperationInterruptedException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Logged;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests messages over memory of the user, and when the user gets it back. */
class WrapTest extends WithContext {
    private final AtomicInteger releases = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldSendMemoryAsItIsAndTellWhenItIsFree(Transport transport) {
        PairSocket[] pair = connectedPair(transport);
        for (int size : new int[] {0, 1, 33, 34, 8_192, 70_000, 3_000_000}) {
            MemorySegment content = filled(Arena.ofAuto(), size);
            int before = releases.get();
            Message message = Message.wrap(content, releases::incrementAndGet);
            MessageTracker tracker = MessageTracker.of(message);
            assertThat(message.size()).isEqualTo(size);

            pair[0].send(message);

            assertThat(MessageTracker.of(message)).isSameAs(tracker);
            assertThat(Deadline.bytes(pair[1])).isEqualTo(content.toArray(ValueLayout.JAVA_BYTE));
            assertThat(tracker.awaitReleased(Deadline.LIMIT)).isTrue();
            assertThat(tracker.isReleased()).isTrue();
            assertThat(releases.get()).isEqualTo(before + 1);
            message.close();
        }
    }

    @Test
    void shouldHandTheMemoryItselfToAnInprocPeer() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        MemorySegment content = filled(Arena.ofAuto(), 100);
        Message message = Message.wrap(content, releases::incrementAndGet);
        MessageTracker tracker = MessageTracker.of(message);
        pair[0].send(message);

        try (Message received = Deadline.receive(pair[1])) {
            assertThat(received.data().address()).isEqualTo(content.address());
            assertThat(tracker.awaitReleased(Deadline.GRACE)).as("still received").isFalse();
        }

        assertThat(tracker.awaitReleased(Deadline.LIMIT)).isTrue();
        message.close();
    }

    @Test
    void shouldReleaseWhatIsNotSent() {
        for (int i = 0; i < 3; i++) {
            Message message = Message.wrap(filled(Arena.ofAuto(), 50), releases::incrementAndGet);
            MessageTracker tracker = MessageTracker.of(message);
            switch (i) {
                case 0 -> message.close();
                case 1 -> message.prepare(10);
                default -> context.pub().send(message); // goes to nobody
            }
            assertThat(tracker.awaitReleased(Deadline.LIMIT)).isTrue();
            message.close();
        }
        assertThat(releases.get()).isEqualTo(3);
    }

    @Test
    void shouldReleaseWhatIsStillQueuedWhenTheContextEnds() {
        Context other = Context.builder().linger(Duration.ZERO).build();
        PushSocket push = other.push();
        push.connect(Transport.nowhere());
        List<MessageTracker> trackers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Message message = Message.wrap(filled(Arena.ofAuto(), 50), releases::incrementAndGet);
            trackers.add(MessageTracker.of(message));
            push.send(message);
            message.close();
        }

        assertThat(other.close(Deadline.LIMIT).terminated()).isTrue();

        for (MessageTracker tracker : trackers) {
            assertThat(tracker.awaitReleased(Deadline.LIMIT)).isTrue();
        }
        assertThat(releases.get()).isEqualTo(100);
    }

    @Test
    void shouldSayWhichMessagesHaveATracker() {
        try (Message plain = Message.of("text");
                Message empty = Message.create()) {
            assertThatThrownBy(plain::tracker)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "MessageTracker.of is for messages of wrap and map; this one was allocated,"
                                    + " copied or received");
            assertThatThrownBy(empty::tracker)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith("this one has no content of these");
        }
    }

    @Test
    void shouldReleaseAfterTheLastOfAllThatShareIt() {
        Message first = Message.wrap(filled(Arena.ofAuto(), 100), releases::incrementAndGet);
        Message second = first.share();
        MessageTracker tracker = MessageTracker.of(second);

        first.close();
        assertThat(tracker.awaitReleased(Deadline.GRACE)).isFalse();
        second.close();

        assertThat(tracker.awaitReleased(Deadline.LIMIT)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldReleaseTheFramesOfAMultipart(Transport transport) {
        PairSocket[] pair = connectedPair(transport);
        Message a = Message.wrap(filled(Arena.ofAuto(), 10_000), releases::incrementAndGet);
        Message b = Message.wrap(filled(Arena.ofAuto(), 20), releases::incrementAndGet);
        MessageTracker[] trackers = {MessageTracker.of(a), MessageTracker.of(b)};

        pair[0].send(Multipart.of(a, b));

        try (Multipart received = Deadline.multipart(pair[1])) {
            assertThat(received.get(0).size()).isEqualTo(10_000);
            assertThat(received.get(1).size()).isEqualTo(20);
        }
        for (MessageTracker tracker : trackers) {
            assertThat(tracker.awaitReleased(Deadline.LIMIT)).isTrue();
        }
    }

    @Test
    void shouldRunCallbacksOnOneThreadOfTheirOwn() {
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        MessageTracker last = null;
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            Message message =
                    Message.wrap(
                            filled(Arena.ofAuto(), 8),
                            () -> {
                                threads.add(Thread.currentThread());
                                order.add(number);
                            });
            last = MessageTracker.of(message);
            message.close();
        }
        assertThat(last.awaitReleased(Deadline.LIMIT)).isTrue();
        assertThat(threads).hasSize(1_000).containsOnly(threads.get(0));
        assertThat(threads.get(0)).isNotSameAs(Thread.currentThread());
        assertThat(threads.get(0).isDaemon()).isTrue();
        assertThat(order).isSorted();
    }

    @Test
    void shouldContainWhatACallbackThrows() {
        Message bad =
                Message.wrap(
                        filled(Arena.ofAuto(), 8),
                        () -> {
                            throw new StackOverflowError("on purpose");
                        });
        MessageTracker tracker = MessageTracker.of(bad);
        bad.close();
        assertThat(tracker.awaitReleased(Deadline.LIMIT)).isTrue();

        Message interrupting =
                Message.wrap(filled(Arena.ofAuto(), 8), () -> Thread.currentThread().interrupt());
        interrupting.close();
        Message good = Message.wrap(filled(Arena.ofAuto(), 8), releases::incrementAndGet);
        MessageTracker next = MessageTracker.of(good);
        good.close();
        assertThat(next.awaitReleased(Deadline.LIMIT)).isTrue();
        assertThat(releases.get()).isEqualTo(1);
    }

    @Test
    void shouldLogWhatACallbackThrows() {
        try (Logged logged = Logged.at("io.panamq")) {
            Message bad =
                    Message.wrap(
                            filled(Arena.ofAuto(), 8),
                            () -> {
                                throw new IllegalStateException("thrown on purpose");
                            });
            bad.close();

            logged.await("SEVERE", "release callback", "8 bytes", "thrown on purpose");
        }
    }

    @Test
    void shouldEndAWaitForTheReleaseByAnInterrupt() {
        Message message = Message.wrap(filled(Arena.ofAuto(), 8), () -> {});
        MessageTracker tracker = MessageTracker.of(message);
        CountDownLatch started = new CountDownLatch(1);
        var waiting =
                Background.start(
                        () -> {
                            started.countDown();
                            return tracker.awaitReleased(Deadline.LIMIT);
                        });
        Deadline.until("started", () -> started.getCount() == 0);

        waiting.thread().interrupt();

        assertThat(waiting.failure()).isInstanceOf(OperationInterruptedException.class);
        message.close();
    }

    @Test
    void shouldRefuseMemoryThatCouldBeFreed() {
        try (Arena confined = Arena.ofConfined();
                Arena shared = Arena.ofShared();
                MessageArena own = MessageArena.create()) {
            for (MemorySegment content :
                    List.of(
                            confined.allocate(8),
                            shared.allocate(8),
                            own.allocate(8),
                            shared.allocate(8).asReadOnly().asSlice(2),
                            MemorySegment.ofBuffer(shared.allocate(8).asByteBuffer()),
                            MemorySegment.ofArray(new byte[8]),
                            MemorySegment.ofBuffer(ByteBuffer.allocate(8)))) {
                assertThatThrownBy(() -> Message.wrap(content, releases::incrementAndGet))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(releases.get()).isZero();
    }

    @Test
    void shouldTakeAutomaticAndGlobalMemoryAndDirectBuffers() {
        for (MemorySegment content :
                List.of(
                        Arena.ofAuto().allocate(8),
                        Arena.global().allocate(8),
                        MemorySegment.NULL,
                        MemorySegment.ofBuffer(ByteBuffer.allocateDirect(8)))) {
            Message message = Message.wrap(content, releases::incrementAndGet);
            assertThat(message.size()).isEqualTo(content.byteSize());
            message.close();
        }
        Deadline.until("all are released", () -> releases.get() == 4);
    }

    @Test
    void shouldKeepReadOnlyMemoryReadOnlyAlsoForAnInprocPeer() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        MemorySegment content = filled(Arena.ofAuto(), 64).asReadOnly();
        Message message = Message.wrap(content, releases::incrementAndGet);
        assertThat(message.data().isReadOnly()).isTrue();
        assertThat(message.data().isReadOnly()).isTrue();
        assertThatThrownBy(() -> message.setLong(0, 1)).isInstanceOf(IllegalStateException.class);
        pair[0].send(message);

        try (Message received = Deadline.receive(pair[1])) {
            assertThat(received.data().isReadOnly()).isTrue();
            assertThat(received.data().isReadOnly()).isTrue();
            assertThatThrownBy(() -> received.setByte(0, (byte) 1))
                    .isInstanceOf(IllegalStateException.class);
        }
        message.close();
        assertThat(Message.of("x").data().isReadOnly()).isFalse();
    }

    // ---- arenas

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldFreeTheArenaItTookOver(Transport transport) {
        PairSocket[] pair = connectedPair(transport);
        MemorySegment content;
        MessageTracker tracker;
        try (MessageArena arena = MessageArena.create()) {
            content = filled(arena, 5_000);
            Message message = arena.wrap(content);
            tracker = MessageTracker.of(message);
            assertThatThrownBy(() -> arena.allocate(8)).isInstanceOf(IllegalStateException.class);
            MemorySegment again = content;
            assertThatThrownBy(() -> arena.wrap(again)).isInstanceOf(IllegalStateException.class);
            pair[0].send(message);
            message.close();
        }
        if (transport == Transport.INPROC) {
            assertThat(content.scope().isAlive()).as("close did nothing").isTrue();
        }

        assertThat(Deadline.bytes(pair[1])).hasSize(5_000);

        assertThat(tracker.awaitReleased(Deadline.LIMIT)).isTrue();
        assertThat(content.scope().isAlive()).isFalse();
    }

    @Test
    void shouldLeaveAnArenaToTheCallerUntilItIsTaken() {
        MessageArena arena = MessageArena.create();
        MemorySegment content = arena.allocate(8);
        assertThatThrownBy(() -> arena.wrap(Arena.ofAuto().allocate(8)))
                .isInstanceOf(IllegalArgumentException.class);

        arena.close();
        arena.close();

        assertThat(content.scope().isAlive()).isFalse();
        assertThatThrownBy(() -> arena.wrap(content)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> arena.allocate(1)).isInstanceOf(IllegalStateException.class);
    }

    // ---- copy or share

    @Test
    void shouldCopyASegmentUnlessTheSocketMayShareIt() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        int size = (int) BulkSender.SHARE_THRESHOLD;
        MemorySegment content = filled(Arena.ofAuto(), size);

        BulkSender sender = pair[0].bulkSender();
        sender.send(content);
        assertThat(addressOfNext(pair[1])).isNotEqualTo(content.address());

        sender.shareFrom(BulkSender.SHARE_THRESHOLD);
        sender.send(content);
        assertThat(addressOfNext(pair[1])).isEqualTo(content.address());
        sender.send(content.asSlice(0, size - 1));
        assertThat(addressOfNext(pair[1])).isNotEqualTo(content.address());

        try (Arena closable = Arena.ofConfined()) {
            MemorySegment other = filled(closable, size);
            sender.send(other);
            assertThat(addressOfNext(pair[1])).isNotEqualTo(other.address());
        }
        sender.send(MemorySegment.ofArray(new byte[size]));
        assertThat(Deadline.bytes(pair[1])).hasSize(size);
        assertThatThrownBy(() -> sender.shareFrom(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static long addressOfNext(PairSocket socket) {
        try (Message message = Deadline.receive(socket)) {
            return message.data().address();
        }
    }

    @Test
    void shouldForgetEverythingThatIsReleased() {
        PairSocket[] pair = connectedPair(Transport.TCP);
        MemorySegment content = filled(Arena.ofAuto(), 100);
        try (Message message = Message.create()) {
            for (int i = 0; i < 20_000; i++) {
                pair[0].send(Message.wrap(content, releases::incrementAndGet));
                pair[1].receive(message);
            }
        }
        Deadline.until("all are released", () -> releases.get() == 20_000);
    }

    @Test
    void shouldHaveATrackerOnlyForMemoryOfTheUser() {
        try (Message message = Message.of("text")) {
            assertThatThrownBy(message::tracker).isInstanceOf(IllegalStateException.class);
        }
        Message wrapped = Message.wrap(Arena.ofAuto().allocate(8), () -> {});
        wrapped.prepare(8);
        assertThatThrownBy(wrapped::tracker).isInstanceOf(IllegalStateException.class);
        wrapped.close();
    }

    /** An overflow within the free function that libzmq calls would end the JVM. */
    @Test
    void shouldSurviveAStackOverflowAnywhere() throws InterruptedException {
        MemorySegment content = Arena.ofAuto().allocate(64);
        for (int i = 0; i < 20; i++) {
            List<Throwable> thrown = new ArrayList<>();
            Thread deep =
                    new Thread(
                            null,
                            () -> {
                                try {
                                    wrapAndGoDeeper(content);
                                } catch (StackOverflowError e) {
                                    thrown.add(e);
                                }
                            },
                            "deep",
                            (200 + 3L * i) * 1024);
            deep.start();
            deep.join();
            assertThat(thrown).hasSize(1);
        }
        Message message = Message.wrap(content, releases::incrementAndGet);
        message.close();
        Deadline.until("released", () -> releases.get() > 0);
    }

    @SuppressWarnings("InfiniteRecursion") // on purpose
    private void wrapAndGoDeeper(MemorySegment content) {
        Message.wrap(content, () -> {}).close();
        wrapAndGoDeeper(content);
    }

    static MemorySegment filled(Arena arena, int size) {
        MemorySegment content = arena.allocate(size, 1);
        for (int i = 0; i < size; i++) {
            content.set(ValueLayout.JAVA_BYTE, i, (byte) (i * 31));
        }
        return content;
    }
}
