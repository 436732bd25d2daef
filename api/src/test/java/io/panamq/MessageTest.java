// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.Errno;
import io.panamq.error.ZmqException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests one message: its content, its life, and its thread. */
class MessageTest extends WithContext {
    private static final long[] OUTSIDE = {
        -1, Long.MIN_VALUE, 9, 10, Long.MAX_VALUE - 3, Long.MAX_VALUE
    };

    @Test
    void shouldBeMadeFromArraysTextsAndSegments() {
        byte[] bytes = {1, 2, 3};
        try (Arena arena = Arena.ofConfined();
                Message ofBytes = Message.of(bytes);
                Message ofText = Message.of("äöü€");
                Message onHeap = Message.of(MemorySegment.ofArray(bytes));
                Message offHeap = Message.of(arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes));
                Message empty = Message.of("")) {
            assertThat(ofBytes.getBytes()).isEqualTo(bytes);
            assertThat(ofText.getString()).isEqualTo("äöü€");
            assertThat(ofText.size()).isEqualTo("äöü€".getBytes(UTF_8).length);
            assertThat(onHeap.getBytes()).isEqualTo(bytes);
            assertThat(offHeap.getBytes()).isEqualTo(bytes);
            assertThat(empty.size()).isZero();
            assertThat(empty.getBytes()).isEmpty();
            assertThat(empty.data().byteSize()).isZero();
            assertThat(ofBytes.more()).isFalse();
            assertThat(ofBytes.data().isReadOnly()).isFalse();
        }
    }

    @Test
    void shouldReadAndWriteNumbersAtAnyOffset() {
        try (Message message = Message.allocate(40)) {
            message.setLong(3, 0x0123456789ABCDEFL);
            message.setInt(33, 0xCAFEBABE);
            message.setByte(39, (byte) -7);

            assertThat(message.getLong(3)).isEqualTo(0x0123456789ABCDEFL);
            assertThat(message.getInt(33)).isEqualTo(0xCAFEBABE);
            assertThat(message.getByte(39)).isEqualTo((byte) -7);
            assertThat(message.data().get(ValueLayout.JAVA_LONG_UNALIGNED, 3))
                    .as("in native order")
                    .isEqualTo(0x0123456789ABCDEFL);
        }
    }

    @Test
    void shouldRefuseEveryAccessOutsideItsContent() {
        MemorySegment other = MemorySegment.ofArray(new byte[100]);
        try (Message message = Message.allocate(8)) {
            for (long offset : OUTSIDE) {
                assertOutside(() -> message.getByte(offset));
                assertOutside(() -> message.getInt(offset));
                assertOutside(() -> message.getLong(offset));
                assertOutside(() -> message.setByte(offset, (byte) 0));
                assertOutside(() -> message.setInt(offset, 0));
                assertOutside(() -> message.setLong(offset, 0));
                assertOutside(() -> message.getInt(offset, ByteOrder.BIG_ENDIAN));
                assertOutside(() -> message.getLong(offset, ByteOrder.BIG_ENDIAN));
                assertOutside(() -> message.setInt(offset, 0, ByteOrder.BIG_ENDIAN));
                assertOutside(() -> message.setLong(offset, 0, ByteOrder.BIG_ENDIAN));
                assertOutside(() -> message.data().asSlice(offset, 1));
            }
            assertOutside(() -> message.getByte(8));
            assertOutside(() -> message.getInt(5));
            assertOutside(() -> message.setInt(5, 1));
            assertOutside(() -> message.getLong(1));
            for (long bytes : new long[] {9, Long.MAX_VALUE}) {
                assertOutside(() -> MemorySegment.copy(message.data(), 0, other, 0, bytes));
                assertOutside(() -> MemorySegment.copy(other, 0, message.data(), 0, bytes));
            }
        }
        try (Message empty = Message.allocate(0)) {
            assertOutside(() -> empty.getByte(0));
            assertOutside(() -> empty.setByte(0, (byte) 1));
        }
    }

    private static void assertOutside(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable access) {
        assertThatThrownBy(access).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldNameOffsetAndLengthWhenAnAccessIsOutside() {
        try (Message message = Message.allocate(8)) {
            assertThatThrownBy(() -> message.getInt(6))
                    .hasMessage("4 bytes at offset 6 of a message of 8 bytes");
        }
    }

    @Test
    void shouldRefuseSizesThatAreNegativeOrThatNobodyHas() {
        try (Message message = Message.of("x")) {
            assertThatThrownBy(() -> message.prepare(-1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("-1");
            assertThat(message.getString()).as("untouched").isEqualTo("x");
            assertThatThrownBy(() -> Message.allocate(Long.MIN_VALUE))
                    .isInstanceOf(IllegalArgumentException.class);
            for (long size : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 64, 1L << 60}) {
                assertThatThrownBy(() -> message.prepare(size))
                        .isInstanceOfSatisfying(
                                ZmqException.class,
                                e -> assertThat(e.errno()).isEqualTo(Errno.ENOMEM))
                        .hasMessageContaining("allocating " + size + " bytes");
                assertThatThrownBy(message::size).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> Message.allocate(size)).isInstanceOf(ZmqException.class);
            }
            assertThat(message.prepare(3).size()).isEqualTo(3);
        }
    }

    @Test
    void shouldGiveTheSameViewForTheSameContent() {
        try (Message message = Message.of("content")) {
            assertThat(message.data()).isSameAs(message.data());
            assertThat(message.data().isReadOnly()).isFalse();
        }
    }

    static Stream<Consumer<Message>> endsOfAView() {
        return Stream.of(
                Message::close,
                message -> message.prepare(10),
                Message::handOver,
                message -> message.share().close(),
                message -> {
                    try (Context context = Context.create();
                            PairSocket pair = context.pair();
                            PairSocket peer = context.pair()) {
                        pair.connect(peer.bind(Transport.INPROC.fresh()));
                        pair.send(message);
                    }
                },
                message -> {
                    try (Context context = Context.create();
                            PullSocket pull = context.pull()) {
                        assertThat(pull.tryReceive(message)).isFalse();
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("endsOfAView")
    void shouldKillItsViewWhenTheContentChanges(Consumer<Message> end) {
        for (int size : new int[] {5, 5000}) {
            try (Message message = Message.allocate(size)) {
                MemorySegment view = message.data();
                MemorySegment slice = view.asSlice(1, 2);
                view.set(ValueLayout.JAVA_BYTE, 1, (byte) 1);
                end.accept(message);

                for (MemorySegment dead : new MemorySegment[] {view, slice}) {
                    assertThat(dead.scope().isAlive()).isFalse();
                    assertThatThrownBy(() -> dead.get(ValueLayout.JAVA_BYTE, 0))
                            .isInstanceOf(IllegalStateException.class);
                    assertThatThrownBy(() -> dead.set(ValueLayout.JAVA_BYTE, 0, (byte) 1))
                            .isInstanceOf(IllegalStateException.class);
                }
            }
        }
    }

    @Test
    void shouldNotLetOtherThreadsUseAView() {
        try (Message message = Message.of("mine")) {
            MemorySegment view = message.data();

            assertThat(Background.start(() -> view.get(ValueLayout.JAVA_BYTE, 0)).failure())
                    .isInstanceOf(WrongThreadException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 33, 34, 100_000})
    void shouldShareItsContentReadOnly(int size) {
        byte[] content = new byte[size];
        java.util.Arrays.fill(content, (byte) 7);
        Message original = Message.of(content);
        Message copy = original.share();
        Message second = copy.share();
        for (Message each : List.of(original, copy, second)) {
            assertThat(each.data().isReadOnly()).isTrue();
            assertThat(each.getBytes()).isEqualTo(content);
            for (Consumer<Message> write : writes()) {
                assertThatThrownBy(() -> write.accept(each))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("shared");
            }
        }
        original.close();
        assertThat(copy.getBytes()).isEqualTo(content);
        second.prepare(1).setByte(0, (byte) 1);
        assertThat(copy.getBytes()).isEqualTo(content);
        second.close();
        copy.close();
    }

    private static List<Consumer<Message>> writes() {
        return List.of(
                message -> message.setByte(0, (byte) 1),
                message -> message.setInt(0, 1),
                message -> message.setLong(0, 1),
                message -> message.setInt(0, 1, ByteOrder.BIG_ENDIAN),
                message -> message.setLong(0, 1, ByteOrder.BIG_ENDIAN));
    }

    /** Returns all calls that need content. */
    private static List<Consumer<Message>> uses() {
        List<Consumer<Message>> uses = new ArrayList<>(writes());
        uses.addAll(
                List.of(
                        Message::data,
                        Message::size,
                        Message::more,
                        Message::getBytes,
                        Message::getString,
                        Message::share,
                        message -> message.getByte(0),
                        message -> message.getInt(0),
                        message -> message.getLong(0),
                        message -> message.getInt(0, ByteOrder.LITTLE_ENDIAN),
                        message -> message.getLong(0, ByteOrder.LITTLE_ENDIAN),
                        message -> message.contentEquals("text"),
                        message -> message.contentEquals(new byte[1]),
                        message -> message.metadata("Peer-Address")));
        return uses;
    }

    @Test
    void shouldRefuseEveryUseWithoutContentAndSayWhatToDo() {
        Message created = Message.create();
        Message sent = Message.of("sent");
        PairSocket pair = context.pair();
        PairSocket peer = context.pair();
        pair.connect(peer.bind(Transport.INPROC.fresh()));
        pair.send(sent);
        for (Message message : List.of(created, sent)) {
            for (Consumer<Message> use : uses()) {
                assertThatThrownBy(() -> use.accept(message))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("no content")
                        .hasMessageContaining("prepare(size)");
            }
            assertThatThrownBy(() -> pair.send(message))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("it was sent, or never filled");
            assertThat(message).hasToString("Message[no content]");
            assertThat(message.prepare(2).size()).isEqualTo(2);
            message.close();
        }
        assertThat(Deadline.text(peer)).isEqualTo("sent");
        assertThat(peer.tryReceive()).isEmpty();
    }

    @Test
    void shouldRefuseEveryUseAfterClose() {
        Message message = Message.of("closed soon");
        message.close();
        message.close();
        List<Consumer<Message>> uses = uses();
        uses.add(Message::handOver);
        uses.add(closed -> closed.prepare(1));
        uses.add(closed -> context.pull().tryReceive(closed));
        uses.add(closed -> context.push().trySend(closed));

        assertThat(message).hasToString("Message[closed]");
        for (Consumer<Message> use : uses) {
            assertThatThrownBy(() -> use.accept(message))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void shouldRefuseEveryUseOnAForeignThread() {
        try (Message message = Message.of("eight or more bytes")) {
            List<Consumer<Message>> uses = uses();
            uses.add(Message::close);
            uses.add(Message::handOver);
            uses.add(foreign -> foreign.prepare(1));
            uses.add(foreign -> context.pull().tryReceive(foreign));
            uses.add(foreign -> context.push().trySend(foreign));
            String mine = Thread.currentThread().toString();
            for (Consumer<Message> use : uses) {
                assertThat(Background.run(() -> use.accept(message)).failure())
                        .isInstanceOf(WrongThreadException.class)
                        .hasMessageContaining("belongs to " + mine)
                        .hasMessageContaining("background")
                        .hasMessageContaining("handOver()");
            }
            assertThat(message.getString()).isEqualTo("eight or more bytes");
        }
    }

    @Test
    void shouldSayThatItsThreadHasEndedWithoutHandOver() throws InterruptedException {
        Background<Message> ended = Background.start(() -> Message.of("lost"));
        Message message = ended.result();
        assertThat(ended.thread().join(Deadline.LIMIT)).isTrue();

        assertThatThrownBy(message::size)
                .isInstanceOf(WrongThreadException.class)
                .hasMessageContaining(
                        "that thread has ended without handOver(), and nobody can use")
                .hasMessageNotContaining("there");
        assertThatThrownBy(message::close).isInstanceOf(WrongThreadException.class);
    }

    @Test
    void shouldBelongToTheNextThreadAfterHandOver() {
        Message message = Message.of("handed over");
        message.handOver();

        String text =
                Background.start(
                                () -> {
                                    String read = message.getString();
                                    assertThat(message.data().byteSize()).isEqualTo(11);
                                    return read;
                                })
                        .result();
        assertThat(text).isEqualTo("handed over");
        assertThatThrownBy(message::getString).isInstanceOf(WrongThreadException.class);
    }

    @Test
    void shouldNotShowItsContentAsText() {
        try (Message message = Message.of("secret")) {
            assertThat(message).hasToString("Message[6 bytes]");
        }
    }

    @Test
    void shouldKnowTheConnectionItCameThrough() {
        PullSocket pull = context.pull();
        PushSocket push = context.push();
        push.connect(pull.bind(Transport.TCP.fresh()));
        push.send("x");
        try (Message message = Deadline.receive(pull)) {
            assertThat(message.metadata("Socket-Type")).contains("PUSH");
            assertThat(message.metadata("Peer-Address")).contains("127.0.0.1");
            assertThat(message.metadata("socket-type")).as("case matters").isEmpty();
            assertThat(message.metadata("")).isEmpty();
            assertThatThrownBy(() -> message.metadata("a\0b"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("NUL");
            assertThatThrownBy(() -> message.metadata(null))
                    .isInstanceOf(NullPointerException.class);
        }
        try (Message own = Message.of("own")) {
            assertThat(own.metadata("Socket-Type")).isEmpty();
        }
    }

    @Test
    void shouldUseItsMemoryAgainForManyMessages() {
        PairSocket pair = context.pair();
        PairSocket peer = context.pair();
        pair.connect(peer.bind(Transport.INPROC.fresh()));
        try (Message out = Message.create();
                Message in = Message.create()) {
            for (int i = 0; i < 1000; i++) {
                out.prepare(i).data().fill((byte) i);
                assertThat(pair.send(out)).isTrue();
                assertThat(peer.receive(in, Deadline.LIMIT)).isTrue();
                assertThat(in.size()).isEqualTo(i);
                if (i > 0) {
                    assertThat(in.getByte(i - 1)).isEqualTo((byte) i);
                }
            }
        }
    }
}
