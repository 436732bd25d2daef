// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.option;

/**
 * What is to be known of an option of libzmq.
 *
 * @param name the constant in {@code zmq.h}
 * @param number its value
 * @param since the first version that has it; a draft has " draft" behind that
 */
public record OptionFacts(String name, int number, String since) {
    private static final String DRAFT = " draft";

    public boolean isDraft() {
        return since.endsWith(DRAFT);
    }

    /** Returns the first version that has the option, such as {@code 4.3.5}. */
    public String version() {
        return isDraft() ? since.substring(0, since.length() - DRAFT.length()) : since;
    }
}
