// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Tests the convention that all operations that send and receive share. */
class SenderReceiverTest extends WithContext {
    private static final Duration HUGE = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    /** Returns all ways to send with a timeout. */
    private static List<Predicate<Sender>> sends(Duration timeout) {
        return List.of(
                sender -> sender.send("text", timeout),
                sender -> sender.send("text".getBytes(UTF_8), timeout),
                sender -> sender.send(segment(), timeout),
                sender -> with(Message.of("text"), message -> sender.send(message, timeout)),
                sender -> {
                    try (Multipart multipart = Multipart.of("text")) {
                        return sender.send(multipart, timeout);
                    }
                });
    }

    private static List<Predicate<Sender>> trySends() {
        return List.of(
                sender -> sender.trySend("text"),
                sender -> sender.trySend("text".getBytes(UTF_8)),
                sender -> sender.trySend(segment()),
                sender -> with(Message.of("text"), sender::trySend),
                sender -> {
                    try (Multipart multipart = Multipart.of("text")) {
                        return sender.trySend(multipart);
                    }
                });
    }

    private static List<Predicate<Sender>> plainSends() {
        return List.of(
                sender -> sender.send("text"),
                sender -> sender.send("text".getBytes(UTF_8)),
                sender -> sender.send(segment()),
                sender -> with(Message.of("text"), sender::send),
                sender -> {
                    try (Multipart multipart = Multipart.of("text")) {
                        return sender.send(multipart);
                    }
                });
    }

    /** Returns all ways to receive with a timeout; true if a message came. */
    private static List<Predicate<Receiver>> receives(Duration timeout) {
        return List.of(
                receiver -> receiver.receive(timeout).map(SenderReceiverTest::text).isPresent(),
                receiver -> with(Message.create(), message -> receiver.receive(message, timeout)),
                receiver -> receiver.receiveMultipart(timeout).isPresent(),
                receiver -> {
                    try (Multipart multipart = Multipart.create()) {
                        return receiver.bulkReceiver().receive(multipart, timeout);
                    }
                });
    }

    private static List<Predicate<Receiver>> tryReceives() {
        return List.of(
                receiver -> receiver.tryReceive().map(SenderReceiverTest::text).isPresent(),
                receiver -> with(Message.create(), receiver::tryReceive),
                receiver -> receiver.tryReceiveMultipart().isPresent(),
                receiver -> {
                    try (Multipart multipart = Multipart.create()) {
                        return receiver.bulkReceiver().tryReceive(multipart);
                    }
                });
    }

    private static List<Predicate<Receiver>> plainReceives() {
        return List.of(
                receiver -> receiver.receive() != null,
                receiver -> with(Message.create(), receiver::receive),
                receiver -> receiver.receiveBytes() != null,
                receiver -> receiver.receiveString() != null,
                receiver -> receiver.receiveMultipart() != null,
                receiver -> {
                    try (Multipart multipart = Multipart.create()) {
                        return receiver.bulkReceiver().receive(multipart);
                    }
                });
    }

    @Test
    void shouldNotBlockAndSayFalseWithoutRoom() {
        PushSocket push = context.push();

        assertThat(trySends()).allSatisfy(send -> assertThat(send.test(push)).isFalse());
        assertThat(sends(Duration.ZERO)).allSatisfy(send -> assertThat(send.test(push)).isFalse());
        assertThat(sends(Duration.ofNanos(1)))
                .allSatisfy(send -> assertThat(send.test(push)).isFalse());
        assertThat(sends(Deadline.GRACE)).allSatisfy(send -> assertThat(send.test(push)).isFalse());
    }

    @Test
    void shouldNotBlockAndBeEmptyWithoutAMessage() {
        PullSocket pull = context.pull();

        assertThat(tryReceives()).allSatisfy(each -> assertThat(each.test(pull)).isFalse());
        for (Duration time : List.of(Duration.ZERO, Duration.ofNanos(1), Deadline.GRACE)) {
            assertThat(receives(time)).allSatisfy(each -> assertThat(each.test(pull)).isFalse());
        }
    }

    @Test
    void shouldCarryAMessageInEveryWay() {
        PushSocket push = context.push();
        PullSocket pull = context.pull();
        push.connect(pull.bind(Transport.INPROC.fresh()));

        for (var sends : List.of(trySends(), plainSends(), sends(Deadline.LIMIT), sends(HUGE))) {
            for (Predicate<Sender> send : sends) {
                assertThat(send.test(push)).isTrue();
                assertThat(pull.receiveString()).isEqualTo("text");
            }
        }
        for (var receives :
                List.of(plainReceives(), tryReceives(), receives(Deadline.LIMIT), receives(HUGE))) {
            for (Predicate<Receiver> receive : receives) {
                push.send("text");
                assertThat(receive.test(pull)).isTrue();
            }
        }
    }

