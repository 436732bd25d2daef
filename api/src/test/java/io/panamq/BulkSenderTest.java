// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.SettledSlots;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests sends from buffers, segments and lists. SendBatchTest has the batches. */
@ExtendWith(SettledSlots.class)
class BulkSenderTest extends WithContext {
    private static final int[] SIZES = {0, 1, 33, 34, 5_000, 100_000};

    @Test
    void shouldBeTheSameViewEachTime() {
        PushSocket push = context.push();
        assertThat(push.bulkSender()).isSameAs(push.bulkSender());
        ConcurrentSender sender = push.concurrentSender();
        assertThat(sender.bulkSender())
                .isSameAs(sender.bulkSender())
                .isNotSameAs(push.bulkSender());
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (i * 7 + size);
        }
        return content;
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldCarryContentOfEverySizeInEveryWay(Transport transport) {
        PairSocket[] pair = connectedPair(transport);
        PairSocket[] shared = connectedPair(transport);
        ConcurrentSender sender = shared[0].concurrentSender();
        for (int size : SIZES) {
            byte[] content = content(size);
            for (Predicate<BulkSender> send : sends(content)) {
                assertThat(send.test(pair[0].bulkSender())).isTrue();
                assertThat(Deadline.bytes(pair[1])).isEqualTo(content);
                assertThat(send.test(sender.bulkSender())).isTrue();
                assertThat(Deadline.bytes(shared[1])).isEqualTo(content);
            }
        }
    }

    private static List<Predicate<BulkSender>> sends(byte[] content) {
        return List.of(
                bulk -> bulk.send(ByteBuffer.wrap(content)),
                bulk -> bulk.trySend(ByteBuffer.wrap(content)),
                bulk -> bulk.send(ByteBuffer.wrap(content), Deadline.LIMIT),
                bulk -> bulk.send(MemorySegment.ofArray(content)),
                bulk -> bulk.trySend(MemorySegment.ofArray(content)),
                bulk -> bulk.send(MemorySegment.ofArray(content), Deadline.LIMIT),
                bulk -> bulk.send(List.of(content)),
                bulk -> bulk.trySend(List.of(content)),
                bulk -> bulk.send(List.of(content), Deadline.LIMIT));
    }

    // ---- buffers

    /** Returns buffers of all kinds, each with the bytes 3 to 6 between position and limit. */
    static Stream<ByteBuffer> buffers() {
        byte[] bytes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        ByteBuffer heap = ByteBuffer.wrap(bytes);
        ByteBuffer direct = ByteBuffer.allocateDirect(10).put(bytes).flip();
        ByteBuffer native1 = Arena.ofAuto().allocate(10).asByteBuffer().put(bytes).flip();
        return Stream.of(heap, direct, native1)
                .flatMap(
                        whole ->
                                Stream.of(
                                        whole.duplicate().position(3).limit(7),
                                        whole.duplicate().asReadOnlyBuffer().position(3).limit(7),
                                        whole.slice(2, 6).position(1).limit(5)));
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void shouldSendABufferFromItsPositionToItsLimitAndMoveThePosition(ByteBuffer buffer) {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkSender bulk = pair[0].bulkSender();
        int position = buffer.position();
        int limit = buffer.limit();
        List<Predicate<ByteBuffer>> sends =
                List.of(bulk::send, bulk::trySend, content -> bulk.send(content, Deadline.LIMIT));
        for (Predicate<ByteBuffer> send : sends) {
            ByteBuffer content = buffer.duplicate();
            assertThat(send.test(content)).isTrue();

            assertThat(content.position()).isEqualTo(limit);
            assertThat(content.limit()).isEqualTo(limit);
            assertThat(Deadline.bytes(pair[1])).containsExactly(3, 4, 5, 6);
            assertThat(send.test(content)).as("nothing remains").isTrue();
            assertThat(Deadline.bytes(pair[1])).isEmpty();
        }
        assertThat(buffer.position()).isEqualTo(position);
    }

    @Test
    void shouldLeaveABufferAsItWasIfItIsNotSent() {
        PushSocket full = context.push();
        RouterSocket router = context.router();
        ByteBuffer buffer = ByteBuffer.wrap(content(10)).position(2).limit(6);

        assertThat(full.bulkSender().trySend(buffer)).isFalse();
        assertThat(full.bulkSender().send(buffer, Deadline.GRACE)).isFalse();
        assertThatThrownBy(() -> router.bulkSender().send(buffer))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(buffer.position()).isEqualTo(2);
        assertThat(buffer.limit()).isEqualTo(6);
    }

    @Test
    void shouldShareALargeDirectBufferIfTheSocketMay() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        ByteBuffer large = ByteBuffer.allocateDirect((int) BulkSender.SHARE_THRESHOLD);
        pair[0].bulkSender().shareFrom(BulkSender.SHARE_THRESHOLD);

        pair[0].bulkSender().send(large.duplicate());
        pair[0].bulkSender().send(large.duplicate().position(1));

        try (Message shared = Deadline.receive(pair[1]);
                Message copied = Deadline.receive(pair[1])) {
            long address = MemorySegment.ofBuffer(large).address();
            assertThat(shared.data().address()).isEqualTo(address);
            assertThat(copied.size()).isEqualTo(BulkSender.SHARE_THRESHOLD - 1);
            assertThat(copied.data().address()).isNotEqualTo(address + 1);
        }
    }

