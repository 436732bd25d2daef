// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Checks with random content that each way to read a message gives what was written. */
class MessagePropertyTest {
    @Property(tries = 300)
    void shouldReadBackInEveryWayWhatWasWritten(@ForAll @Size(max = 200) byte[] content) {
        try (Message made = Message.of(content);
                Message viewed = Message.allocate(content.length);
                Message copied = Message.allocate(content.length);
                Message written = Message.allocate(content.length)) {
            viewed.data().copyFrom(MemorySegment.ofArray(content));
            MemorySegment.copy(MemorySegment.ofArray(content), 0, copied.data(), 0, content.length);
            for (int i = 0; i < content.length; i++) {
                written.setByte(i, content[i]);
            }
            for (Message message : new Message[] {made, viewed, copied, written}) {
                byte[] out = new byte[content.length];
                message.data().asByteBuffer().get(out);
                assertThat(out).isEqualTo(content);
                assertThat(message.contentEquals(content)).isTrue();
                assertThat(message.getBytes()).isEqualTo(content);
                assertThat(message.data().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(content);
                assertThat(message.size()).isEqualTo(content.length);
            }
        }
    }

    @Property(tries = 300)
    void shouldCopyAnyPartAndNothingElse(
            @ForAll @IntRange(max = 300) int size,
            @ForAll @IntRange(max = 300) int from,
            @ForAll @IntRange(max = 300) int count) {
        int start = Math.min(from, size);
        int bytes = Math.min(count, size - start);
        try (Message message = Message.allocate(size)) {
            message.data().fill((byte) 1);
            byte[] part = new byte[bytes + 2];
            MemorySegment.copy(message.data(), start, MemorySegment.ofArray(part), 1, bytes);
            assertThat(part[0]).isZero();
            assertThat(part[bytes + 1]).isZero();

            message.data().asSlice(start, bytes).copyFrom(MemorySegment.ofArray(new byte[bytes]));
            byte[] whole = message.getBytes();
            for (int i = 0; i < size; i++) {
                assertThat(whole[i]).isEqualTo((byte) (i >= start && i < start + bytes ? 0 : 1));
            }
        }
    }

    @Property(tries = 200)
    void shouldArriveAsItWasSent(@ForAll @IntRange(max = 70_000) int size, @ForAll byte seed) {
        try (Context context = Context.builder().ioThreads(0).build();
                PairSocket one = context.pair();
                PairSocket two = context.pair();
                Message out = Message.allocate(size)) {
            one.connect(two.bind(Transport.INPROC.fresh()));
            out.data().fill(seed);
            byte[] content = out.getBytes();
            one.send(out);

            assertThat(Deadline.bytes(two)).isEqualTo(content);
        }
    }
}
