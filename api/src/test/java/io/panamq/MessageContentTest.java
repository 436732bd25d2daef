// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the numbers in a message in both byte orders, and the comparison of its content. */
class MessageContentTest extends WithContext {
    private static final long LONG = 0x0123456789ABCDEFL;
    private static final int INT = 0x89ABCDEF;

    private static Message message(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return Message.of(content);
    }

    // ---- byte order

    @Test
    void shouldReadNumbersInBothByteOrdersAtAnyOffset() {
        try (Message message = message(0, 0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF)) {
            assertThat(message.getLong(1, ByteOrder.BIG_ENDIAN)).isEqualTo(LONG);
            assertThat(message.getLong(1, ByteOrder.LITTLE_ENDIAN))
                    .isEqualTo(Long.reverseBytes(LONG));
            assertThat(message.getInt(5, ByteOrder.BIG_ENDIAN)).isEqualTo(INT);
            assertThat(message.getInt(5, ByteOrder.LITTLE_ENDIAN))
                    .isEqualTo(Integer.reverseBytes(INT));
            assertThat(message.getLong(1)).isEqualTo(message.getLong(1, ByteOrder.nativeOrder()));
            assertThat(message.getInt(5)).isEqualTo(message.getInt(5, ByteOrder.nativeOrder()));
        }
    }

    @Test
    void shouldWriteNumbersInBothByteOrdersAndNoByteMore() {
        try (Message message = Message.allocate(20)) {
            for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
                message.data().fill((byte) 7);
                message.setLong(1, LONG, order);
                message.setInt(13, INT, order);

                assertThat(message.data().get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), 1))
                        .isEqualTo(LONG);
                assertThat(message.data().get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), 13))
                        .isEqualTo(INT);
                byte[] all = message.getBytes();
                for (int other : new int[] {0, 9, 10, 11, 12, 17, 18, 19}) {
                    assertThat(all[other]).isEqualTo((byte) 7);
                }
            }
        }
    }

    @Test
    void shouldCarryNetworkByteOrder() {
        PairSocket[] pair = connectedPair(Transport.TCP);
        Message out = Message.allocate(12);
        out.setInt(0, INT, ByteOrder.BIG_ENDIAN);
        out.setLong(4, LONG, ByteOrder.BIG_ENDIAN);
        pair[0].send(out);

        assertThat(Deadline.bytes(pair[1]))
                .containsExactly(
                        0x89, 0xAB, 0xCD, 0xEF, 0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF);
    }

    @Test
    void shouldWriteNothingThatItRefuses() {
        try (Message message = message(1, 2, 3, 4);
                Message shared = message.share()) {
            assertThatThrownBy(() -> shared.setInt(0, 9, ByteOrder.BIG_ENDIAN))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("shared");
            assertThatThrownBy(() -> message.getInt(0, null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessageContaining("order");
            assertThat(message.getBytes()).containsExactly(1, 2, 3, 4);
        }
        try (Message message = message(1, 2, 3, 4, 5, 6, 7, 8)) {
            assertThatThrownBy(() -> message.setLong(0, 9, null))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> message.setLong(1, 9, ByteOrder.BIG_ENDIAN))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(message.getBytes()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        }
    }

    // ---- comparison

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 33, 34, 100, 5_000, 100_000})
    void shouldEqualItsOwnBytesAndNoOthers(int size) {
        byte[] content = new byte[size];
        Arrays.fill(content, (byte) 'x');
        try (Message message = Message.of(content)) {
            assertThat(message.contentEquals(content)).isTrue();
            assertThat(message.contentEquals("x".repeat(size))).isTrue();
            assertThat(message.contentEquals(Arrays.copyOf(content, size + 1))).isFalse();
            assertThat(message.contentEquals("x".repeat(size + 1))).isFalse();
            if (size > 0) {
                assertThat(message.contentEquals(Arrays.copyOf(content, size - 1))).isFalse();
            }
            for (int i = 0; i < size; i += Math.max(1, size / 50)) {
                content[i]++;
                assertThat(message.contentEquals(content)).as("byte %d differs", i).isFalse();
                content[i]--;
            }
            if (size > 0) {
                content[size - 1]++;
                assertThat(message.contentEquals(content)).as("the last differs").isFalse();
            }
        }
    }

    @Test
    void shouldCompareTextsInUtf8() {
        try (Message message = Message.of("äöü€")) {
            assertThat(message.contentEquals("äöü€")).isTrue();
            assertThat(message.contentEquals("äöü€".getBytes(UTF_8))).isTrue();
            assertThat(message.contentEquals("aou€")).isFalse();
            assertThat(message.contentEquals("")).isFalse();
        }
    }

    @Test
    void shouldCompareWhatWasReceivedOrShared() {
        for (Transport transport : Transport.values()) {
            PairSocket[] pair = connectedPair(transport);
            pair[0].send("topic");
            try (Message received = Deadline.receive(pair[1]);
                    Message shared = received.share()) {
                assertThat(received.contentEquals("topic")).isTrue();
                assertThat(shared.contentEquals("topic")).isTrue();
                assertThat(shared.contentEquals("Topic")).isFalse();
            }
        }
    }
}
