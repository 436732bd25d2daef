// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/**
 * Counts lines and words in a memory segment without copying it.
 *
 * <p>The loop has no branch for an ASCII byte. A table says what a byte does to the state "inside a
 * word", and a word is counted where that state changes from 0 to 1.
 */
final class WordCounter {
    /** A bit of the table: the byte sets the state. The next two keep the state and end a line. */
    private static final int SET = 1;

    private static final int KEEP = 2;
    private static final int LINE = 4;

    private static final byte[] EFFECT = new byte[256];

    static {
        for (int b = 0; b < EFFECT.length; b++) {
            EFFECT[b] =
                    switch (b < 0x80 ? WordRule.classifyAscii(b) : WordRule.NEITHER) {
                        case WordRule.PRINTABLE -> SET | KEEP;
                        case WordRule.SEPARATOR -> 0;
                        default -> KEEP;
                    };
        }
        EFFECT['\n'] |= LINE;
    }

    private final MemorySegment text;
    private final int end;
    private final boolean multiByte;

    private int position;
    private long lines;
    private long words;
    private int inWord;
    private int tail = Utf8.NO_EDGE;

    private WordCounter(MemorySegment text, WordRule rule) {
        this.text = text;
        this.end = Math.toIntExact(text.byteSize());
        this.multiByte = rule == WordRule.UTF_8;
    }

    /**
     * Counts one piece of text.
     *
     * @param text the piece, at most 2 GiB - 1
     * @param rule the rule that says what a word is
     * @return its counts, with the marks needed to join it to the pieces around it
     */
    static TextCount count(MemorySegment text, WordRule rule) {
        return new WordCounter(text, rule).run();
    }

    private TextCount run() {
        int head = multiByte ? readHead() : Utf8.NO_EDGE;
        boolean separated = readFirstWord();
        boolean headWord = inWord == 1;
        if (separated) {
            inWord = 0;
            readRest();
        }
        return new TextCount(
                lines,
                words + (headWord ? 1 : 0),
                end,
                headWord,
                separated,
                inWord == 1,
                head,
                tail);
    }

    private int readHead() {
        int head = Utf8.NO_EDGE;
        while (position < end && Utf8.edgeSize(head) < 3 && Utf8.isContinuation(at(position))) {
            head = Utf8.append(head, at(position++));
        }
        return head;
    }

    /** Reads up to the first separator and leaves it; returns whether there is one. */
    private boolean readFirstWord() {
        while (position < end) {
            int b = at(position);
            int start = position;
            int kind = b >= 0 ? WordRule.classifyAscii(b) : readMultiByte(b);
            if (kind == WordRule.SEPARATOR) {
                position = start;
                return true;
            }
            inWord |= kind;
            position += b >= 0 ? 1 : 0;
        }
        return false;
    }

    private void readRest() {
        // Local variables, which the JIT keeps in registers.
        MemorySegment segment = text;
        int last = end;
        int in = inWord;
        long lineCount = 0;
        long wordCount = 0;
        int i = position;
        while (i < last) {
            int b = segment.get(JAVA_BYTE, i);
            if (b >= 0 || !multiByte) {
                int effect = EFFECT[b & 0xFF];
                int next = (effect & SET) | (in & (effect >>> 1));
                wordCount += next & ~in;
                lineCount += effect >>> 2;
                in = next;
                i++;
            } else {
                position = i;
                int kind = readMultiByte(b);
                i = position;
                int next = kind == WordRule.NEITHER ? in : kind & WordRule.PRINTABLE;
                wordCount += next & ~in;
                in = next;
            }
        }
        position = i;
        inWord = in;
        lines += lineCount;
        words += wordCount;
    }

    /** Reads the character at the position, a byte of 128 or more, and classifies it. */
    private int readMultiByte(int lead) {
        int start = position;
        int length = multiByte ? Utf8.length(lead) : 0;
        int stop = Math.min(start + Math.max(length, 1), end);
        for (int i = start + 1; i < stop; i++) {
            if (!Utf8.isContinuation(at(i))) {
                // The bytes before this one are invalid; this one may start a character.
                position = i;
                return WordRule.NEITHER;
            }
        }
        position = stop;
        if (stop - start < length) {
            tail = edge(start, stop);
            return WordRule.NEITHER;
        }
        if (length == 0) {
            return WordRule.NEITHER;
        }
        int c =
                switch (length) {
                    case 2 -> Utf8.decode(lead, at(start + 1));
                    case 3 -> Utf8.decode(lead, at(start + 1), at(start + 2));
                    default -> Utf8.decode(lead, at(start + 1), at(start + 2), at(start + 3));
                };
        return c == Utf8.INVALID ? WordRule.NEITHER : WordRule.classify(c);
    }

    private int edge(int from, int to) {
        int edge = Utf8.NO_EDGE;
        for (int i = from; i < to; i++) {
            edge = Utf8.append(edge, at(i));
        }
        return edge;
    }

    private int at(int index) {
        return text.get(JAVA_BYTE, index);
    }
}
