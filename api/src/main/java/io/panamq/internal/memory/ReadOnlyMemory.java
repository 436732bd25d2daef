// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.memory;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows the addresses of read-only memory of the user that messages hold. An inproc peer receives
 * that memory itself, and writing to a read-only mapping would end the process.
 */
public final class ReadOnlyMemory {
    /** The number of messages that hold each address. */
    private static final ConcurrentHashMap<Long, Integer> HELD = new ConcurrentHashMap<>();

    private ReadOnlyMemory() {}

    static void add(long address) {
        HELD.merge(address, 1, Integer::sum);
    }

    static void remove(long address) {
        HELD.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Returns whether read-only memory starts at an address. */
    public static boolean startsAt(long address) {
        return !HELD.isEmpty() && HELD.containsKey(address);
    }
}
