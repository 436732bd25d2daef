// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.SocketClosedException;
import io.panamq.error.UnreachablePeerException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.SettledSlots;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that a multipart message that was sent needs no close, see {@link OneShotTest}. */
@ExtendWith(SettledSlots.class)
class OneShotMultipartTest extends WithContext {
    /** The ways to make a multipart message, each of two frames. */
    private enum Made {
        OF_TEXTS,
        OF_ARRAYS,
        OF_LIST,
        OF_MESSAGES,
        ADDED,
        ALLOCATED,
        MOVED,
        REMOVED,
        SHARED,
        RECEIVED,
        RECEIVED_INTO,
        HANDED_OVER
    }

    /** Where received messages come from. */
    private PairSocket[] source;

    @BeforeEach
    void makeSource() {
        source = connectedPair(Transport.INPROC);
        source[0].handOver();
        source[1].handOver();
    }

    private Multipart make(Made made) {
        return switch (made) {
            case OF_TEXTS -> Multipart.of("a", "b");
            case OF_ARRAYS -> Multipart.of(new byte[1], new byte[100]);
            case OF_LIST -> Multipart.of(List.of(new byte[1], new byte[100_000]));
            case OF_MESSAGES -> Multipart.of(Message.of("a"), Message.of("b"));
            case ADDED -> Multipart.create().add("b").addFirst(Message.of("a"));
            case ALLOCATED -> {
                Multipart multipart = Multipart.create();
                multipart.allocate(8).setLong(0, 1);
                multipart.allocate(0);
                yield multipart;
            }
            case MOVED -> {
                try (Multipart other = Multipart.of("a", "b")) {
                    yield Multipart.create().addAll(other);
                }
            }
            case REMOVED -> Multipart.of("a", "b", "c", "d").truncate(2);
            case SHARED -> {
                try (Multipart original = Multipart.of("a", "b")) {
                    yield original.share();
                }
            }
            case RECEIVED -> {
                Deadline.send(source[0], "a", "b");
                yield Deadline.multipart(source[1]);
            }
            case RECEIVED_INTO -> {
                Deadline.send(source[0], "a", "b");
                Multipart multipart = Multipart.create();
                assertThat(source[1].bulkReceiver().receive(multipart)).isTrue();
                yield multipart;
            }
            case HANDED_OVER -> Background.start(OneShotMultipartTest::makeAndHandOver).result();
        };
    }

    private static Multipart makeAndHandOver() {
        Multipart multipart = Multipart.of("a", "b");
        multipart.handOver();
        return multipart;
    }

    private static Map<String, BiPredicate<Sender, Multipart>> ways() {
        return Map.of(
                "send", Sender::send,
                "trySend", Sender::trySend,
                "send in time", (sender, multipart) -> sender.send(multipart, Deadline.LIMIT));
    }

    static Stream<Arguments> madeAndTransports() {
        return Transport.with(Made.values());
    }

    @ParameterizedTest
    @MethodSource("madeAndTransports")
    void shouldNeedNoCloseOnceItIsSent(Made made, Transport transport) {
        PairSocket[] plain = connectedPair(transport);
        PairSocket[] shared = connectedPair(transport);
        Map<Sender, PairSocket> peers =
                Map.of(plain[0], plain[1], shared[0].concurrentSender(), shared[1]);
        for (var way : ways().entrySet()) {
            for (var peer : peers.entrySet()) {
                String what = way.getKey() + " on " + peer.getKey();
                int before = Internals.slotsInUse();
                Multipart multipart = make(made);
                List<byte[]> content = multipart.toByteArrays();
                Message frame = multipart.get(1);
                assertThat(Internals.slotsInUse()).as(what).isGreaterThanOrEqualTo(before + 2);

                assertThat(way.getValue().test(peer.getKey(), multipart)).as(what).isTrue();

                assertThat(Internals.slotsInUse()).as(what).isEqualTo(before);
                assertThat(multipart.isEmpty()).isTrue();
                assertThat(frame).hasToString("Message[closed]");
                List<byte[]> received =
                        peer.getValue().bulkReceiver().receiveFrames(Deadline.LIMIT).orElseThrow();
                assertThat(received).as(what).usingRecursiveComparison().isEqualTo(content);
                frame.close();
                multipart.close();
                multipart.close();
                assertThat(Internals.slotsInUse()).as(what).isEqualTo(before);
            }
        }
    }

