// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.memory;

import io.panamq.bindings.calls.NativeMemory;
import io.panamq.internal.guard.StackGuard;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The 64-byte structures behind messages: taken from slabs, used again, never given back. Their
 * number is that of the messages that were ever open at the same time.
 *
 * <p>Stripes keep threads out of each other's way; an empty stripe takes from the others before it
 * makes a new slab, so that messages made by one thread and closed by another cannot pile up.
 *
 * <p>Where the stack ends, a slot is taken or given back, or it is not: no call comes in between.
 */
public final class MessageSlots {
    private static final int SLOT = 64;
    private static final int SLAB = 64;
    private static final MessageSlots[] STRIPES = new MessageSlots[8];

    static {
        for (int i = 0; i < STRIPES.length; i++) {
            STRIPES[i] = new MessageSlots();
        }
    }

    private MemorySegment[] free = new MemorySegment[SLAB];
    private int count;
    private int made;

    private MessageSlots() {}

    /** A slot that holds nothing. */
    public static MemorySegment take() {
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
    public static void give(MemorySegment slot) {
        STRIPES[stripe()].push(slot);
    }

    /** How many are taken: messages that are open, or were lost. */
    public static int inUse() {
        int taken = 0;
        for (MessageSlots stripe : STRIPES) {
            synchronized (stripe) {
                taken += stripe.made - stripe.count;
            }
        }
        return taken;
    }

    private static int stripe() {
        return (int) (Thread.currentThread().threadId() % STRIPES.length);
    }

    private synchronized MemorySegment poll() {
        return count == 0 ? null : free[--count];
    }

    private synchronized void push(MemorySegment slot) {
        if (count == free.length) {
            free = Arrays.copyOf(free, 2 * count);
        }
        free[count++] = slot;
    }

    private synchronized MemorySegment grow() {
        StackGuard.requireLittle();
        // A line of the cache for each, so that two threads' messages do not share one.
        MemorySegment slab = NativeMemory.permanent((long) SLOT * SLAB, SLOT);
        made += SLAB;
        for (int i = 1; i < SLAB; i++) {
            push(slab.asSlice((long) i * SLOT, SLOT));
        }
        return slab.asSlice(0, SLOT);
    }
}
