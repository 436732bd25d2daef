// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/** Tests the convention that all operations that send and receive share. */
class SenderReceiverTest extends WithContext {
    private static final Duration HUGE = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    /** Returns all ways to send with a timeout. */
    private static List<Predicate<Sender>> sends(Duration timeout) {
        return List.of(
                sender -> with(Message.of("text"), message -> sender.send(message, timeout)),
                sender -> with(Multipart.of("text"), frames -> sender.send(frames, timeout)),
                sender -> sender.send("text", timeout),
                sender -> sender.send(bytes(), timeout),
                sender -> sender.bulkSender().send(ByteBuffer.wrap(bytes()), timeout),
                sender -> sender.bulkSender().send(segment(), timeout),
                sender -> sender.bulkSender().send(List.of(bytes()), timeout),
                sender ->
                        with(
                                Message.of("text"),
                                m -> sender.bulkSender().sendBatch(List.of(m), timeout) == 1));
    }

    private static List<Predicate<Sender>> trySends() {
        return List.of(
                sender -> with(Message.of("text"), sender::trySend),
                sender -> with(Multipart.of("text"), sender::trySend),
                sender -> sender.trySend("text"),
                sender -> sender.trySend(bytes()),
                sender -> sender.bulkSender().trySend(ByteBuffer.wrap(bytes())),
                sender -> sender.bulkSender().trySend(segment()),
                sender -> sender.bulkSender().trySend(List.of(bytes())),
                sender ->
                        with(
                                Message.of("text"),
                                m -> sender.bulkSender().trySendBatch(List.of(m)) == 1));
    }

    private static List<Predicate<Sender>> plainSends() {
        return List.of(
                sender -> with(Message.of("text"), sender::send),
                sender -> with(Multipart.of("text"), sender::send),
                sender -> sender.send("text"),
                sender -> sender.send(bytes()),
                sender -> sender.bulkSender().send(ByteBuffer.wrap(bytes())),
                sender -> sender.bulkSender().send(segment()),
                sender -> sender.bulkSender().send(List.of(bytes())),
                sender ->
                        with(
                                Message.of("text"),
                                m -> sender.bulkSender().sendBatch(List.of(m)) == 1));
    }

    /** Returns all ways to receive with a timeout; each gives the text, or null if none came. */
    private static List<Function<Receiver, String>> receives(Duration timeout) {
        return List.of(
                receiver -> text(receiver.receive(timeout)),
                receiver -> into(Message.create(), message -> receiver.receive(message, timeout)),
                receiver -> textOf(receiver.receiveMultipart(timeout)),
                receiver -> receiver.receiveString(timeout).orElse(null),
                receiver -> receiver.receiveBytes(timeout).map(String::new).orElse(null),
                receiver ->
                        into(
                                Multipart.create(),
                                frames -> receiver.bulkReceiver().receive(frames, timeout)),
                receiver -> only(receiver.bulkReceiver().receiveFrames(timeout)),
                receiver -> into(buffer -> receiver.bulkReceiver().receive(buffer, timeout)),
                receiver -> sized(segment -> receiver.bulkReceiver().receive(segment, timeout)),
                receiver -> taken(each -> receiver.bulkReceiver().receiveBatch(each, 1, timeout)));
    }

    private static List<Function<Receiver, String>> tryReceives() {
        return List.of(
                receiver -> text(receiver.tryReceive()),
                receiver -> into(Message.create(), receiver::tryReceive),
                receiver -> textOf(receiver.tryReceiveMultipart()),
                receiver -> receiver.tryReceiveString().orElse(null),
                receiver -> receiver.tryReceiveBytes().map(String::new).orElse(null),
                receiver -> into(Multipart.create(), receiver.bulkReceiver()::tryReceive),
                receiver -> only(receiver.bulkReceiver().tryReceiveFrames()),
                receiver -> into(receiver.bulkReceiver()::tryReceive),
                receiver -> sized(receiver.bulkReceiver()::tryReceive),
                receiver -> taken(each -> receiver.bulkReceiver().tryReceiveBatch(each, 1)));
    }

    /** Returns the ways to receive without a timeout that can say that RCVTIMEO is over. */
    private static List<Function<Receiver, String>> plainReceivesThatMayFail() {
        return List.of(
                receiver -> into(Message.create(), receiver::receive),
                receiver -> into(Multipart.create(), receiver.bulkReceiver()::receive),
                receiver -> into(receiver.bulkReceiver()::receive),
                receiver -> sized(receiver.bulkReceiver()::receive),
                receiver -> taken(each -> receiver.bulkReceiver().receiveBatch(each, 1)));
    }