    /** Messages that were taken over are closed by the send, as by a close. */
    @Test
    void shouldCloseTheMessagesThatItTookOver() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        int before = Internals.slotsInUse();
        Message used = Message.of("used twice");
        pair[0].send(used);
        used.prepare(1);
        Message made = Message.create().prepare(2);
        try (Multipart multipart = Multipart.of(used, made)) {
            pair[0].send(multipart);

            assertThat(used).hasToString("Message[closed]");
            assertThat(made).hasToString("Message[closed]");
            assertThat(Internals.slotsInUse()).isEqualTo(before);
            multipart.add("again");
            assertThat(Internals.slotsInUse()).isEqualTo(before + 1);
        }
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }

    @Test
    void shouldKeepItsFramesOnceItIsUsedAgain() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        int before = Internals.slotsInUse();
        Multipart multipart = Multipart.of("first", "message");
        pair[0].send(multipart);
        assertThat(Internals.slotsInUse()).as("given back").isEqualTo(before);
        for (int i = 0; i < 3; i++) {
            multipart.add("a").add("b").add("c");
            assertThat(Internals.slotsInUse()).as("filled").isEqualTo(before + 3);
            pair[0].send(multipart);
            assertThat(Internals.slotsInUse()).as("kept").isEqualTo(before + 3);
        }
        multipart.close();
        multipart.close();

        assertThat(Internals.slotsInUse()).isEqualTo(before);
        assertThat(Deadline.multipart(pair[1]).contentEquals(Multipart.of("first", "message")))
                .isTrue();
    }

    /** A close after a send does no harm, also not to the next message in the same object. */
    @Test
    void shouldBeFilledAgainAfterAFrameThatItKeepsWasClosed() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        int before = Internals.slotsInUse();
        try (Multipart multipart = Multipart.create()) {
            for (int i = 0; i < 4; i++) {
                try (Message frame = multipart.allocate(8)) {
                    frame.setLong(0, i);
                    pair[0].send(multipart);
                }
                try (Message received = pair[1].receive()) {
                    assertThat(received.getLong(0)).isEqualTo(i);
                }
            }
            multipart.handOver();
        }
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }

    /** Not even a close takes it back. */
    @Test
    void shouldNotTakeBackAFrameThatIsInAnotherMultipart() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        Multipart keeps = Multipart.of("first");
        pair[0].send(keeps);
        Message frame = keeps.allocate(3);
        pair[0].send(keeps);
        Message again = keeps.allocate(1);
        assertThat(again).as("it keeps the frame").isSameAs(frame);
        keeps.clear();
        Multipart other = Multipart.of(frame.prepare(1));
        frame.setByte(0, (byte) 'o');
        pair[0].send(keeps.add("m"));
        keeps.close();
        pair[0].send(other);

        assertThat(Deadline.text(pair[1])).isEqualTo("first");
        pair[1].receive().close();
        assertThat(Deadline.text(pair[1])).isEqualTo("m");
        assertThat(Deadline.text(pair[1])).isEqualTo("o");
    }

    /** An object that was emptied is used again, whatever emptied it. */
    @Test
    void shouldKeepItsFramesOnceItIsFilledAfterClearOrAReceive() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        int before = Internals.slotsInUse();
        Multipart cleared = Multipart.of("a", "b");
        cleared.clear();
        assertThat(Internals.slotsInUse()).as("cleared").isEqualTo(before);
        pair[0].send(cleared.add("c"));
        assertThat(Internals.slotsInUse()).as("kept").isEqualTo(before + 1);
        Multipart replaced = Multipart.of("old");
        assertThat(pair[1].bulkReceiver().receive(replaced)).isTrue();
        assertThat(replaced.getString(0)).isEqualTo("c");
        Deadline.send(pair[0], "of", "three", "frames");
        assertThat(pair[1].bulkReceiver().receive(replaced)).isTrue();
        pair[1].send(replaced);
        assertThat(Internals.slotsInUse()).as("kept too").isEqualTo(before + 4);
        cleared.close();
        replaced.close();

        assertThat(Internals.slotsInUse()).isEqualTo(before);
        assertThat(Deadline.multipart(pair[0]).contentEquals(Multipart.of("of", "three", "frames")))
                .isTrue();
    }

    @Test
    void shouldKeepItsFramesOnceItIsReceivedIntoAgain() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        int before = Internals.slotsInUse();
        Multipart multipart = Multipart.of("a", "b");
        for (int i = 0; i < 3; i++) {
            pair[0].send(multipart);
            pair[1].send(Deadline.multipart(pair[1]));
            assertThat(pair[0].bulkReceiver().receive(multipart)).isTrue();
            assertThat(multipart.getString(1)).isEqualTo("b");
            assertThat(Internals.slotsInUse()).isEqualTo(before + 2);
        }
        multipart.close();
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Made.class)
    void shouldKeepAllIfItIsNotSent(Made made) {
        PushSocket full = context.push();
        RouterSocket router = context.router();
        router.set(SocketOption.ROUTER_MANDATORY, true);
        PushSocket closed = context.push();
        closed.close();
        int before = Internals.slotsInUse();
        Multipart multipart = make(made);
        List<byte[]> content = multipart.toByteArrays();
        Message frame = multipart.get(1);
        int filled = Internals.slotsInUse();

        assertThat(full.trySend(multipart)).isFalse();
        assertThatThrownBy(() -> closed.send(multipart)).isInstanceOf(SocketClosedException.class);
        assertThatThrownBy(() -> router.send(multipart))
                .isInstanceOf(UnreachablePeerException.class);

        assertThat(Internals.slotsInUse()).isEqualTo(filled);
        assertThat(multipart.get(1)).isSameAs(frame);
        assertThat(multipart.toByteArrays()).usingRecursiveComparison().isEqualTo(content);
        multipart.close();
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }

    /** What could be made is given back when the rest cannot be. */
    @Test
    void shouldLoseNothingIfAPartOfItCannotBeMade() {
        int before = Internals.slotsInUse();
        byte[][] arrays = {new byte[1], null};

        assertThatThrownBy(() -> Multipart.of("a", null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Multipart.of(arrays)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Multipart.of(Arrays.asList(arrays)))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> source[0].bulkSender().send(Arrays.asList(arrays)))
                .isInstanceOf(NullPointerException.class);

        assertThat(Internals.slotsInUse()).isEqualTo(before);
        assertThat(source[1].tryReceive()).as("nothing was sent").isEmpty();
    }
}
