// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.memory;

import io.panamq.bindings.calls.ReleaseCalls;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The free function in C: it puts the node of a message, whose address is the number, on a list.
 * Nodes are never freed, but used again: there are as many as messages were ever held at once.
 */
final class NodeReleases extends ReleaseQueue {
    private static final int SLAB = 64;

    /** Of those that no message has; with room for all there are. */
    private long[] free = new long[SLAB];

    private int freeCount;
    private int count;

    /** Taken from C, and the newest first, as they came. By the one thread only. */
    private long taken;

    /** The others of those, in order. */
    private long oldest;

    @Override
    MemorySegment freeFunction(boolean mapped) {
        return ReleaseCalls.freeFunction(mapped);
    }

    @Override
    synchronized long newNumber() {
        if (freeCount == 0) {
            if (count + SLAB > free.length) {
                free = Arrays.copyOf(free, 2 * free.length);
            }
            long first = ReleaseCalls.nodes(SLAB);
            count += SLAB;
            for (int i = SLAB - 1; i >= 0; i--) {
                free[freeCount++] = first + i * ReleaseCalls.nodeSize();
            }
        }
        return free[--freeCount];
    }

    @Override
    synchronized void giveBack(long number) {
        free[freeCount++] = number;
    }

    @Override
    void prepare() {
        take(0); // links the function
    }

    @Override
    void await(long millis) {
        take(millis);
    }

    /** Turned round within the nodes: there may be no memory for anything else. */
    private void take(long millis) {
        if (taken == 0 && oldest == 0) {
            taken = ReleaseCalls.take(millis);
        }
        while (taken != 0) {
            long older = ReleaseCalls.next(taken);
            ReleaseCalls.setNext(taken, oldest);
            oldest = taken;
            taken = older;
        }
    }

    @Override
    long peek() {
        return oldest;
    }

    @Override
    void next() {
        oldest = ReleaseCalls.next(oldest);
    }
}