    /** Returns the others, by their names. */
    private static Map<String, Function<Receiver, String>> plainReceivesThatMustReturn() {
        return Map.of(
                "receive()", receiver -> text(Optional.of(receiver.receive())),
                "receiveMultipart()", receiver -> textOf(Optional.of(receiver.receiveMultipart())),
                "receiveString()", Receiver::receiveString,
                "receiveBytes()", receiver -> new String(receiver.receiveBytes(), UTF_8),
                "receiveFrames()",
                        receiver -> only(Optional.of(receiver.bulkReceiver().receiveFrames())));
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

        assertThat(tryReceives()).allSatisfy(each -> assertThat(each.apply(pull)).isNull());
        for (Duration time : List.of(Duration.ZERO, Duration.ofNanos(1), Deadline.GRACE)) {
            assertThat(receives(time)).allSatisfy(each -> assertThat(each.apply(pull)).isNull());
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
                List.of(
                        plainReceivesThatMayFail(),
                        plainReceivesThatMustReturn().values(),
                        tryReceives(),
                        receives(Deadline.LIMIT),
                        receives(HUGE))) {
            for (Function<Receiver, String> receive : receives) {
                push.send("text");
                assertThat(receive.apply(pull)).isEqualTo("text");
            }
        }
        assertThat(pull.tryReceive()).as("each took one message").isEmpty();
    }

    @Test
    void shouldHonourTheTimeOutOptions() {
        PushSocket push = context.push();
        PullSocket pull = context.pull();
        for (Duration time : List.of(Duration.ZERO, Deadline.GRACE)) {
            push.set(SocketOption.SNDTIMEO, time);
            pull.set(SocketOption.RCVTIMEO, time);

            assertThat(plainSends()).allSatisfy(each -> assertThat(each.test(push)).isFalse());
            assertThat(plainReceivesThatMayFail())
                    .allSatisfy(each -> assertThat(each.apply(pull)).isNull());
        }
    }

    /** A method that returns null now and then would be held wrong. */
    @Test
    void shouldRefuseAReceiveThatCouldNotSayThatTheTimeOfTheOptionIsOver() {
        PushSocket push = context.push();
        PullSocket pull = context.pull();
        push.connect(pull.bind(Transport.INPROC.fresh()));
        push.send("text");
        for (Duration time : List.of(Duration.ZERO, Deadline.LIMIT)) {
            pull.set(SocketOption.RCVTIMEO, time);
            plainReceivesThatMustReturn()
                    .forEach(
                            (name, receive) ->
                                    assertThatThrownBy(() -> receive.apply(pull))
                                            .isInstanceOf(IllegalStateException.class)
                                            .hasMessageContaining(name)
                                            .hasMessageContaining(pull.toString())
                                            .hasMessageContaining("RCVTIMEO")
                                            .hasMessageContaining("(Duration)"));
        }
        assertThat(pull.receiveString(Deadline.LIMIT)).as("nothing was lost").contains("text");
        push.send("again");
        pull.set(SocketOption.RCVTIMEO, SocketOption.FOREVER);
        assertThat(pull.receiveString()).isEqualTo("again");
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
                                    assertThatThrownBy(() -> receive.apply(pair))
                                            .isInstanceOf(IllegalArgumentException.class)
                                            .hasMessageContaining("timeout is negative"));
        }
        assertThat(sends(null))
                .allSatisfy(
                        send ->
                                assertThatThrownBy(() -> send.test(pair))
                                        .isInstanceOf(NullPointerException.class)
                                        .hasMessageContaining("timeout"));
        assertThat(receives(null))
                .allSatisfy(
                        receive ->
                                assertThatThrownBy(() -> receive.apply(pair))
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

    // ---- one way for each kind of content

    private static byte[] bytes() {
        return "text".getBytes(UTF_8);
    }

    private static MemorySegment segment() {
        return MemorySegment.ofArray(bytes());
    }

    private static boolean with(Message message, Predicate<Message> use) {
        try (message) {
            return use.test(message);
        }
    }

    private static boolean with(Multipart multipart, Predicate<Multipart> use) {
        try (multipart) {
            return use.test(multipart);
        }
    }

    private static String text(Optional<Message> received) {
        try (Message message = received.orElse(null)) {
            return message == null ? null : message.getString();
        }
    }

    private static String textOf(Optional<Multipart> received) {
        try (Multipart multipart = received.orElse(null)) {
            return multipart == null ? null : multipart.getString(0);
        }
    }

    private static String only(Optional<List<byte[]>> received) {
        return received.map(frames -> new String(frames.getFirst(), UTF_8)).orElse(null);
    }

    private static String into(Message message, Predicate<Message> receive) {
        try (message) {
            return receive.test(message) ? message.getString() : null;
        }
    }

    private static String into(Multipart multipart, Predicate<Multipart> receive) {
        try (multipart) {
            return receive.test(multipart) ? multipart.getString(0) : null;
        }
    }

    private static String into(Predicate<ByteBuffer> receive) {
        ByteBuffer buffer = ByteBuffer.allocate(10);
        return receive.test(buffer) ? UTF_8.decode(buffer.flip()).toString() : null;
    }

    private static String sized(Function<MemorySegment, OptionalLong> receive) {
        byte[] target = new byte[10];
        OptionalLong size = receive.apply(MemorySegment.ofArray(target));
        return size.isEmpty() ? null : new String(target, 0, (int) size.getAsLong(), UTF_8);
    }

    private static String taken(ToIntFunction<Consumer<Message>> receive) {
        List<String> texts = new ArrayList<>();
        int count = receive.applyAsInt(frame -> texts.add(frame.getString()));
        assertThat(texts).hasSize(count);
        return texts.isEmpty() ? null : texts.getFirst();
    }
}
