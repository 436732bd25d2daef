// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests calls that send many messages at once. */
class SendBatchTest extends WithContext {
    private final List<String> seen = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldSendAllInOrder(Transport transport) {
        PullSocket pull = context.pull();
        PushSocket push = context.push();
        push.connect(pull.bind(transport.fresh()));
        List<String> texts = BatchTest.texts(100, 50);
        List<Message> messages = texts.stream().map(Message::of).toList();

        assertThat(push.bulkSender().sendBatch(messages)).isEqualTo(100);

        texts.forEach(text -> assertThat(Deadline.text(pull)).isEqualTo(text));
        messages.forEach(Message::close);
    }

    @Test
    void shouldTellHowManyWereSentAndLeaveTheOthersUntouched() {
        PushSocket push = context.push();
        PullSocket pull = context.pull();
        push.set(SocketOption.SNDHWM, 3);
        pull.set(SocketOption.RCVHWM, 2);
        push.connect(pull.bind(Transport.INPROC.fresh()));
        List<Message> messages = BatchTest.texts(8, 5).stream().map(Message::of).toList();

        assertThat(push.bulkSender().trySendBatch(messages)).isEqualTo(5);
        assertThat(push.bulkSender().sendBatch(messages.subList(5, 8), Duration.ofMillis(5)))
                .isZero();

        assertThat(messages.subList(5, 8).stream().map(Message::getString))
                .isEqualTo(BatchTest.texts(8, 5).subList(5, 8));
        pull.bulkReceiver().tryReceiveBatch(m -> seen.add(m.getString()), 100);
        assertThat(seen).isEqualTo(BatchTest.texts(8, 5).subList(0, 5));
        messages.forEach(Message::close);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldWaitForAllTogetherAndNotForEach(boolean byOption) {
        PushSocket push = context.push();
        PullSocket pull = context.pull();
        push.set(SocketOption.SNDHWM, 1);
        pull.set(SocketOption.RCVHWM, 1);
        push.connect(pull.bind(Transport.INPROC.fresh()));
        pull.handOver();
        Duration time = Duration.ofMillis(60);
        push.set(SocketOption.SNDTIMEO, time);
        var over = new AtomicBoolean();
        List<Message> messages = BatchTest.texts(400, 5).stream().map(Message::of).toList();
        var slow = Background.run(() -> receiveSlowly(pull, over));

        int sent =
                byOption
                        ? push.bulkSender().sendBatch(messages)
                        : push.bulkSender().sendBatch(messages, time);

        assertThat(sent).isLessThan(200);
        over.set(true);
        slow.result();
        messages.forEach(Message::close);
    }

    /** Receives one message in 5 ms, the time it waits on a socket that nobody sends to. */
    private void receiveSlowly(PullSocket pull, AtomicBoolean over) {
        PullSocket silent = context.pull();
        try (Message message = Message.create()) {
            while (!over.get()) {
                pull.tryReceive(message);
                assertThat(silent.receive(Duration.ofMillis(5))).isEmpty();
            }
        }
    }

    @Test
    void shouldSendFarMoreThanOneCallTakes() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        List<String> texts = BatchTest.texts(1_000, 40);
        List<Message> messages = new ArrayList<>();
        texts.forEach(text -> messages.add(Message.of(text)));

        assertThat(pair[0].bulkSender().trySendBatch(messages)).isEqualTo(1_000);
        messages.forEach(Message::close);
        while (seen.size() < 1_000) {
            pair[1].bulkReceiver()
                    .receiveBatch(m -> seen.add(m.getString()), 1_000, Deadline.LIMIT);
        }

        assertThat(seen).isEqualTo(texts);
    }

    @Test
    void shouldLeaveAllAsTheyWereIfOneIsInTheListTwice() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        try (Message one = Message.of("one");
                Message two = Message.of("two")) {
            assertThatThrownBy(() -> pair[0].bulkSender().sendBatch(List.of(one, two, one)))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(one.getString() + two.getString()).isEqualTo("onetwo");
        }
        assertThat(pair[1].tryReceive()).isEmpty();
    }

    @Test
    void shouldSendNoneIfOneHasNoContent() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        List<Message> messages = List.of(Message.of("a"), Message.create());

        assertThatThrownBy(() -> pair[0].bulkSender().sendBatch(messages))
                .isInstanceOf(IllegalStateException.class);

        assertThat(pair[1].bulkReceiver().tryReceiveBatch(m -> seen.add("x"), 1)).isZero();
        assertThat(messages.get(0).getString()).isEqualTo("a");
        messages.forEach(Message::close);
    }

    @Test
    void shouldRefuseToCloseAMessageThatIsBeingSent() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        Message a = Message.of("a");
        Message b = Message.of("b");
        var hostile =
                new AbstractList<Message>() {
                    private int asked;

                    @Override
                    public Message get(int index) {
                        if (index == 1 && ++asked == 2) {
                            a.close();
                        }
                        return index == 0 ? a : b;
                    }

                    @Override
                    public int size() {
                        return 2;
                    }
                };

        assertThatThrownBy(() -> pair[0].bulkSender().sendBatch(hostile))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is being sent");

        assertThat(a.getString() + b.getString()).as("untouched").isEqualTo("ab");
        assertThat(pair[1].tryReceive()).isEmpty();
        a.close();
        b.close();
    }
}
