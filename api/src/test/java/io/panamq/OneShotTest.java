// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.SocketClosedException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.SettledSlots;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that what was sent needs no close: the first send of a message gives its native memory
 * back, and one that is used again keeps it until it is closed.
 */
@ExtendWith(SettledSlots.class)
class OneShotTest extends WithContext {
    /** The ways to make a message, each with content. */
    private enum Made {
        OF_TEXT,
        OF_ARRAY,
        OF_SEGMENT,
        ALLOCATED,
        PREPARED,
        WRAPPED,
        OF_ARENA,
        MAPPED,
        RECEIVED,
        RECEIVED_INTO,
        OF_BATCH,
        SHARED,
        HANDED_OVER,
        REMOVED
    }

    @TempDir Path folder;

    /** Where received messages come from. */
    private PairSocket[] source;

    @BeforeEach
    void makeSource() throws IOException {
        Files.write(folder.resolve("file"), new byte[20_000]);
        source = connectedPair(Transport.INPROC);
        takeFromBatch().close(); // the socket has its own frames from now on
        source[0].handOver();
        source[1].handOver();
    }

    private Message make(Made made) throws IOException {
        return switch (made) {
            case OF_TEXT -> Message.of("text");
            case OF_ARRAY -> Message.of(new byte[100]);
            case OF_SEGMENT -> Message.of(MemorySegment.ofArray(new byte[100_000]));
            case ALLOCATED -> {
                Message message = Message.allocate(9);
                message.data().fill((byte) 'v'); // there is a view when it is sent
                yield message;
            }
            case PREPARED -> Message.create().prepare(1).prepare(0);
            case WRAPPED -> Message.wrap(Arena.ofAuto().allocate(100), () -> {});
            case OF_ARENA -> {
                MessageArena arena = MessageArena.create();
                yield arena.wrap(arena.allocate(100_000));
            }
            case MAPPED -> {
                try (FileChannel channel = FileChannel.open(folder.resolve("file"))) {
                    yield Message.map(channel, 5, 10_000);
                }
            }
            case RECEIVED -> {
                source[0].send("received");
                yield Deadline.receive(source[1]);
            }
            case RECEIVED_INTO -> {
                source[0].send("received");
                Message message = Message.create();
                assertThat(source[1].receive(message)).isTrue();
                yield message;
            }
            case OF_BATCH -> takeFromBatch();
            case SHARED -> {
                try (Message original = Message.of("shared by two messages")) {
                    yield original.share();
                }
            }
            case HANDED_OVER -> Background.start(OneShotTest::makeAndHandOver).result();
            case REMOVED -> {
                try (Multipart multipart = Multipart.of("first", "second")) {
                    yield multipart.removeFirst();
                }
            }
        };
    }

    private static Message makeAndHandOver() {
        Message message = Message.of("handed over");
        message.handOver();
        return message;
    }

    /** Receives a batch of one frame, and takes the frame out of it. */
    private Message takeFromBatch() {
        source[0].send("of a batch");
        Message[] taken = new Message[1];
        int count =
                source[1]
                        .bulkReceiver()
                        .receiveBatch(
                                frame -> {
                                    frame.handOver();
                                    taken[0] = frame;
                                },
                                1);
        assertThat(count).isOne();
        return taken[0];
    }

    /** Returns the ways to send a message of one frame. */
    private static Map<String, BiPredicate<Sender, Message>> ways() {
        return Map.of(
                "send", Sender::send,
                "trySend", Sender::trySend,
                "send in time", (sender, message) -> sender.send(message, Deadline.LIMIT),
                "sendBatch",
                        (sender, message) -> sender.bulkSender().sendBatch(List.of(message)) == 1,
                "trySendBatch",
                        (sender, message) ->
                                sender.bulkSender().trySendBatch(List.of(message)) == 1,
                "in a multipart",
                        (sender, message) -> sender.send(Multipart.of(Message.of("1"), message)));
    }

    static Stream<Arguments> madeAndTransports() {
        return Transport.with(Made.values());
    }

    // ---- a message of one frame

