// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.ReleaseCalls;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The free function in C: it puts the node of a message, whose address is the number, on a list.
 * Nodes are never freed, but used again: there are as many as messages were ever held at once.
 */
final class NodeReleases extends ReleaseList {
    private static final int SLAB = 64;

    /** The JVM ends while the thread waits in C: that is no matter, and nothing has to wake it. */
    private static final long WAIT_MILLIS = 60_000;

    private long[] free = new long[SLAB];
    private int freeCount;

    /** Taken from C and not handed out yet, in order from {@link #at}. By the one thread only. */
    private long[] released = new long[SLAB];

    private int at;
    private int releasedCount;

    @Override
    MemorySegment freeFunction(boolean mapped) {
        return ReleaseCalls.freeFunction(mapped);
    }

    @Override
    synchronized long newNumber() {
        if (freeCount == 0) {
            long first = ReleaseCalls.nodes(SLAB);
            for (int i = SLAB - 1; i >= 0; i--) {
                free[freeCount++] = first + i * ReleaseCalls.nodeSize();
            }
        }
        return free[--freeCount];
    }

    @Override
    synchronized void giveBack(long number) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * freeCount);
        }
        free[freeCount++] = number;
    }

    @Override
    void prepare() {
        take(0); // links the function
    }

    @Override
    void await() {
        take(WAIT_MILLIS);
    }

    /** The list has the newest first. */
    private void take(long millis) {
        at = 0;
        releasedCount = 0;
        for (long node = ReleaseCalls.take(millis); node != 0; node = ReleaseCalls.next(node)) {
            if (releasedCount == released.length) {
                released = Arrays.copyOf(released, 2 * releasedCount);
            }
            released[releasedCount++] = node;
        }
        for (int i = 0, j = releasedCount - 1; i < j; i++, j--) {
            long newer = released[i];
            released[i] = released[j];
            released[j] = newer;
        }
    }

    @Override
    long poll() {
        return at < releasedCount ? released[at++] : 0;
    }
}
