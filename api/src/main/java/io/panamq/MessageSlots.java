// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.NativeMemory;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/**
 * The 64-byte structures behind messages: taken from slabs, used again, never given back. Their
 * number is that of the messages that were ever open at the same time.
 *
 * <p>Stripes keep threads out of each other's way; an empty stripe takes from the others before it
 * makes a new slab, so that messages made by one thread and closed by another cannot pile up.
 */
final class MessageSlots {
    private static final int SLOT = 64;
    private static final int SLAB = 64;
    private static final MessageSlots[] STRIPES = new MessageSlots[8];

    static {
        for (int i = 0; i < STRIPES.length; i++) {
            STRIPES[i] = new MessageSlots();
        }
    }

    private final ArrayDeque<MemorySegment> free = new ArrayDeque<>(SLAB);

    private int made;

    private MessageSlots() {}

    /** A slot that holds nothing. */
    static MemorySegment take() {
        int own = stripe();
        for (int i = 0; i < STRIPES.length; i++) {
            MemorySegment slot = STRIPES[(own + i) % STRIPES.length].poll();
            if (slot != null) {
                return slot;
            }
        }
        return STRIPES[own].grow();
    }

    /** Gives back a slot whose message was closed. */
    static void give(MemorySegment slot) {
        STRIPES[stripe()].push(slot);
    }

    /** How many are taken: messages that are open, or were lost. */
    static int inUse() {
        int taken = 0;
        for (MessageSlots stripe : STRIPES) {
            synchronized (stripe) {
                taken += stripe.made - stripe.free.size();
            }
        }
        return taken;
    }

    private static int stripe() {
        return (int) (Thread.currentThread().threadId() % STRIPES.length);
    }

    private synchronized MemorySegment poll() {
        return free.pollLast();
    }

    private synchronized void push(MemorySegment slot) {
        free.addLast(slot);
    }

    private synchronized MemorySegment grow() {
        made += SLAB;
        // A line of the cache for each, so that two threads' messages do not share one.
        MemorySegment slab = NativeMemory.permanent((long) SLOT * SLAB, SLOT);
        for (int i = 1; i < SLAB; i++) {
            free.addLast(slab.asSlice((long) i * SLOT, SLOT));
        }
        return slab.asSlice(0, SLOT);
    }
}
