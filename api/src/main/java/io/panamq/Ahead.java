// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.BatchCalls;
import io.panamq.bindings.MessageCalls;
import io.panamq.bindings.MessageProperties;
import io.panamq.bindings.NativeMemory;
import io.panamq.bindings.ReleaseCalls;
import java.lang.foreign.MemorySegment;

/**
 * Frames that a batch has received in one call, and that nobody has got yet: whoever receives next
 * gets them first. Only the bundled library can do that.
 */
final class Ahead {
    private static final int MOST = 64;
    private static final int SLOT = 64;

    /** Content that a leaf call may give up: in bytes. */
    private static final int LITTLE = 4096;

    /** And no free function of ours may be Java. */
    private static final boolean POSSIBLE = BatchCalls.isPresent() && ReleaseCalls.isPresent();

    private MemorySegment first;
    private MemorySegment[] slots;
    private int next;
    private int end;

    boolean isEmpty() {
        return next == end;
    }

    /**
     * Whether the socket allows it. What a conflating queue holds may still be replaced, and a
     * manual XPUB answers the message that libzmq handed out last.
     */
    static boolean suits(SocketCore core) {
        return POSSIBLE && !core.conflate && core.type != SocketType.XPUB;
    }

    /** Takes what is there, without waiting; only when it is empty. Returns how many. */
    int fill(MemorySegment handle, int max) {
        if (slots == null) {
            first = NativeMemory.scratchSlots(MOST);
            slots = new MemorySegment[MOST];
            for (int i = 0; i < MOST; i++) {
                slots[i] = first.asSlice((long) i * SLOT, SLOT);
                MessageCalls.init(slots[i]);
            }
        }
        next = 0;
        end = BatchCalls.receivePlain(handle, first, Math.min(max, MOST));
        return end;
    }

    /**
     * Moves the next frame; what the slot held is given up. Returns the size, clipped to an int.
     */
    int moveInto(MemorySegment slot) {
        if (MessageProperties.size(slot) > LITTLE) {
            MessageCalls.close(slot);
            MessageCalls.init(slot);
        }
        MemorySegment frame = slots[next++];
        MessageProperties.move(slot, frame);
        return (int) Math.min(MessageProperties.size(slot), Integer.MAX_VALUE);
    }

    /** The socket is closed, and what it had received with it. */
    void dispose() {
        while (next < end) {
            MessageCalls.close(slots[next++]);
        }
    }
}
