// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Internals;

/**
 * Lists what other libzmqs than the bundled one cannot survive and Java cannot prevent. With those
 * it is left out. The names are edits of the bundled library, see the table in its README.
 */
enum Unmended {
    /**
     * Contexts with few sockets. libzmq cannot terminate them over connections that nobody bound.
     */
    PENDING_TERM("pending-term");

    private final boolean leftOut;

    Unmended(String edit) {
        leftOut = !Internals.isHardened(edit);
    }

    boolean isLeftOut() {
        return leftOut;
    }
}
