// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.Internals;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.PairSocket;
import io.panamq.support.Deadline;
import io.panamq.support.SettledSlots;
import io.panamq.support.Transport;
import io.panamq.support.WithLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks that what an event loop has sent needs no close either. */
@ExtendWith(SettledSlots.class)
class AsyncOneShotTest extends WithLoop {
    private record Ends(AsyncSocket async, PairSocket peer) {}

    private Ends ends(Transport transport) {
        PairSocket[] pair = connectedPair(transport);
        pair[0].handOver();
        return new Ends(AsyncSocket.on(loop, pair[0]), pair[1]);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldNeedNoCloseOnceTheLoopHasSentIt(Transport transport) {
        Ends ends = ends(transport);
        int before = Internals.slotsInUse();
        Message message = Message.of("one");
        Multipart multipart = Multipart.of(Message.of("a"), Message.of("b"));

        assertThat(result(ends.async().send(message))).isTrue();
        assertThat(result(ends.async().send(Message.of("two"), Deadline.LIMIT))).isTrue();
        assertThat(result(ends.async().send(multipart))).isTrue();
        assertThat(result(ends.async().send(Multipart.of("c"), Deadline.LIMIT))).isTrue();

        assertThat(Internals.slotsInUse()).isEqualTo(before);
        for (String text : List.of("one", "two", "a", "b", "c")) {
            assertThat(Deadline.text(ends.peer())).isEqualTo(text);
        }
        message.close();
        multipart.close();
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }

    @Test
    void shouldKeepItsMemoryOnceItIsUsedAgain() {
        Ends ends = ends(Transport.INPROC);
        int before = Internals.slotsInUse();
        Message message = Message.of("0");
        for (int i = 1; i < 4; i++) {
            assertThat(result(ends.async().send(message))).isTrue();
            message.prepare(1).setByte(0, (byte) ('0' + i));
            assertThat(Internals.slotsInUse()).isEqualTo(before + 1);
        }
        message.close();

        assertThat(Internals.slotsInUse()).isEqualTo(before);
        for (String text : List.of("0", "1", "2")) {
            assertThat(Deadline.text(ends.peer())).isEqualTo(text);
        }
    }

    @Test
    void shouldKeepAllThatTheLoopCouldNotSend() {
        AsyncSocket async = AsyncSocket.on(loop, context.push());
        int before = Internals.slotsInUse();
        Message message = Message.of("kept");
        Multipart multipart = Multipart.of("kept", "too");

        assertThat(result(async.send(message, Duration.ZERO))).isFalse();
        assertThat(result(async.send(multipart, Deadline.GRACE))).isFalse();

        assertThat(Internals.slotsInUse()).isEqualTo(before + 3);
        assertThat(message.getString()).isEqualTo("kept");
        assertThat(multipart.getString(1)).isEqualTo("too");
        message.close();
        multipart.close();
        assertThat(Internals.slotsInUse()).isEqualTo(before);
        assertThatThrownBy(() -> async.send(message)).isInstanceOf(IllegalStateException.class);
    }

    /** The publisher gives each message away, and nobody closes it after the send. */
    @Test
    void shouldNeedNoCloseWhenASubscriberHasSentIt() {
        Ends ends = ends(Transport.INPROC);
        int before = Internals.slotsInUse();
        try (var publisher = new SubmissionPublisher<Message>(Runnable::run, 100)) {
            publisher.subscribe(ends.async().subscriber());
            for (String text : numbers(20)) {
                Message message = Message.of(text);
                message.handOver();
                publisher.submit(message);
            }
            for (String text : numbers(20)) {
                assertThat(Deadline.text(ends.peer())).isEqualTo(text);
            }
        }
        on(() -> {});
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }
}
