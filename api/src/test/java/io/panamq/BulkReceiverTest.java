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
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests receives into buffers and segments. KeptFrameTest has frames that do not fit. */
class BulkReceiverTest extends WithContext {
    private PushSocket push;
    private PullSocket pull;
    private BulkReceiver bulk;

    @BeforeEach
    void makeSockets() {
        push = context.push();
        pull = context.pull();
        bulk = pull.bulkReceiver();
    }

    private void connect(Transport transport) {
        push.connect(pull.bind(transport.fresh()));
    }

    @Test
    void shouldBeTheSameViewEachTime() {
        assertThat(pull.bulkReceiver()).isSameAs(bulk);
    }

    // ---- buffers

    private List<Predicate<ByteBuffer>> bufferForms() {
        return List.of(
                bulk::receive,
                target -> until(bulk.tryReceive(target), () -> bulk.tryReceive(target)),
                target -> bulk.receive(target, Deadline.LIMIT));
    }

    private static boolean until(boolean first, BooleanSupplier again) {
        if (!first) {
            Deadline.until("a frame is there", again);
        }
        return true;
    }

    private List<Function<MemorySegment, OptionalLong>> segmentForms() {
        return List.of(
                bulk::receive,
                target -> {
                    OptionalLong[] size = {bulk.tryReceive(target)};
                    until(
                            size[0].isPresent(),
                            () -> {
                                size[0] = bulk.tryReceive(target);
                                return size[0].isPresent();
                            });
                    return size[0];
                },
                target -> bulk.receive(target, Deadline.LIMIT));
    }