    // ---- memory that cannot be read

    @Test
    void shouldNotSendFromMemoryThatWasFreedOrIsOfAnotherThread() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkSender bulk = pair[0].bulkSender();
        Arena arena = Arena.ofConfined();
        MemorySegment freed = arena.allocate(10);
        ByteBuffer freedBuffer = freed.asByteBuffer().position(1);
        arena.close();
        MemorySegment foreign = Background.start(() -> Arena.ofConfined().allocate(10)).result();
        ByteBuffer foreignBuffer = foreign.asByteBuffer().position(1);

        assertThatThrownBy(() -> bulk.send(freed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> bulk.send(freedBuffer)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> bulk.send(foreign)).isInstanceOf(WrongThreadException.class);
        assertThatThrownBy(() -> bulk.send(foreignBuffer)).isInstanceOf(WrongThreadException.class);

        assertThat(freedBuffer.position()).isEqualTo(1);
        assertThat(foreignBuffer.position()).isEqualTo(1);
        pair[0].send("next");
        assertThat(Deadline.text(pair[1])).isEqualTo("next");
    }

    /** Java copies the mapping, so the fault becomes an error and no crash. */
    @Test
    void shouldThrowWhereAMappedFileWasCut(@TempDir Path folder) throws IOException {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        Path file = Files.write(folder.resolve("file"), new byte[100_000]);
        ByteBuffer mapped;
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, 100_000);
            channel.truncate(1_000);
        }
        pair[0].bulkSender().shareFrom(1);

        assertThatThrownBy(() -> pair[0].bulkSender().send(mapped))
                .isInstanceOf(InternalError.class);

        assertThat(mapped.position()).isZero();
        pair[0].send("next");
        assertThat(Deadline.text(pair[1])).isEqualTo("next");
    }

    // ---- lists

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldSendAListAsTheFramesOfOneMessage(Transport transport) {
        PairSocket[] pair = connectedPair(transport);
        List<byte[]> frames = List.of(content(3), content(0), content(5_000));
        BulkSender bulk = pair[0].bulkSender();
        int before = Internals.slotsInUse();

        assertThat(bulk.send(frames)).isTrue();
        assertThat(bulk.trySend(frames)).isTrue();
        assertThat(bulk.send(frames, Deadline.LIMIT)).isTrue();

        assertThat(Internals.slotsInUse()).isEqualTo(before);
        for (int i = 0; i < 3; i++) {
            assertThat(pair[1].bulkReceiver().receiveFrames(Deadline.LIMIT).orElseThrow())
                    .usingRecursiveComparison()
                    .isEqualTo(frames);
        }
    }

    @Test
    void shouldRefuseAListThatIsNoMessage() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        BulkSender bulk = pair[0].bulkSender();
        int before = Internals.slotsInUse();
        List<byte[]> withNull = new ArrayList<>(List.of("a".getBytes(UTF_8)));
        withNull.add(null);

        assertThatThrownBy(() -> bulk.send(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a frame at least");
        assertThatThrownBy(() -> bulk.trySend(withNull)).isInstanceOf(NullPointerException.class);

        assertThat(Internals.slotsInUse()).isEqualTo(before);
        assertThat(pair[1].tryReceive()).as("nothing was sent").isEmpty();
    }

    @Test
    void shouldLoseNothingOfAListThatFindsNoRoom() {
        BulkSender full = context.push().bulkSender();
        List<byte[]> frames = List.of(content(3), content(5_000));
        int before = Internals.slotsInUse();

        assertThat(full.trySend(frames)).isFalse();
        assertThat(full.send(frames, Deadline.GRACE)).isFalse();

        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }
}
