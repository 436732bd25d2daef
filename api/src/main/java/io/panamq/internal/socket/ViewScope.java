// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import java.lang.foreign.Arena;

/** One arena for the views of many messages, made when the first is asked for. */
final class ViewScope {
    private Arena arena;

    Arena arena() {
        if (arena == null) {
            arena = Arena.ofConfined();
        }
        return arena;
    }

    /** From here on access to all of them throws. */
    void close() {
        if (arena != null) {
            // Closed already if the end of the stack cut this off.
            if (arena.scope().isAlive()) {
                arena.close();
            }
            arena = null;
        }
    }
}
