// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.memory;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Where messages over read-only memory of the user start: an inproc peer receives the memory
 * itself, and writing to a read-only mapping would end the process.
 */
public final class ReadOnlyMemory {
    /** Addresses, and how many messages hold each. */
    private static final ConcurrentHashMap<Long, Integer> HELD = new ConcurrentHashMap<>();

    private ReadOnlyMemory() {}

    static void add(long address) {
        HELD.merge(address, 1, Integer::sum);
    }

    static void remove(long address) {
        HELD.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    public static boolean startsAt(long address) {
        return !HELD.isEmpty() && HELD.containsKey(address);
    }
}
