// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import java.lang.foreign.Arena;

/** Keeps one arena for the views of many messages, made for the first view. */
final class ViewScope {
    private Arena arena;

    Arena arena() {
        if (arena == null) {
            arena = Arena.ofConfined();
        }
        return arena;
    }

    /** Closes all views: access to them throws from now on. */
    void close() {
        if (arena != null) {
            close(arena);
            arena = null;
        }
    }

    /** Closes an arena; does nothing if a call that a StackOverflowError cut off closed it. */
    static void close(Arena arena) {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
