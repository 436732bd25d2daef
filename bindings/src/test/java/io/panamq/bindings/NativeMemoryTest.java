// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeMemoryTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "inproc://x", "größe 大 \ud83d\ude00"})
    void shouldMakeTheCStringThatAnArenaMakes(String text) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment made = NativeMemory.cString(text, arena);

            assertThat(made.toArray(ValueLayout.JAVA_BYTE))
                    .isEqualTo(arena.allocateFrom(text).toArray(ValueLayout.JAVA_BYTE));
            assertThat(NativeMemory.string(made)).isEqualTo(text);
        }
    }
}
