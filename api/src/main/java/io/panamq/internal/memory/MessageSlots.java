// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.memory;

import io.panamq.bindings.calls.NativeMemory;
import io.panamq.internal.guard.StackGuard;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A pool of the slots of 64 bytes that hold {@code zmq_msg_t} structures. Slots are allocated in
 * slabs and used again, but their memory is never freed: there are as many as messages were open at
 * the same time.
 *
 * <p>Each thread uses one of several stripes, so that threads rarely compete for a lock. An empty
 * stripe takes slots from the others before it makes a new slab. So there is no growth if one
 * thread makes messages and another closes them.
 *
 * <p>A stack overflow cannot lose a slot, because no call follows the statement that takes it.
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

    /** Takes a slot that holds nothing. */
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
    public static void giveBack(MemorySegment slot) {
        STRIPES[stripe()].push(slot);
    }

    /** Returns how many slots are taken, by messages that are open or were lost. */
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
        // Each slot has its own cache line, so that messages of two threads do not share one.
        MemorySegment slab = NativeMemory.permanent((long) SLOT * SLAB, SLOT);
        made += SLAB;
        for (int i = 1; i < SLAB; i++) {
            push(slab.asSlice((long) i * SLOT, SLOT));
        }
        return slab.asSlice(0, SLOT);
    }
}
