// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class MergerTest {
    private static final byte[] TEXT = {'a', 'b', ' ', 'c', 'd'};

    private final ChunkPlan plan =
            new ChunkPlan(
                    List.of(
                            new InputFile(Path.of("empty"), 0),
                            new InputFile(Path.of("first"), 5),
                            new InputFile(Path.of("empty, too"), 0),
                            new InputFile(Path.of("second"), 3)),
                    2);

    @Test
    void shouldFindAChunkByItsNumber() {
        assertThat(plan.size()).isEqualTo(5);
        assertThat(plan.bytes()).isEqualTo(8);
        assertThat(plan.chunk(0)).isEqualTo(new ChunkHeader(0, 1, 0, 0, 2));
        assertThat(plan.chunk(2)).isEqualTo(new ChunkHeader(2, 1, 2, 4, 1));
        assertThat(plan.chunk(3)).isEqualTo(new ChunkHeader(3, 3, 0, 0, 2));
        assertThat(plan.chunk(4)).isEqualTo(new ChunkHeader(4, 3, 1, 2, 1));
    }

    @Test
    void shouldMergeResultsInAnyOrderAndCountARepeatedOneOnce() {
        Merger merger = new Merger(plan, 8);

        for (long sequence : new long[] {4, 1, 3, 1, 0, 4, 2, 0}) {
            merger.accept(result(sequence));
        }

        assertThat(merger.isComplete()).isTrue();
        assertThat(merger.totals())
                .containsExactly(
                        new FileTotal(Path.of("empty"), 0, 0, 0, 0),
                        new FileTotal(Path.of("first"), 0, 2, 5, crc(TEXT, 0, 5)),
                        new FileTotal(Path.of("empty, too"), 0, 0, 0, 0),
                        new FileTotal(Path.of("second"), 0, 1, 3, crc(TEXT, 0, 3)));
    }

    @Test
    void shouldNameTheChunksWithoutAResult() {
        Merger merger = new Merger(plan, 8);
        merger.accept(result(0));
        merger.accept(result(3));

        assertThat(merger.missing(5)).isEqualTo(3);
        assertThat(ChunkList.describe(plan, merger.missingChunks(5)))
                .isEqualTo("first chunks 1-2 (bytes 2-4), second chunk 1 (bytes 2-2)");
    }

    @Test
    void shouldRefuseAResultOfNoChunk() {
        Merger merger = new Merger(plan, 2);

        assertThatThrownBy(() -> merger.accept(result(2)))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("belongs to no chunk");
    }

    @Test
    void shouldKeepAllNumbersOnTheWire() {
        MemorySegment segment = MemorySegment.ofArray(new byte[100]);
        TextCount count = new TextCount(1L << 40, 2, 3, true, false, true, 0x0180, -4);
        ChunkResult result = new ChunkResult(1L << 33, 5, count, -7);
        result.write(segment);
        assertThat(ChunkResult.read(segment.asSlice(0, ChunkResult.BYTES))).isEqualTo(result);

        Signal signal = new Signal(Wire.READY, 9, -1);
        signal.write(segment);
        assertThat(Wire.kind(segment)).isEqualTo(Wire.READY);
        assertThat(Signal.read(segment.asSlice(0, Signal.BYTES))).isEqualTo(signal);

        ChunkHeader header = new ChunkHeader(1L << 35, 2, 1L << 34, 1L << 36, 7);
        header.write(segment);
        assertThat(ChunkHeader.read(segment.asSlice(0, ChunkHeader.BYTES + 7))).isEqualTo(header);
        assertThatThrownBy(() -> ChunkHeader.read(segment.asSlice(0, 46)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("46 bytes");
    }

    private ChunkResult result(long sequence) {
        ChunkHeader chunk = plan.chunk(sequence);
        int from = (int) chunk.offset();
        int length = (int) chunk.length();
        TextCount count =
                WordCounter.count(
                        MemorySegment.ofArray(TEXT).asSlice(from, length), WordRule.BYTES);
        return new ChunkResult(sequence, 1, count, crc(TEXT, from, length));
    }

    private static int crc(byte[] data, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(data, from, length);
        return (int) crc.getValue();
    }
}
