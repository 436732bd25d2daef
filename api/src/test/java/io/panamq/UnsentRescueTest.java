// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.SocketClosedException;
import io.panamq.loop.AsyncSocket;
import io.panamq.loop.EventLoop;
import io.panamq.support.Deadline;
import io.panamq.support.SettledSlots;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that a message which was made for one send, could not be sent, and is lost, is given back
 * by the garbage collector; and that one which the program still has is never given back. See also
 * {@link DroppedMessageTest}.
 */
@ExtendWith(SettledSlots.class)
class UnsentRescueTest extends WithContext {
    private PushSocket full;
    private int before;

    @BeforeEach
    void count() {
        full = context.push();
        before = Internals.slotsInUse();
    }

    private static void collect() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
    }

    private void awaitRescue() {
        Deadline.until(
                "the garbage collector gives the memory back",
                () -> {
                    System.gc();
                    return Internals.slotsInUse() <= before;
                });
        assertThat(Internals.slotsInUse()).as("each once").isEqualTo(before);
    }

    // ---- what is lost

    private static final List<String> LOSSES =
            List.of(
                    "trySend",
                    "send",
                    "throwing",
                    "multipart",
                    "messages",
                    "shared",
                    "tried twice");

    /** Loses messages that could not be sent. Has frames of its own, which end with it. */
    private void lose(String how) {
        switch (how) {
            case "throwing" -> {
                PushSocket closed = context.push();
                closed.close();
                assertThatThrownBy(() -> closed.send(Message.of("lost")))
                        .isInstanceOf(SocketClosedException.class);
            }
            case "messages" ->
                    assertThat(full.trySend(Multipart.of(Message.of("1"), Message.of("2"))))
                            .isFalse();
            case "shared" -> {
                try (Message original = Message.of("shared with a lost one")) {
                    assertThat(full.trySend(original.share())).isFalse();
                }
            }
            default -> {
                Message tried = Message.of("tried in vain, again and again");
                assertThat(full.trySend(tried)).isFalse();
                assertThat(full.trySend(tried)).isFalse();
                tried.close();
            }
        }
    }

    static Stream<String> losses() {
        return LOSSES.stream();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void shouldBeGivenBackWhenItIsLost(String how) {
        for (int i = 0; i < 50; i++) {
            lose(how);
        }
        awaitRescue();
    }

    @Test
    void shouldBeGivenBackWhenAnEventLoopCouldNotSendIt() throws Exception {
        try (EventLoop loop = EventLoop.create(context)) {
            AsyncSocket async = AsyncSocket.on(loop, full);
            for (int i = 0; i < 20; i++) {
                var one = async.send(Message.of("lost"), Duration.ZERO);
                var two = async.send(Multipart.of("lost", "too"), Duration.ZERO);
                assertThat(one.get(Deadline.LIMIT.toSeconds(), TimeUnit.SECONDS)).isFalse();
                assertThat(two.get(Deadline.LIMIT.toSeconds(), TimeUnit.SECONDS)).isFalse();
            }
        }
        awaitRescue();
    }

    /** Memory that it wraps is released, as by a close. */
    @Test
    void shouldReleaseTheMemoryThatItWraps() {
        MessageTracker tracker = loseWrapped();
        awaitRescue();

        assertThat(tracker.awaitReleased(Deadline.LIMIT)).isTrue();
    }

    private MessageTracker loseWrapped() {
        MessageArena arena = MessageArena.create();
        Message message = arena.wrap(arena.allocate(100_000));
        MessageTracker tracker = MessageTracker.of(message);
        assertThat(full.trySend(message)).isFalse();
        return tracker;
    }

    // ---- what the program still has

    private static Map<String, Function<Message, Object>> uses() {
        return Map.of(
                "getString", Message::getString,
                "getLong", message -> message.getLong(0),
                "size", Message::size,
                "view", message -> message.data().get(ValueLayout.JAVA_BYTE, 1),
                "more", Message::more,
                "contentEquals", message -> message.contentEquals("a text of the program"),
                "toString", Message::toString);
    }

    @Test
    void shouldStayWithAProgramThatHasIt() {
        for (var use : uses().entrySet()) {
            Message message = Message.of("a text of the program");
            Object expected = use.getValue().apply(message);
            try (Message fresh = Message.of("a text of the program")) {
                assertThat(full.trySend(fresh)).isFalse();
                collect();
                assertThat(use.getValue().apply(fresh)).as(use.getKey()).isEqualTo(expected);
                collect();
                assertThat(fresh.getString()).isEqualTo("a text of the program");
                assertThat(full.trySend(fresh)).isFalse();
                collect();
                assertThat(use.getValue().apply(fresh)).as(use.getKey()).isEqualTo(expected);
            }
            message.close();
        }
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }

    @Test
    void shouldBeSentClosedFilledOrHandedOverAfterwards() {
        PullSocket pull = context.pull();
        List<Consumer<Message>> ends =
                List.of(
                        Message::close,
                        message -> {
                            message.prepare(3);
                            message.close();
                        },
                        message -> {
                            assertThat(pull.tryReceive(message)).isFalse();
                            message.close();
                        },
                        message -> {
                            message.handOver();
                            message.close();
                        },
                        message -> Multipart.of(message).close(),
                        message -> {
                            message.share().close();
                            message.close();
                        });
        List<Message> all = new ArrayList<>();
        for (Consumer<Message> end : ends) {
            Message message = Message.of("used after a send that failed");
            assertThat(full.trySend(message)).isFalse();
            end.accept(message);
            all.add(message);
            assertThat(Internals.slotsInUse()).isEqualTo(before);
        }
        Message sent = Message.of("sent in the end");
        assertThat(full.trySend(sent)).isFalse();
        full.connect(pull.bind(Transport.INPROC.fresh()));
        assertThat(full.trySend(sent)).isTrue();
        all.add(sent);
        collect();

        assertThat(Internals.slotsInUse()).as("no slot is given back twice").isEqualTo(before);
        assertThat(Deadline.text(pull)).isEqualTo("sent in the end");
        all.forEach(Message::close);
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }

    /** A view is readable for as long as its message is neither sent nor closed. */
    @Test
    void shouldNotTakeTheMemoryFromUnderAView() {
        List<MemorySegment> views = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            views.add(viewOfALostMessage(i));
        }
        collect();
        for (int i = 0; i < 100; i++) {
            assertThat(full.trySend(Message.of("others use the memory that is free"))).isFalse();
        }
        collect();

        for (int i = 0; i < 100; i++) {
            assertThat(views.get(i).getString(0)).isEqualTo("text " + i);
        }
    }

    private MemorySegment viewOfALostMessage(int number) {
        Message message = Message.of("text " + number + "\0");
        MemorySegment view = message.data();
        assertThat(full.trySend(message)).isFalse();
        return view;
    }

    @Test
    void shouldStayInAMultipartThatTheProgramHas() {
        try (Multipart multipart = Multipart.of("stays", "here")) {
            assertThat(full.trySend(multipart)).isFalse();
            collect();
            assertThat(multipart.getString(1)).isEqualTo("here");
            assertThat(full.trySend(multipart)).isFalse();
            Message first = multipart.removeFirst();
            collect();
            assertThat(first.getString()).isEqualTo("stays");
            first.close();
        }
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }
}
