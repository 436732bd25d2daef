// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

/**
 * A measurement that gave no value.
 *
 * @param cell its name
 * @param contender id
 * @param round from 1
 * @param reason what went wrong
 * @param mended whether it worked when tried again at once; else the round is missing
 */
public record Failure(String cell, String contender, int round, String reason, boolean mended) {
    private static final char QUOTE = '`';

    /** For people who know the names. */
    public String line() {
        return contender
                + " "
                + cell
                + ": "
                + Series.FAILED
                + reason
                + ", round "
                + round
                + outcome();
    }

    /** For readers; the reason is some program's text and must not be taken for Markdown. */
    public String sentence() {
        return Contender.of(contender).label
                + " in "
                + Cell.of(cell).title()
                + ", round "
                + round
                + ": "
                + QUOTE
                + reason.replace(QUOTE, '\'')
                + QUOTE
                + outcome();
    }

    private String outcome() {
        if (mended) {
            return ", worked when tried again";
        }
        return Contender.of(contender).foreign()
                ? ", and again when tried again: missing"
                : ": missing";
    }
}