    @Test
    void shouldHonourTheTimeOutOptions() {
        PushSocket push = context.push();
        PullSocket pull = context.pull();
        for (Duration time : List.of(Duration.ZERO, Deadline.GRACE)) {
            push.set(SocketOption.SNDTIMEO, time);
            pull.set(SocketOption.RCVTIMEO, time);

            assertThat(plainSends()).allSatisfy(each -> assertThat(each.test(push)).isFalse());
            assertThat(plainReceives()).allSatisfy(each -> assertThat(each.test(pull)).isFalse());
        }
        assertThat(pull.receive()).isNull();
        assertThat(pull.receiveBytes()).isNull();
        assertThat(pull.receiveString()).isNull();
        assertThat(pull.receiveMultipart()).isNull();
    }

    @Test
    void shouldWaitAsLongAsTold() {
        PullSocket pull = context.pull();
        long start = System.nanoTime();
        assertThat(pull.receive(Duration.ofMillis(150))).isEmpty();

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(150_000_000L);
    }

    @Test
    void shouldRefuseNegativeAndMissingTimes() {
        PairSocket pair = context.pair();
        for (Duration negative :
                List.of(Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
            assertThat(sends(negative))
                    .allSatisfy(
                            send ->
                                    assertThatThrownBy(() -> send.test(pair))
                                            .isInstanceOf(IllegalArgumentException.class)
                                            .hasMessageContaining("timeout is negative"));
            assertThat(receives(negative))
                    .allSatisfy(
                            receive ->
                                    assertThatThrownBy(() -> receive.test(pair))
                                            .isInstanceOf(IllegalArgumentException.class));
        }
        assertThat(sends(null))
                .allSatisfy(
                        send ->
                                assertThatThrownBy(() -> send.test(pair))
                                        .isInstanceOf(NullPointerException.class)
                                        .hasMessageContaining("timeout"));
    }

    @Test
    void shouldLeaveTheMessageAndItsViewAloneIfItCannotBeSent() {
        PushSocket push = context.push();
        for (int size : new int[] {3, 33, 34, 5000}) {
            try (Message message = Message.allocate(size)) {
                MemorySegment view = message.data();
                view.fill((byte) 5);
                assertThat(push.trySend(message)).isFalse();
                assertThat(push.send(message, Deadline.GRACE)).isFalse();

                assertThat(message.data()).isSameAs(view);
                assertThat(message.getBytes()).hasSize(size).containsOnly(5);
            }
        }
    }

    @Test
    void shouldDropWhatAMessageHeldWhenItReceives() {
        PullSocket pull = context.pull();
        try (Message message = Message.of("old")) {
            assertThat(pull.tryReceive(message)).isFalse();

            assertThatThrownBy(message::size).isInstanceOf(IllegalStateException.class);
        }
        PushSocket push = context.push();
        push.connect(pull.bind(Transport.INPROC.fresh()));
        push.send("new");
        try (Message message = Message.of("old")) {
            assertThat(pull.receive(message)).isTrue();
            assertThat(message.getString()).isEqualTo("new");
        }
    }

    @Test
    void shouldReceiveFrameByFrame() {
        PushSocket push = context.push();
        PullSocket pull = context.pull();
        push.connect(pull.bind(Transport.INPROC.fresh()));
        Deadline.send(push, "a", "b", "c");
        for (String text : new String[] {"a", "b", "c"}) {
            try (Message frame = pull.receive()) {
                assertThat(frame.getString()).isEqualTo(text);
                assertThat(frame.more()).isEqualTo(!text.equals("c"));
                assertThat(pull.get(SocketOption.RCVMORE)).isEqualTo(!text.equals("c"));
            }
        }
    }

    @Test
    void shouldNotSendFromASegmentThatIsClosedOrOfAnotherThread() {
        PushSocket push = context.push();
        PullSocket pull = context.pull();
        push.connect(pull.bind(Transport.INPROC.fresh()));
        Arena arena = Arena.ofConfined();
        MemorySegment closed = arena.allocate(10);
        arena.close();
        MemorySegment foreign = Background.start(() -> Arena.ofConfined().allocate(10)).result();

        assertThatThrownBy(() -> push.send(closed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> push.send(foreign)).isInstanceOf(WrongThreadException.class);
        push.send("next");
        assertThat(Deadline.text(pull)).isEqualTo("next");
    }

    private static MemorySegment segment() {
        return MemorySegment.ofArray("text".getBytes(UTF_8));
    }

    private static boolean with(Message message, Predicate<Message> use) {
        try (message) {
            return use.test(message);
        }
    }

    private static String text(Message message) {
        try (message) {
            return message.getString();
        }
    }
}
