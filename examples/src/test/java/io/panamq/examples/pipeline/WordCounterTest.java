// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordCounterTest {
    @TempDir Path directory;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @ParameterizedTest
    @EnumSource(WordRule.class)
    void shouldGiveTheSameWhereverTheBordersAre(WordRule rule) throws IOException {
        Path file = directory.resolve("text");
        for (int round = 0; round < 500; round++) {
            byte[] text = Texts.mixed(random, random.nextInt(60));
            FileTotal plain = new PlainPass(rule).count(Files.write(file, text));
            List<TextCount> pieces = cut(text, 1 + random.nextInt(9), rule);

            assertCounts(joinLeft(pieces), plain, "seed %d round %d, in order", seed, round);
            assertCounts(joinTree(pieces), plain, "seed %d round %d, as a tree", seed, round);
        }
    }

    @ParameterizedTest
    @EnumSource(WordRule.class)
    void shouldGiveTheSameForSingleBytes(WordRule rule) throws IOException {
        byte[] text = Texts.mixed(random, 2_000);
        FileTotal plain = new PlainPass(rule).count(Files.write(directory.resolve("text"), text));

        assertCounts(joinLeft(cut(text, 1, rule)), plain, "seed %d", seed);
        assertCounts(joinTree(cut(text, 1, rule)), plain, "seed %d", seed);
    }

    @ParameterizedTest
    @EnumSource(WordRule.class)
    void shouldAgreeWithTheRealWcOnHardText(WordRule rule) throws IOException {
        assumeTrue(Texts.hasMatchingWc(directory), "no GNU wc before 9.5");
        for (int round = 0; round < 20; round++) {
            assertAgreesWithWc(Texts.mixed(random, 20_000), rule);
        }
    }

    @Test
    void shouldAgreeWithTheRealWcOnRandomBytes() throws IOException {
        assumeTrue(Texts.hasMatchingWc(directory), "no GNU wc before 9.5");
        byte[] text = new byte[1 << 20];
        random.nextBytes(text);
        assertAgreesWithWc(text, WordRule.BYTES);
    }

    @Test
    void shouldAgreeWithTheRealWcOnRandomBytesReadAsUtf8() throws IOException {
        assumeTrue(Texts.hasMatchingWc(directory), "no GNU wc before 9.5");
        // Code points up to U+07FF only: the C library and the JDK may differ about code points
        // that Unicode has added lately, which are all above.
        byte[] text = new byte[1 << 20];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (random.nextInt(0xE0 - 1) + (random.nextInt(10) == 0 ? 1 : 0));
        }
        assertAgreesWithWc(text, WordRule.UTF_8);
    }

    @Test
    void shouldJoinASpaceOfThreeBytesThatIsCutTwice() {
        byte[] text = "one\u2003two".getBytes(UTF_8);

        TextCount count = joinLeft(cut(text, 1, WordRule.UTF_8));

        assertThat(count.words()).isEqualTo(2);
        assertThat(count.bytes()).isEqualTo(text.length);
    }

    @Test
    void shouldCountNothingInNothing() {
        assertThat(WordCounter.count(MemorySegment.ofArray(new byte[0]), WordRule.UTF_8))
                .isEqualTo(TextCount.EMPTY);
    }

    private void assertAgreesWithWc(byte[] text, WordRule rule) throws IOException {
        Path file = Files.write(directory.resolve("text"), text);
        long[] expected = Texts.wc(file, rule);
        FileTotal plain = new PlainPass(rule).count(file);
        TextCount pieces = joinLeft(cut(text, 1 + random.nextInt(1_000), rule));
        assertThat(new long[] {plain.lines(), plain.words(), plain.bytes()})
                .as("plain pass, seed %d", seed)
                .isEqualTo(expected);
        assertCounts(pieces, plain, "seed %d", seed);
    }

    private static void assertCounts(
            TextCount count, FileTotal plain, String description, Object... args) {
        assertThat(List.of(count.lines(), count.words(), count.bytes()))
                .as(description, args)
                .isEqualTo(List.of(plain.lines(), plain.words(), plain.bytes()));
    }

    /** Cuts the text at random into pieces of 0 to {@code max} bytes; 1 means 1 byte each. */
    private List<TextCount> cut(byte[] text, int max, WordRule rule) {
        List<TextCount> pieces = new ArrayList<>();
        MemorySegment segment = MemorySegment.ofArray(text);
        for (int from = 0; from < text.length; ) {
            int length = max == 1 ? 1 : Math.min(random.nextInt(max + 1), text.length - from);
            pieces.add(WordCounter.count(segment.asSlice(from, length), rule));
            from += length;
        }
        return pieces;
    }

    private static TextCount joinLeft(List<TextCount> pieces) {
        return pieces.stream().reduce(TextCount.EMPTY, TextCount::then);
    }

    /** Joins the pieces in a random grouping, which must not change the result. */
    private TextCount joinTree(List<TextCount> pieces) {
        if (pieces.size() <= 1) {
            return joinLeft(pieces);
        }
        int middle = 1 + random.nextInt(pieces.size() - 1);
        return joinTree(pieces.subList(0, middle))
                .then(joinTree(pieces.subList(middle, pieces.size())));
    }
}
