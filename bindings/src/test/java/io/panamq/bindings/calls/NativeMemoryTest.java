// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeMemoryTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "inproc://x", "größe 大 \ud83d\ude00"})
    void shouldMakeTheCStringThatAnArenaMakes(String text) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment made = NativeMemory.cString(text, "text", arena);

            assertThat(made.toArray(ValueLayout.JAVA_BYTE))
                    .isEqualTo(arena.allocateFrom(text).toArray(ValueLayout.JAVA_BYTE));
            assertThat(NativeMemory.string(made)).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Pieces.SIZE, Pieces.SIZE + 1, 3 * Pieces.SIZE + 17})
    void shouldCopyArraysOfAnySize(int size) {
        byte[] content = random(size);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(size + 1L);

            NativeMemory.copyTo(content, copy.address());

            assertThat(NativeMemory.toByteArray(copy.address(), size)).isEqualTo(content);
            assertThat(copy.get(ValueLayout.JAVA_BYTE, size)).as("no byte more").isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-2 * Pieces.SIZE, -1, 0, 1, 1000, 2 * Pieces.SIZE})
    void shouldCopyWithinOneMemoryAsIfThereWereTwo(int distance) {
        int size = 3 * Pieces.SIZE + 17;
        int from = Math.max(0, -distance);
        int to = from + distance;
        byte[] content = random(size);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(size + (long) Math.abs(distance));
            MemorySegment.copy(content, 0, memory, ValueLayout.JAVA_BYTE, from, size);
            NativeMemory.copyTo(memory, from, memory.address() + to, size);
            assertThat(memory.asSlice(to, size).mismatch(MemorySegment.ofArray(content)))
                    .isEqualTo(-1);

            MemorySegment.copy(content, 0, memory, ValueLayout.JAVA_BYTE, from, size);
            NativeMemory.copyFrom(memory.address() + from, memory, to, size);
            assertThat(memory.asSlice(to, size).mismatch(MemorySegment.ofArray(content)))
                    .isEqualTo(-1);
        }
    }

    @Test
    void shouldCopyNothingIfItDoesNotFit() {
        int size = 2 * Pieces.SIZE;
        MemorySegment target = MemorySegment.ofArray(new byte[size]);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment source = arena.allocate(size + 1L).fill((byte) 1);

            assertThatThrownBy(() -> NativeMemory.copyFrom(source.address(), target, 1, size))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> NativeMemory.copyTo(target, 1, source.address(), size))
                    .isInstanceOf(IndexOutOfBoundsException.class);

            assertThat(target.mismatch(MemorySegment.ofArray(new byte[size]))).isEqualTo(-1);
            assertThat(source.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 1);
        }
    }

    private static byte[] random(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }
}
