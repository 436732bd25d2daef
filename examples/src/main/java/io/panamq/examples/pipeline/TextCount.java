// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

/**
 * Lines, words and bytes of a piece of text, and what is needed to join the piece to its neighbours
 * where the border is inside a word, a multi-byte character or a multi-byte space. Joining is
 * associative, and {@link #EMPTY} is its neutral element.
 *
 * @param lines the number of newlines
 * @param words the number of words if the piece stood alone
 * @param bytes the size of the piece
 * @param headWord whether a printable character comes before any separator, so that a word that is
 *     open at the end of the piece before continues here
 * @param separated whether the piece contains a separator
 * @param openWord whether a word is open at the end of the piece
 * @param head the continuation bytes at the very start (an edge of {@link Utf8}), which may
 *     complete the {@code tail} of the piece before
 * @param tail the lead byte and continuation bytes of an incomplete character at the very end
 */
record TextCount(
        long lines,
        long words,
        long bytes,
        boolean headWord,
        boolean separated,
        boolean openWord,
        int head,
        int tail) {

    static final TextCount EMPTY =
            new TextCount(0, 0, 0, false, false, false, Utf8.NO_EDGE, Utf8.NO_EDGE);

    private static final TextCount PRINTABLE =
            new TextCount(0, 1, 0, true, false, true, Utf8.NO_EDGE, Utf8.NO_EDGE);
    private static final TextCount SEPARATOR =
            new TextCount(0, 0, 0, false, true, false, Utf8.NO_EDGE, Utf8.NO_EDGE);

    /** Returns the count of this piece followed by {@code next}. */
    TextCount then(TextCount next) {
        if (bytes == 0) {
            return next;
        }
        if (next.bytes == 0) {
            return this;
        }
        TextCount joined = thenWords(straddling(next)).thenWords(next);
        int newHead = isAllHead() ? Utf8.appendAll(head, next.head) : head;
        return joined.withEdges(bytes + next.bytes, newHead, tailWith(next));
    }

    /** Whether all bytes are continuation bytes that may belong to a character begun before. */
    private boolean isAllHead() {
        return bytes == Utf8.edgeSize(head);
    }

    /** Returns how many bytes the character in {@code tail} still needs. */
    private int missing() {
        return Utf8.length(Utf8.edgeByte(tail, 0)) - Utf8.edgeSize(tail);
    }

    /** Returns a count of no bytes for the character across the border, if it is complete. */
    private TextCount straddling(TextCount next) {
        if (tail == Utf8.NO_EDGE || Utf8.edgeSize(next.head) < missing()) {
            return EMPTY;
        }
        int c = Utf8.join(tail, next.head);
        return switch (c == Utf8.INVALID ? WordRule.NEITHER : WordRule.classify(c)) {
            case WordRule.PRINTABLE -> PRINTABLE;
            case WordRule.SEPARATOR -> SEPARATOR;
            default -> EMPTY;
        };
    }

    private int tailWith(TextCount next) {
        boolean stillWaiting =
                tail != Utf8.NO_EDGE && next.isAllHead() && Utf8.edgeSize(next.head) < missing();
        return stillWaiting ? Utf8.appendAll(tail, next.head) : next.tail;
    }

    private TextCount thenWords(TextCount next) {
        boolean sameWord = openWord && next.headWord;
        return new TextCount(
                lines + next.lines,
                words + next.words - (sameWord ? 1 : 0),
                bytes,
                headWord || (!separated && next.headWord),
                separated || next.separated,
                next.openWord || (openWord && !next.separated),
                head,
                tail);
    }

    private TextCount withEdges(long newBytes, int newHead, int newTail) {
        return new TextCount(
                lines, words, newBytes, headWord, separated, openWord, newHead, newTail);
    }
}