    static Stream<ByteBuffer> buffers() {
        return Stream.of(
                        ByteBuffer.allocate(12),
                        ByteBuffer.allocateDirect(12),
                        Arena.ofAuto().allocate(12).asByteBuffer())
                .flatMap(
                        whole ->
                                Stream.of(
                                        whole.duplicate().position(3).limit(9),
                                        whole.slice(2, 8).position(1).limit(7)));
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void shouldFillABufferFromItsPositionOnAndMoveThePosition(ByteBuffer buffer) {
        connect(Transport.INPROC);
        int position = buffer.position();
        int limit = buffer.limit();
        for (Predicate<ByteBuffer> receive : bufferForms()) {
            buffer.clear().put(".".repeat(buffer.capacity()).getBytes(UTF_8));
            buffer.clear().position(position).limit(limit);
            push.send("abcd");
            push.send("ef");
            push.send("");

            assertThat(receive.test(buffer)).isTrue();
            assertThat(buffer.position()).isEqualTo(position + 4);
            assertThat(receive.test(buffer)).isTrue();
            assertThat(buffer.position()).as("full").isEqualTo(limit);
            assertThat(receive.test(buffer)).as("no room is enough for no bytes").isTrue();

            assertThat(buffer.position()).isEqualTo(limit);
            assertThat(buffer.limit()).isEqualTo(limit);
            String all = UTF_8.decode(buffer.clear()).toString();
            assertThat(all.substring(position, limit)).isEqualTo("abcdef");
            assertThat(all.replaceAll("[a-f]", "")).as("the rest").matches("\\.*");
            assertThat(all).hasSize(buffer.capacity()).startsWith(".").endsWith(".");
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldReceiveContentOfEverySize(Transport transport) {
        connect(transport);
        for (int size : new int[] {0, 1, 33, 34, 5_000, 100_000}) {
            byte[] content = new byte[size];
            Arrays.fill(content, (byte) size);
            for (Predicate<ByteBuffer> receive : bufferForms()) {
                push.send(content);
                ByteBuffer buffer = ByteBuffer.allocate(size);
                assertThat(receive.test(buffer)).isTrue();
                assertThat(buffer.hasRemaining()).isFalse();
                assertThat(buffer.array()).isEqualTo(content);
            }
            for (Function<MemorySegment, OptionalLong> receive : segmentForms()) {
                push.send(content);
                byte[] target = new byte[size];
                assertThat(receive.apply(MemorySegment.ofArray(target))).hasValue(size);
                assertThat(target).isEqualTo(content);
            }
        }
    }

    @Test
    void shouldReceiveTheFramesOfAMessageOneByOne() {
        connect(Transport.INPROC);
        ByteBuffer buffer = ByteBuffer.allocate(10);
        Deadline.send(push, "ab", "", "cd");
        for (boolean more : new boolean[] {true, true, false}) {
            assertThat(bulk.receive(buffer)).isTrue();
            assertThat(pull.get(SocketOption.RCVMORE)).isEqualTo(more);
        }
        assertThat(UTF_8.decode(buffer.flip()).toString()).isEqualTo("abcd");
        assertThat(bulk.tryReceive(buffer.clear())).isFalse();
        assertThat(buffer.position()).isZero();
    }

    // ---- segments

    static Stream<MemorySegment> segments() {
        return Stream.of(
                MemorySegment.ofArray(new byte[12]),
                Arena.ofAuto().allocate(12),
                MemorySegment.ofArray(new long[3]).asSlice(5, 12),
                MemorySegment.ofBuffer(ByteBuffer.allocateDirect(20).position(8)));
    }

    @ParameterizedTest
    @MethodSource("segments")
    void shouldFillASegmentFromItsStartAndNoByteMore(MemorySegment segment) {
        connect(Transport.INPROC);
        for (Function<MemorySegment, OptionalLong> receive : segmentForms()) {
            segment.fill((byte) '.');
            push.send("abcd");
            push.send("");

            assertThat(receive.apply(segment)).hasValue(4);
            assertThat(new String(segment.toArray(ValueLayout.JAVA_BYTE), UTF_8))
                    .isEqualTo("abcd........");
            assertThat(receive.apply(segment.asSlice(12))).as("an empty frame").hasValue(0);
        }
        assertThat(bulk.tryReceive(segment)).isEmpty();
    }

    // ---- memory that cannot be written

    private void assertNothingIsLost(Class<? extends Exception> type, ThrowingCallable receive) {
        push.send("kept");
        assertThatThrownBy(receive).isInstanceOf(type);
        assertThat(Deadline.text(pull)).isEqualTo("kept");
        assertThat(pull.tryReceive()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldLoseNothingForATargetThatCannotBeWritten(Transport transport) {
        connect(transport);
        Arena arena = Arena.ofConfined();
        MemorySegment freed = arena.allocate(10);
        ByteBuffer freedBuffer = freed.asByteBuffer().position(1);
        arena.close();
        MemorySegment foreign = Background.start(() -> Arena.ofConfined().allocate(10)).result();
        ByteBuffer foreignBuffer = foreign.asByteBuffer().position(1);
        MemorySegment readOnly = Arena.ofAuto().allocate(10).asReadOnly();
        ByteBuffer readOnlyBuffer = ByteBuffer.allocate(10).asReadOnlyBuffer();

        assertNothingIsLost(IllegalStateException.class, () -> bulk.receive(freed));
        assertNothingIsLost(IllegalStateException.class, () -> bulk.receive(freedBuffer));
        assertNothingIsLost(WrongThreadException.class, () -> bulk.receive(foreign));
        assertNothingIsLost(WrongThreadException.class, () -> bulk.receive(foreignBuffer));
        assertNothingIsLost(IllegalStateException.class, () -> bulk.receive(readOnly));
        assertNothingIsLost(ReadOnlyBufferException.class, () -> bulk.receive(readOnlyBuffer));

        assertThat(freedBuffer.position()).isEqualTo(1);
        assertThat(foreignBuffer.position()).isEqualTo(1);
        assertThat(readOnlyBuffer.position()).isZero();
    }

    /** It would otherwise wait for a frame that it cannot give to anybody. */
    @Test
    void shouldRefuseSuchATargetBeforeItWaits() {
        Arena arena = Arena.ofShared();
        MemorySegment freed = arena.allocate(10);
        ByteBuffer freedBuffer = freed.asByteBuffer();
        arena.close();

        assertThatThrownBy(() -> bulk.receive(freed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> bulk.receive(freedBuffer))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> bulk.receive(MemorySegment.NULL.asReadOnly()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> bulk.receive(ByteBuffer.allocate(0).asReadOnlyBuffer()))
                .isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void shouldLoseNothingWhenTheMemoryIsFreedWhileItWaits() {
        connect(Transport.INPROC);
        pull.handOver();
        Arena arena = Arena.ofShared();
        MemorySegment target = arena.allocate(10);
        var waiting =
                Background.blocked(
                        () -> {
                            assertThatThrownBy(() -> bulk.receive(target))
                                    .isInstanceOf(IllegalStateException.class);
                            return pull.receiveString(Deadline.LIMIT).orElseThrow();
                        });
        arena.close();
        push.send("kept");

        assertThat(waiting.result()).isEqualTo("kept");
    }
}
