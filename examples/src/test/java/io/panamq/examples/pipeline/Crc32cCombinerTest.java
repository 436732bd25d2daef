// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class Crc32cCombinerTest {
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Crc32cCombiner combiner = new Crc32cCombiner();

    @Test
    void shouldCombineAnyTwoPieces() {
        for (int round = 0; round < 300; round++) {
            byte[] data = new byte[random.nextInt(5_000)];
            random.nextBytes(data);
            int border = random.nextInt(data.length + 1);

            int combined =
                    combiner.combine(
                            crc(data, 0, border),
                            crc(data, border, data.length),
                            data.length - border);

            assertThat(combined)
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(crc(data, 0, data.length));
        }
    }

    @Test
    void shouldTakeNothingAsNeutral() {
        assertThat(combiner.combine(0x1234, 0, 0)).isEqualTo(0x1234);
        assertThat(combiner.combine(0, 0x1234, 77)).isEqualTo(0x1234);
    }

    @Test
    void shouldKnowTheZerosOfAHugePiece() {
        // 3 GiB of zero bytes: read as a whole, and combined from the CRC-32C of one block.
        byte[] block = new byte[1 << 20];
        CRC32C plain = new CRC32C();
        for (int i = 0; i < 3 << 10; i++) {
            plain.update(block);
        }
        int crc = 0;
        int blockCrc = crc(block, 0, block.length);
        for (int i = 0; i < 3 << 10; i++) {
            crc = combiner.combine(crc, blockCrc, block.length);
        }
        assertThat(crc).isEqualTo((int) plain.getValue());
    }

    @Test
    void shouldMultiplyPowersOfAnyLength() {
        for (int round = 0; round < 300; round++) {
            long a = random.nextLong() >>> (1 + random.nextInt(62));
            long b = random.nextLong() >>> (1 + random.nextInt(62));
            int product =
                    Crc32cCombiner.multiply(
                            Crc32cCombiner.powerOfBytes(a >>> 1),
                            Crc32cCombiner.powerOfBytes(b >>> 1));
            assertThat(product)
                    .as("seed %d: %d and %d", seed, a, b)
                    .isEqualTo(Crc32cCombiner.powerOfBytes((a >>> 1) + (b >>> 1)));
        }
    }

    private static int crc(byte[] data, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(data, from, to - from);
        return (int) crc.getValue();
    }
}
