// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.internal.memory.MessageSlots;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.SettledSlots;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests messages of several frames: all frames arrive, or none. */
@ExtendWith(SettledSlots.class)
class MultipartTest extends WithContext {
    private PairSocket one;
    private PairSocket two;

    @BeforeEach
    void link() {
        one = context.pair();
        two = context.pair();
        one.connect(two.bind(Transport.INPROC.fresh()));
        // Sockets belong to the first thread that uses them, which must be the thread of the test.
        one.handOver();
        two.handOver();
    }

    @Test
    void shouldHoldFramesOfAllKinds() {
        try (Multipart multipart = Multipart.create()) {
            multipart
                    .add("text")
                    .add("bytes".getBytes(UTF_8))
                    .add(MemorySegment.ofArray("segment".getBytes(UTF_8)))
                    .add(Message.of("message"));

            assertThat(multipart.size()).isEqualTo(4);
            assertThat(multipart.getString(0)).isEqualTo("text");
            assertThat(multipart.get(1).getString()).isEqualTo("bytes");
            assertThat(multipart.getString(2)).isEqualTo("segment");
            assertThat(multipart.getString(3)).isEqualTo("message");
            assertThatThrownBy(() -> multipart.get(4))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> multipart.get(-1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            List<String> texts = new ArrayList<>();
            multipart.forEach(frame -> texts.add(frame.getString()));
            assertThat(texts).containsExactly("text", "bytes", "segment", "message");
            Iterator<Message> iterator = multipart.iterator();
            iterator.next();
            assertThatThrownBy(iterator::remove).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void shouldBeEmptyAfterASendAndFullAfterAReceiveAgainAndAgain() {
        try (Multipart out = Multipart.create();
                Multipart in = Multipart.create()) {
            for (int i = 1; i < 50; i++) {
                for (int frame = 0; frame < i % 5 + 1; frame++) {
                    out.add("frame " + frame + " of " + i);
                }
                assertThat(one.send(out)).isTrue();
                assertThat(out.size()).isZero();
                assertThat(two.bulkReceiver().receive(in, Deadline.LIMIT)).isTrue();
                assertThat(in.size()).isEqualTo(i % 5 + 1);
                assertThat(in.getString(i % 5)).isEqualTo("frame " + i % 5 + " of " + i);
                two.send(in);
                assertThat(one.bulkReceiver().receive(out, Deadline.LIMIT)).isTrue();
                assertThat(out.size()).isEqualTo(i % 5 + 1);
                out.clear();
            }
        }
    }

    @Test
    void shouldSendNothingIfAFrameIsClosed() {
        try (Multipart multipart = Multipart.of("a", "b", "c")) {
            multipart.get(2).close();

            assertRefused(multipart, IllegalStateException.class, "closed");
        }
    }

    @Test
    void shouldSendNothingIfAFrameHasNoContent() {
        try (Multipart multipart = Multipart.of("a", "b")) {
            multipart.add(Message.create());

            assertRefused(multipart, IllegalStateException.class, "no content");
        }
    }

    @Test
    void shouldSendNothingIfAFrameBelongsToAnotherThread() {
        try (var other = Executors.newSingleThreadExecutor();
                Multipart multipart = Multipart.of("a", "b")) {
            Message foreign = multipart.get(1);
            foreign.handOver();
            assertThat(other.submit(foreign::size)).succeedsWithin(Deadline.LIMIT);

            assertRefused(multipart, WrongThreadException.class, "belongs to");
            assertThat(other.submit(foreign::handOver)).succeedsWithin(Deadline.LIMIT);
            assertThat(one.send(multipart)).isTrue();
            assertThat(Deadline.multipart(two).size()).isEqualTo(2);
        }
    }

    @Test
    void shouldSendNothingIfItIsEmptyOrClosed() {
        Multipart multipart = Multipart.create();
        assertRefused(multipart, IllegalArgumentException.class, "needs a frame");
        multipart.close();
        assertRefused(multipart, IllegalStateException.class, "closed");
    }

    /**
     * Checks that each way to send refuses it, and that no frame of it reaches the next message.
     */
    private void assertRefused(Multipart multipart, Class<? extends Exception> type, String text) {
        assertThatThrownBy(() -> one.send(multipart)).isInstanceOf(type).hasMessageContaining(text);
        assertThatThrownBy(() -> one.trySend(multipart)).isInstanceOf(type);
        assertThatThrownBy(() -> one.send(multipart, Deadline.LIMIT)).isInstanceOf(type);
        Deadline.send(one, "clean", "message");
        try (Multipart next = Deadline.multipart(two)) {
            assertThat(next.size()).isEqualTo(2);
            assertThat(next.getString(0)).isEqualTo("clean");
        }
    }

    @Test
    void shouldStayAsItWasIfThereIsNoRoom() {
        PushSocket push = context.push();
        try (Multipart multipart = Multipart.of("a", "b")) {
            MemorySegment view = multipart.get(1).data();
            assertThat(push.trySend(multipart)).isFalse();
            assertThat(push.send(multipart, Deadline.GRACE)).isFalse();

            assertThat(multipart.size()).isEqualTo(2);
            assertThat(multipart.get(1).data()).isSameAs(view);
            PullSocket pull = context.pull();
            push.connect(pull.bind(Transport.INPROC.fresh()));
            assertThat(push.send(multipart)).isTrue();
            try (Multipart received = Deadline.multipart(pull)) {
                assertThat(received.getString(0)).isEqualTo("a");
                assertThat(received.getString(1)).isEqualTo("b");
            }
        }
    }

    @Test
    void shouldDropItsFramesOnAReceiveInAnyCase() {
        try (Multipart multipart = Multipart.of("a", "b")) {
            assertThat(one.bulkReceiver().tryReceive(multipart)).isFalse();
            assertThat(multipart.size()).isZero();
        }
    }

    @Test
    void shouldReceiveIntoItsOneFrameAgain() {
        try (Multipart multipart = Multipart.create()) {
            one.send("first");
            two.bulkReceiver().receive(multipart);
            Message frame = multipart.get(0);
            MemorySegment view = frame.data();
            one.send("second");
            two.bulkReceiver().receive(multipart);

            assertThat(multipart.get(0)).isSameAs(frame);
            assertThat(multipart.getString(0)).isEqualTo("second");
            assertThat(view.scope().isAlive()).isFalse();

            assertThat(two.bulkReceiver().tryReceive(multipart)).isFalse();
            assertThat(multipart.size()).isZero();
            assertThatThrownBy(frame::size).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldNotReceiveIntoAFrameThatWasClosedOrIsTheUsers() {
        Message own = Message.of("own");
        try (Multipart multipart = Multipart.of(own)) {
            one.send("first");
            two.bulkReceiver().receive(multipart);
            assertThat(own).hasToString("Message[closed]");
            multipart.get(0).close();
            one.send("second");
            two.bulkReceiver().receive(multipart);

            assertThat(multipart.size()).isEqualTo(1);
            assertThat(multipart.getString(0)).isEqualTo("second");
        }
    }

    @Test
    void shouldGiveItsFirstFrameToTheCaller() {
        Multipart multipart = Multipart.of("a", "b");
        Message first = multipart.removeFirst();
        multipart.close();

        assertThat(first.getString()).as("not closed with the rest").isEqualTo("a");
        try (Multipart other = Multipart.of(first)) {
            assertThat(other.getString(0)).isEqualTo("a");
        }
        assertThat(first).hasToString("Message[closed]");
        assertThatThrownBy(multipart::removeFirst).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldCloseAllItsFrames() {
        Message frame = Message.of("a");
        Multipart multipart = Multipart.of(frame).add("b");
        multipart.close();
        multipart.close();

        assertThat(frame).hasToString("Message[closed]");
        assertThat(multipart.size()).isZero();
        assertThatThrownBy(() -> multipart.add("c"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("make another one");
        assertThatThrownBy(() -> one.bulkReceiver().tryReceive(multipart))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldBeFilledAgainAfterClear() {
        try (Multipart multipart = Multipart.of("a")) {
            Message frame = multipart.get(0);
            multipart.clear();
            assertThatThrownBy(frame::size).isInstanceOf(IllegalStateException.class);
            assertThat(multipart.add("b").size()).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseAFrameThatIsInAMultipartAlready() {
        Message frame = Message.of("frame");
        try (Multipart owner = Multipart.of(frame);
                Multipart other = Multipart.create()) {
            for (Multipart each : List.of(owner, other)) {
                assertThatThrownBy(() -> each.add(frame))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("share()");
            }
            other.add(frame.share());
            assertThat(other.getString(0)).isEqualTo("frame");
            assertThat(owner.size()).isEqualTo(1);
        }
    }

    @Test
    void shouldBeHandedOverToAnotherThread() {
        Multipart multipart = Multipart.of("a", "b");
        multipart.handOver();
        one.handOver();

        Background.run(() -> one.send(multipart)).result();
        try (Multipart received = Deadline.multipart(two)) {
            assertThat(received.getString(1)).isEqualTo("b");
        }
    }

    @Test
    void shouldCloseTheMessagesItTookOverWhenTheyAreSent() {
        Message mine = Message.of("mine");
        try (Multipart multipart = Multipart.create().add(mine).add("its own")) {
            one.send(multipart);
            assertThat(mine).hasToString("Message[closed]");
            assertThat(multipart.size()).isZero();
            Deadline.multipart(two).close();
            two.send("again");
            assertThat(one.bulkReceiver().receive(multipart, Deadline.LIMIT)).isTrue();
            assertThat(multipart.getString(0)).isEqualTo("again");
        }
    }

    @Test
    void shouldFreeAllMessagesIfOneIsGivenTwice() {
        try (Message message = Message.of("once")) {
            assertThatThrownBy(() -> Multipart.of(message, message))
                    .isInstanceOf(IllegalArgumentException.class);
            try (Multipart multipart = Multipart.of(message)) {
                assertThat(multipart.size()).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldWriteFramesInPlaceWithTheSameObjects() {
        try (Multipart out = Multipart.create();
                Multipart in = Multipart.create()) {
            out.allocate(8).setLong(0, 1);
            one.send(out);
            Message first = out.allocate(8);
            first.setLong(0, 2);
            one.send(out);
            assertThat(out.allocate(8)).isSameAs(first);
            first.setLong(0, 3);
            one.send(out);
            for (long expected = 1; expected <= 3; expected++) {
                assertThat(two.bulkReceiver().receive(in, Deadline.LIMIT)).isTrue();
                assertThat(in.get(0).getLong(0)).isEqualTo(expected);
            }
            assertThatThrownBy(() -> out.allocate(-1)).isInstanceOf(IllegalArgumentException.class);
            assertThat(out.size()).isZero();
        }
    }

    @Test
    void shouldBelongToOneThread() {
        Multipart multipart = Multipart.of("a", "b");
        assertThat(Background.run(() -> multipart.add("c")).failure())
                .isInstanceOf(WrongThreadException.class);
        assertThat(Background.run(multipart::close).failure())
                .isInstanceOf(WrongThreadException.class);
        assertThat(Background.start(() -> one.trySend(multipart)).failure())
                .isInstanceOf(WrongThreadException.class);
        assertThat(multipart.size()).isEqualTo(2);

        multipart.handOver();

        Background.run(multipart::close).result();
        assertThatThrownBy(multipart::size).isInstanceOf(WrongThreadException.class);
    }

    @Test
    void shouldNotBeIteratedByAnotherThread() {
        try (Multipart multipart = Multipart.of("a", "b")) {
            Iterator<Message> iterator = multipart.iterator();
            Spliterator<Message> spliterator = multipart.spliterator();

            assertThat(Background.start(iterator::hasNext).failure())
                    .isInstanceOf(WrongThreadException.class);
            assertThat(Background.start(iterator::next).failure())
                    .isInstanceOf(WrongThreadException.class);
            assertThat(Background.start(() -> spliterator.tryAdvance(frame -> {})).failure())
                    .isInstanceOf(WrongThreadException.class);
            assertThat(iterator.next().getString()).isEqualTo("a");
            assertThatThrownBy(iterator::remove).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void shouldLeaveAFrameToTheThreadThatTookIt() {
        int before = MessageSlots.inUse();
        Multipart multipart = Multipart.of("a", "b", "c");
        Message taken = multipart.get(1);
        taken.handOver();
        assertThat(Background.start(taken::getString).result()).isEqualTo("b");

        multipart.clear();
        multipart.add("d");
        multipart.add("e");
        assertThat(multipart.get(0)).as("each spare once").isNotSameAs(multipart.get(1));
        multipart.close();

        assertThat(MessageSlots.inUse()).as("the one that was taken").isEqualTo(before + 1);
    }

    @Test
    void shouldFindTheFirstFrameWithAContent() {
        try (Multipart message = Multipart.of("a", "", "<IDS|MSG>", "", "ä")) {
            assertThat(message.indexOf("<IDS|MSG>")).isEqualTo(2);
            assertThat(message.indexOf("")).isEqualTo(1);
            assertThat(message.indexOf("ä")).isEqualTo(4);
            assertThat(message.indexOf(new byte[] {'a'})).isZero();
            assertThat(message.indexOf("<IDS")).as("the whole frame counts").isEqualTo(-1);
            assertThat(message.indexOf(new byte[] {'a', 0})).isEqualTo(-1);
        }
        try (Multipart empty = Multipart.create()) {
            assertThat(empty.indexOf("")).isEqualTo(-1);
        }
    }
}
