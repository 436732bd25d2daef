// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.memory;

import io.panamq.bindings.calls.ReleaseCalls;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A release queue whose free function is in C, {@link ReleaseCalls}. The number of a message is the
 * address of its node. Nodes are never freed, but used again: there are as many as messages were
 * held at the same time.
 */
final class NodeReleases extends ReleaseQueue {
    private static final int SLAB = 64;

    /** The nodes that no message has, with room for all nodes. */
    private long[] free = new long[SLAB];

    private int freeCount;
    private int count;

    /** The list that C gave, the newest node first. Only the release thread uses it. */
    private long taken;

    /** The same list in the order of release, as far as it was turned round. */
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
        take(0); // this links the function
        // The JDK initialises classes at the first access to memory. If the heap were full then, no
        // access of this thread would ever work again.
        long node = newNumber();
        ReleaseCalls.setNext(node, ReleaseCalls.next(node));
        giveBack(node);
    }

    @Override
    void await(long millis) {
        take(millis);
    }

    /** Takes the list from C and turns it round, within its nodes, so that no memory is needed. */
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
    void advance() {
        oldest = ReleaseCalls.next(oldest);
    }
}
