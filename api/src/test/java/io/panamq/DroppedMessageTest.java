// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.panamq.error.ContextTerminatedException;
import io.panamq.loop.AsyncSocket;
import io.panamq.loop.EventLoop;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests what becomes of messages that the program drops without a close. */
class DroppedMessageTest extends WithContext {

    /** Waits until no more messages are in use than before; collects garbage meanwhile. */
    private static void awaitSlots(int before) {
        await().atMost(Deadline.LIMIT)
                .untilAsserted(
                        () -> {
                            System.gc();
                            assertThat(Internals.slotsInUse()).isLessThanOrEqualTo(before);
                        });
    }

    static Stream<Named<Consumer<PushSocket>>> failingSends() {
        return Stream.of(
                Named.of("message", push -> refused(push.trySend(Message.of("text")))),
                Named.of("prepared", push -> refused(push.trySend(Message.create().prepare(8)))),
                Named.of(
                        "time",
                        push ->
                                refused(
                                        push.send(
                                                Message.of("text"), Deadline.GRACE.dividedBy(9)))),
                Named.of("multipart", push -> refused(push.trySend(Multipart.of("a", "b")))),
                Named.of(
                        "taken over",
                        push -> refused(push.trySend(Multipart.of(Message.of("a")).add("b")))),
                Named.of(
                        "wrapped",
                        push ->
                                refused(
                                        push.trySend(
                                                Message.wrap(
                                                        MemorySegment.ofBuffer(
                                                                java.nio.ByteBuffer.allocateDirect(
                                                                        100)),
                                                        () -> {})))));
    }

    private static void refused(boolean sent) {
        assertThat(sent).isFalse();
    }

    @ParameterizedTest
    @MethodSource("failingSends")
    void shouldBeGivenBackIfTheyCouldNotBeSent(Consumer<PushSocket> send) {
        PushSocket push = context.push();
        int before = Internals.slotsInUse();
        for (int i = 0; i < 100; i++) {
            send.accept(push);
        }
        awaitSlots(before);
    }

    @Test
    void shouldBeGivenBackIfTheContextHasEnded() {
        int before = Internals.slotsInUse();
        try (Context ended = Context.create();
                PushSocket push = ended.push()) {
            ended.shutdown();
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(() -> push.send(Multipart.of("a", "b")))
                        .isInstanceOf(ContextTerminatedException.class);
                assertThatThrownBy(() -> push.send(Message.of("a")))
                        .isInstanceOf(ContextTerminatedException.class);
            }
        }
        awaitSlots(before);
    }

    @Test
    void shouldBeGivenBackByAConcurrentSender() {
        ConcurrentSender sender = context.push().concurrentSender();
        int before = Internals.slotsInUse();
        for (int i = 0; i < 100; i++) {
            refused(sender.trySend(Message.of("text")));
            refused(sender.trySend(Multipart.of("a", "b")));
        }
        awaitSlots(before);
    }

    @Test
    void shouldBeGivenBackByAnEventLoopThatEnds() {
        int before = Internals.slotsInUse();
        try (EventLoop loop = EventLoop.create(context)) {
            AsyncSocket push = AsyncSocket.on(loop, context.push());
            for (int i = 0; i < 100; i++) {
                CompletableFuture<Boolean> single = push.send(Message.of("text"));
                CompletableFuture<Boolean> several = push.send(Multipart.of("a", "b"));
                assertThat(single).isNotSameAs(several);
            }
            loop.stopNow();
        }
        awaitSlots(before);
    }

    @Test
    void shouldStayAsTheyAreWhileTheProgramHasThem() {
        PushSocket push = context.push();
        Message message = Message.of("text");
        Multipart multipart = Multipart.of("a", "b");
        refused(push.trySend(message));
        refused(push.trySend(multipart));
        refused(push.trySend(message));
        System.gc();
        PullSocket pull = context.pull();
        push.connect(pull.bind(Transport.INPROC.fresh()));
        assertThat(message.getString()).isEqualTo("text");
        assertThat(push.send(message)).isTrue();
        assertThat(push.send(multipart)).isTrue();
        assertThat(pull.receiveString()).isEqualTo("text");
        assertThat(pull.receiveString()).isEqualTo("a");
        assertThat(pull.receiveString()).isEqualTo("b");
    }

    @Test
    void shouldKeepTheMemoryOfAView() {
        MemorySegment view = viewOfADroppedMessage();
        System.gc();
        for (int i = 0; i < 1000; i++) {
            try (Message other = Message.of("overwritten")) {
                assertThat(other.size()).isEqualTo(11);
            }
        }
        assertThat(view.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 't');
    }

    /** Leaks a message on purpose: its view is all that is left. */
    private MemorySegment viewOfADroppedMessage() {
        Message message = Message.of("text");
        refused(context.push().trySend(message));
        return message.data();
    }

    @Test
    void shouldBeGivenBackIfAMultipartIsEmptied() {
        int before = Internals.slotsInUse();
        for (int i = 0; i < 100; i++) {
            Multipart popped = Multipart.of("a", "b");
            assertThat(popped.removeFirstString()).isEqualTo("a");
            assertThat(popped.removeFirstBytes()).containsExactly('b');
            Multipart cleared = Multipart.of("a", "b");
            cleared.clear();
            Multipart truncated = Multipart.of("a", "b").truncate(0);
            assertThat(truncated.isEmpty()).isTrue();
            Multipart moved = Multipart.of("a", "b");
            try (Multipart all = Multipart.of("c").addAll(moved)) {
                assertThat(all.size()).isEqualTo(3);
            }
        }
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }
}
