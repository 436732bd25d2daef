// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.Internals;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks that a failure within a message of several frames drops the whole message. */
class TornMultipartTest extends WithContext {
    private final PushSocket push = context.push();
    private final PullSocket pull = context.pull();

    /** How the next message is received. Each way returns the text of its first frame. */
    enum Next {
        MULTIPART,
        MESSAGE,
        BYTES,
        BATCH;

        String receive(PullSocket pull) {
            return switch (this) {
                case MULTIPART -> Deadline.multipart(pull).removeFirst().getString();
                case MESSAGE -> Deadline.text(pull);
                case BYTES -> new String(pull.receiveBytes(), StandardCharsets.UTF_8);
                case BATCH -> {
                    List<String> seen = new ArrayList<>();
                    pull.bulkReceiver()
                            .receiveBatch(m -> seen.add(m.getString()), 1, Deadline.LIMIT);
                    yield seen.getFirst();
                }
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldNotReceiveTheRestOfAMessageWhoseReceiveFailed(Transport transport) {
        push.connect(pull.bind(transport.fresh()));
        FailingAtTheSecond into = new FailingAtTheSecond();
        send("a", "b", "c", "d");
        send("next", "frame");

        assertThatThrownBy(() -> receive(into)).hasMessage("no second frame");

        assertThat(into.frames()).isEmpty();
        try (Multipart next = Deadline.multipart(pull)) {
            assertThat(next).extracting(Message::getString).containsExactly("next", "frame");
        }
    }

    @ParameterizedTest
    @EnumSource(Next.class)
    void shouldStartWithTheNextMessageWhateverReceivesIt(Next how) {
        push.connect(pull.bind(Transport.INPROC.fresh()));
        FailingAtTheSecond into = new FailingAtTheSecond();
        send("a", "b", "c", "d");
        send("next", "frame");

        assertThatThrownBy(() -> receive(into)).hasMessage("no second frame");

        assertThat(how.receive(pull)).isEqualTo("next");
    }

    @Test
    void shouldDropWhatABatchHasTakenAlready() {
        push.connect(pull.bind(Transport.INPROC.fresh()));
        FailingAtTheSecond into = new FailingAtTheSecond();
        for (int i = 0; i < 40; i++) {
            send("first" + i, "second" + i, "third" + i);
        }
        assertThatThrownBy(
                        () -> pull.bulkReceiver().receiveBatch(this::failAtTheEndOfTheTenth, 1000))
                .hasMessage("third9");
        assertThatThrownBy(() -> receive(into)).hasMessage("no second frame");

        for (int i = 11; i < 40; i++) {
            try (Multipart next = Deadline.multipart(pull)) {
                assertThat(next)
                        .extracting(Message::getString)
                        .containsExactly("first" + i, "second" + i, "third" + i);
            }
        }
        assertThat(pull.tryReceive()).isEmpty();
    }

    private void failAtTheEndOfTheTenth(Message frame) {
        if (frame.getString().equals("third9")) {
            throw new IllegalArgumentException(frame.getString());
        }
    }

    private void send(String... frames) {
        Deadline.send(push, frames);
    }

    private void receive(FailingAtTheSecond into) {
        boolean ignored = Internals.incoming(pull).receive(into, Timeout.FOREVER);
    }

    /** A multipart message that gets no object for its second frame. */
    private static final class FailingAtTheSecond extends FrameSequence {
        FailingAtTheSecond() {
            super(new OneOnly());
        }
    }

    private static final class OneOnly implements FrameFactory {
        private boolean made;

        @Override
        public Frame newFrame() {
            if (made) {
                throw new IllegalStateException("no second frame");
            }
            made = true;
            return Message.create();
        }
    }
}
