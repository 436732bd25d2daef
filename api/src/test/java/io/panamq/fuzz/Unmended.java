// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Internals;

/**
 * What another libzmq than the bundled one cannot stand and Java cannot prevent; it is left out
 * there. The names are those of the edits of the bundled one, see the table in its README.
 */
enum Unmended {
    /** Contexts with few sockets: over connections nobody bound they cannot be terminated. */
    PENDING_TERM("pending-term");

    private final boolean leftOut;

    Unmended(String edit) {
        leftOut = !Internals.isHardened(edit);
    }

    boolean isLeftOut() {
        return leftOut;
    }
}
