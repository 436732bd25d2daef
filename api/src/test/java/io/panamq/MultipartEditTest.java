// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.UnreachablePeerException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.SettledSlots;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests how a multipart message is put together and taken apart; none of it loses a frame. */
@ExtendWith(SettledSlots.class)
class MultipartEditTest extends WithContext {
    private int before;

    @BeforeEach
    void count() {
        before = Internals.slotsInUse();
    }

    @AfterEach
    void shouldHaveLostNothing() {
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }

    private static List<String> texts(Multipart multipart) {
        return multipart.toByteArrays().stream().map(frame -> new String(frame, UTF_8)).toList();
    }

    // ---- adding

    @Test
    void shouldPutFramesOfAllKindsInFront() {
        try (Multipart multipart = Multipart.of("end")) {
            multipart
                    .addFirst("text")
                    .addFirst("array".getBytes(UTF_8))
                    .addFirst(Message.of("own"));

            assertThat(texts(multipart)).containsExactly("own", "array", "text", "end");
        }
    }

    @Test
    void shouldRefuseToPutAFrameInFrontTwice() {
        Message frame = Message.of("once");
        try (Multipart multipart = Multipart.of(frame)) {
            assertThatThrownBy(() -> multipart.addFirst(frame))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(texts(multipart)).containsExactly("once");
        }
    }

    @Test
    void shouldMoveAllFramesOfAnother() {
        try (Multipart one = Multipart.of("a");
                Multipart other = Multipart.of("b", "c")) {
            Message frame = other.get(1);
            assertThat(one.addAll(other)).isSameAs(one);

            assertThat(texts(one)).containsExactly("a", "b", "c");
            assertThat(one.get(2)).as("without a copy").isSameAs(frame);
            assertThat(other.isEmpty()).isTrue();
            one.addAll(other);
            assertThat(one.size()).isEqualTo(3);
            assertThatThrownBy(() -> one.addAll(one)).isInstanceOf(IllegalArgumentException.class);
            assertThat(one.size()).isEqualTo(3);
        }
    }

    @Test
    void shouldNotMoveFramesOfAnotherThread() {
        try (Multipart one = Multipart.of("a")) {
            Multipart foreign = Background.start(() -> Multipart.of("b", "c")).result();
            assertThatThrownBy(() -> one.addAll(foreign)).isInstanceOf(WrongThreadException.class);
            assertThat(texts(one)).containsExactly("a");
        }
        before += 2; // the frames of a thread that has ended are lost
    }

    // ---- envelopes

    @Test
    void shouldWrapWithARoutingIdAndAnEmptyFrameAndUnwrapAgain() {
        try (Multipart multipart = Multipart.of("content")) {
            multipart.wrap("id");
            assertThat(texts(multipart)).containsExactly("id", "", "content");
            multipart.wrap(new byte[] {'b'});
            assertThat(texts(multipart)).containsExactly("b", "", "id", "", "content");
            try (Message outer = multipart.unwrap()) {
                assertThat(outer.getString()).isEqualTo("b");
            }
            Message id = multipart.unwrap();
            assertThat(texts(multipart)).containsExactly("content");
            multipart.wrap(id);
            assertThat(multipart.get(0)).as("without a copy").isSameAs(id);
            assertThat(texts(multipart)).containsExactly("id", "", "content");
        }
    }