    @ParameterizedTest
    @MethodSource("madeAndTransports")
    void shouldNeedNoCloseOnceItIsSent(Made made, Transport transport) throws IOException {
        PairSocket[] plain = connectedPair(transport);
        PairSocket[] shared = connectedPair(transport);
        Map<Sender, PairSocket> peers =
                Map.of(plain[0], plain[1], shared[0].concurrentSender(), shared[1]);
        for (var way : ways().entrySet()) {
            for (var peer : peers.entrySet()) {
                String what = way.getKey() + " on " + peer.getKey();
                int before = Internals.slotsInUse();
                Message message = make(made);
                byte[] content = message.getBytes();
                assertThat(Internals.slotsInUse()).as(what).isEqualTo(before + 1);

                assertThat(way.getValue().test(peer.getKey(), message)).as(what).isTrue();

                assertThat(Internals.slotsInUse()).as(what).isEqualTo(before);
                try (Multipart received = Deadline.multipart(peer.getValue())) {
                    assertThat(received.getBytes(received.size() - 1)).as(what).isEqualTo(content);
                }
                message.close();
                message.close();
                assertThat(message).hasToString("Message[closed]");
                assertThat(Internals.slotsInUse()).as(what).isEqualTo(before);
            }
        }
    }

    @Test
    void shouldNeedNoCloseInABatchOfMoreThanOneCall() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        int before = Internals.slotsInUse();
        List<Message> messages =
                IntStream.range(0, 200).mapToObj(i -> Message.of("message " + i)).toList();

        assertThat(pair[0].bulkSender().sendBatch(messages)).isEqualTo(200);

        assertThat(Internals.slotsInUse()).isEqualTo(before);
        for (int i = 0; i < 200; i++) {
            assertThat(pair[1].receiveString()).isEqualTo("message " + i);
        }
    }

    @Test
    void shouldKeepItsMemoryOnceItIsUsedAgain() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        int before = Internals.slotsInUse();
        Message message = Message.of("first");
        pair[0].send(message);
        assertThat(Internals.slotsInUse()).as("given back").isEqualTo(before);
        for (int i = 0; i < 3; i++) {
            message.prepare(1).setByte(0, (byte) ('a' + i));
            assertThat(Internals.slotsInUse()).as("filled").isEqualTo(before + 1);
            pair[0].send(message);
            assertThat(Internals.slotsInUse()).as("kept").isEqualTo(before + 1);
        }
        message.close();
        message.close();

        assertThat(Internals.slotsInUse()).isEqualTo(before);
        for (String text : List.of("first", "a", "b", "c")) {
            assertThat(pair[1].receiveString()).isEqualTo(text);
        }
    }

    @Test
    void shouldKeepItsMemoryOnceItIsReceivedIntoAgain() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        int before = Internals.slotsInUse();
        Message message = Message.of("round 0");
        for (int i = 0; i < 5; i++) {
            assertThat(message.getString()).isEqualTo("round " + i);
            pair[0].send(message);
            pair[1].receiveString();
            pair[1].send("round " + (i + 1));
            assertThat(pair[0].receive(message)).isTrue();
            assertThat(Internals.slotsInUse()).isEqualTo(before + 1);
        }
        assertThat(pair[0].tryReceive(message)).isFalse();
        assertThat(Internals.slotsInUse()).as("without content").isEqualTo(before + 1);
        message.close();
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }

    @Test
    void shouldBeUsedAgainByAnotherThread() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        int before = Internals.slotsInUse();
        Message message = Message.of("sent");
        pair[0].send(message);
        message.handOver();

        Background.run(
                        () -> {
                            assertThat(message.prepare(3).size()).isEqualTo(3);
                            message.close();
                        })
                .result();

        assertThat(Internals.slotsInUse()).isEqualTo(before);
        assertThatThrownBy(message::size).isInstanceOf(WrongThreadException.class);
    }

    @ParameterizedTest
    @EnumSource(Made.class)
    void shouldKeepAllIfItIsNotSent(Made made) throws IOException {
        PushSocket full = context.push();
        RouterSocket router = context.router();
        router.set(SocketOption.ROUTER_MANDATORY, true);
        PushSocket closed = context.push();
        closed.close();
        int before = Internals.slotsInUse();
        Message message = make(made);
        byte[] content = message.getBytes();
        MemorySegment view = message.data();

        assertThat(full.trySend(message)).isFalse();
        assertThat(full.bulkSender().trySendBatch(List.of(message))).isZero();
        assertThatThrownBy(() -> closed.send(message)).isInstanceOf(SocketClosedException.class);
        assertThatThrownBy(() -> router.send(message)).isInstanceOf(IllegalArgumentException.class);

        assertThat(Internals.slotsInUse()).isEqualTo(before + 1);
        assertThat(message.data()).isSameAs(view);
        assertThat(message.getBytes()).isEqualTo(content);
        message.close();
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }
}
