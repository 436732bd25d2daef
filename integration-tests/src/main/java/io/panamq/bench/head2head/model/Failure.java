// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

/**
 * A measurement that has given no value.
 *
 * @param cell the name of the cell
 * @param contender the id of the contender
 * @param round the number of the round, from 1
 * @param reason what went wrong
 * @param mended whether a second try, at once, has worked; otherwise the round has no value
 */
public record Failure(String cell, String contender, int round, String reason, boolean mended) {
    private static final char QUOTE = '`';

    /** Returns a line for people who know the names of cells and contenders. */
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

    /** Returns a part of a sentence for the README, with the reason quoted as code. */
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
        return Contender.of(contender).isForeign()
                ? ", and again when tried again: missing"
                : ": missing";
    }
}