    @Test
    void shouldUnwrapAnEnvelopeWithoutEmptyFrame() {
        try (Multipart multipart = Multipart.of("id", "content", "")) {
            try (Message id = multipart.unwrap()) {
                assertThat(id.getString()).isEqualTo("id");
            }
            assertThat(texts(multipart)).containsExactly("content", "");
        }
        try (Multipart multipart = Multipart.of("id")) {
            multipart.unwrap().close();
            assertThat(multipart.isEmpty()).isTrue();
            assertThatThrownBy(multipart::unwrap).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256})
    void shouldRefuseWhatIsNoRoutingId(int size) {
        try (Multipart multipart = Multipart.of("content");
                Message message = Message.of(new byte[size])) {
            for (ThrowingCallable wrap :
                    List.<ThrowingCallable>of(
                            () -> multipart.wrap(new byte[size]),
                            () -> multipart.wrap("x".repeat(size)),
                            () -> multipart.wrap(message))) {
                assertThatThrownBy(wrap)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("1 to 255 bytes");
            }
            assertThat(texts(multipart)).containsExactly("content");
            assertThat(message.size()).as("still the caller's").isEqualTo(size);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldAnswerAReqByWrappingOrTruncating(boolean wrap) {
        ReqSocket req = context.req();
        RouterSocket router = context.router();
        router.set(SocketOption.ROUTER_MANDATORY, true);
        req.connect(router.bind(Transport.TCP.fresh()));
        req.send("question");
        Multipart request = Deadline.multipart(router);
        if (wrap) {
            Message id = request.unwrap();
            assertThat(request.removeFirstString()).isEqualTo("question");
            request.close();
            router.send(Multipart.of("answer").wrap(id));
        } else {
            router.send(request.truncate(2).add("answer"));
        }

        assertThat(Deadline.text(req)).isEqualTo("answer");
        try (Multipart nobody = Multipart.of("answer").wrap("nobody")) {
            assertThatThrownBy(() -> router.send(nobody))
                    .isInstanceOf(UnreachablePeerException.class);
        }
    }

    // ---- removing

    @Test
    void shouldRemoveFramesFromBothEnds() {
        try (Multipart multipart = Multipart.of("a", "b", "c", "d")) {
            try (Message last = multipart.removeLast()) {
                assertThat(last.getString()).isEqualTo("d");
            }
            assertThat(multipart.removeFirstString()).isEqualTo("a");
            assertThat(multipart.removeFirstBytes()).containsExactly('b');
            assertThat(texts(multipart)).containsExactly("c");
            multipart.removeLast().close();
            assertThat(multipart.isEmpty()).isTrue();
            for (ThrowingCallable remove :
                    List.<ThrowingCallable>of(
                            multipart::removeFirst,
                            multipart::removeLast,
                            multipart::removeFirstString,
                            multipart::removeFirstBytes)) {
                assertThatThrownBy(remove).isInstanceOf(IndexOutOfBoundsException.class);
            }
        }
    }

    @Test
    void shouldKeepTheFirstFramesOnly() {
        try (Multipart multipart = Multipart.of("a", "b", "c")) {
            Message last = multipart.get(2);
            assertThat(texts(multipart.truncate(4))).containsExactly("a", "b", "c");
            assertThat(texts(multipart.truncate(2))).containsExactly("a", "b");
            assertThatThrownBy(last::size).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> multipart.truncate(-1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("-1");
            assertThat(multipart.truncate(0).isEmpty()).isTrue();
        }
    }

    // ---- changing

    @Test
    void shouldReplaceFramesOfAllKinds() {
        Message own = Message.of("own");
        try (Multipart multipart = Multipart.of("a", "b", "c")) {
            Message old = multipart.get(2);
            MemorySegment view = multipart.get(0).data();
            multipart.set(0, "longer text").set(1, new byte[0]).set(2, own);

            assertThat(texts(multipart)).containsExactly("longer text", "", "own");
            assertThat(view.scope().isAlive()).isFalse();
            assertThat(multipart.get(2)).isSameAs(own);
            assertThatThrownBy(old::size).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> multipart.set(0, own))
                    .isInstanceOf(IllegalArgumentException.class);
            for (int index : new int[] {-1, 3}) {
                try (Message kept = Message.of("kept")) {
                    assertThatThrownBy(() -> multipart.set(index, kept))
                            .isInstanceOf(IndexOutOfBoundsException.class);
                    assertThatThrownBy(() -> multipart.set(index, "text"))
                            .isInstanceOf(IndexOutOfBoundsException.class);
                    assertThat(kept.getString()).isEqualTo("kept");
                }
            }
            assertThat(texts(multipart)).containsExactly("longer text", "", "own");
        }
    }

    /** A frame can be corrected after a send that failed; the number of frames stays. */
    @Test
    void shouldBeChangedWhileItIsUnsent() {
        PushSocket push = context.push();
        PullSocket pull = context.pull();
        try (Multipart multipart = Multipart.of("a", "b")) {
            assertThat(push.trySend(multipart)).isFalse();
            multipart.set(1, "corrected");
            push.connect(pull.bind(Transport.INPROC.fresh()));
            assertThat(push.send(multipart)).isTrue();
        }
        assertThat(pull.bulkReceiver().receiveFrames().get(1))
                .isEqualTo("corrected".getBytes(UTF_8));
    }

    // ---- reading

    @Test
    void shouldShareItsContent() {
        try (Multipart original = Multipart.of("a", "x".repeat(1000));
                Multipart copy = original.share()) {
            assertThat(texts(copy)).isEqualTo(texts(original));
            assertThat(copy.contentEquals(original)).isTrue();
            assertThat(copy.get(1).data().address()).isEqualTo(original.get(1).data().address());
            for (Multipart each : List.of(original, copy)) {
                assertThat(each.get(0).data().isReadOnly()).isTrue();
                assertThatThrownBy(() -> each.get(1).setByte(0, (byte) 1))
                        .isInstanceOf(IllegalStateException.class);
            }
        }
        try (Multipart broken = Multipart.of("a", "b")) {
            broken.get(1).close();
            assertThatThrownBy(broken::share).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldCompareAllFrames() {
        try (Multipart one = Multipart.of("a", "b");
                Multipart same = Multipart.of("a", "b");
                Multipart joined = Multipart.of("ab");
                Multipart longer = Multipart.of("a", "b", "");
                Multipart other = Multipart.of("a", "c");
                Multipart empty = Multipart.create()) {
            assertThat(one.contentEquals(same)).isTrue();
            assertThat(one.contentEquals(one)).isTrue();
            for (Multipart each : List.of(joined, longer, other, empty)) {
                assertThat(one.contentEquals(each)).isFalse();
                assertThat(each.contentEquals(one)).isFalse();
            }
            assertThat(one.getBytes(1)).containsExactly('b');
            assertThatThrownBy(() -> one.getBytes(2)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void shouldShowItsFramesToAPerson() {
        byte[] large = new byte[300];
        Arrays.fill(large, (byte) 'x');
        try (Multipart multipart =
                Multipart.of("hello wörld", "")
                        .add(new byte[] {0, 1, (byte) 0xFF})
                        .add("two\nlines")
                        .add(large)) {
            assertThat(multipart.dump())
                    .isEqualTo(
                            "[12] hello wörld\n[0] \n[3] 0x0001ff\n[9] 0x74776f0a6c696e6573\n[300] "
                                    + "x".repeat(256)
                                    + "...\n");
        }
        try (Multipart empty = Multipart.create()) {
            assertThat(empty.dump()).isEmpty();
        }
    }
}
