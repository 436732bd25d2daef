// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.panamq.bindings.NativeLibrary;
import java.lang.foreign.MemorySegment;

/**
 * Small messages: their content lies in the {@code zmq_msg_t} itself, which is plain data then,
 * without pointers to itself (libzmq passes it by value through its own queues). So libzmq makes
 * one of each size, once, and a copy of 64 bytes is as good as a call, at a third of its cost.
 *
 * <p>What is small, where the content lies, and how such messages differ from others, is found out
 * by asking libzmq.
 */
final class InlineMessages {
    private static final int SLOT = NativeLibrary.MESSAGE_SIZE;

    private static final MemorySegment TEMPLATES = NativeMemory.permanent((long) SLOT * SLOT, SLOT);
    private static final long FIRST = TEMPLATES.address();

    /** The largest size whose content is inline; -1 if there is none. */
    static final long MAX;

    /** Where in the structure the content starts. */
    static final long OFFSET;

    /** The one byte that tells inline messages from allocated ones, or -1: then that is unknown. */
    private static final int MARK;

    private static final byte INLINE;

    static {
        int size = 0;
        long offset = offset(0);
        while (size + 1 < SLOT && offset >= 0 && offset(size + 1) == offset) {
            size++;
        }
        MAX = offset >= 0 ? size : -1;
        OFFSET = offset;
        MARK = mark();
        INLINE = MARK < 0 ? 0 : TEMPLATES.get(JAVA_BYTE, MARK);
    }

    private InlineMessages() {}

    /** Makes the template, and tells where its content lies; negative if elsewhere. */
    private static long offset(int size) {
        MemorySegment slot = TEMPLATES.asSlice((long) size * SLOT, SLOT);
        if (MessageCalls.initBySize(slot, size) != 0) {
            return -1;
        }
        long offset = MessageCalls.dataOf(slot) - slot.address();
        if (offset >= 0 && offset + size <= SLOT) {
            return offset;
        }
        MessageCalls.close(slot);
        return -1;
    }

    /** Whether it is the same in all inline messages, and no content. */
    private static boolean isFixed(int index) {
        if (index >= OFFSET && index < OFFSET + MAX) {
            return false;
        }
        byte first = TEMPLATES.get(JAVA_BYTE, index);
        for (long size = 1; size <= MAX; size++) {
            if (TEMPLATES.get(JAVA_BYTE, size * SLOT + index) != first) {
                return false;
            }
        }
        return true;
    }

    /** The fixed byte that an allocated message has otherwise; -1 if it is not exactly one. */
    private static int mark() {
        MemorySegment allocated = NativeMemory.scratchSlot();
        if (MAX < 0 || MessageCalls.initBySize(allocated, SLOT) != 0) {
            return -1;
        }
        int mark = -1;
        int found = 0;
        for (int i = 0; i < SLOT; i++) {
            if (isFixed(i) && allocated.get(JAVA_BYTE, i) != TEMPLATES.get(JAVA_BYTE, i)) {
                mark = i;
                found++;
            }
        }
        MessageCalls.close(allocated);
        return found == 1 ? mark : -1;
    }

    /** Makes a message of at most {@link #MAX} bytes. */
    static void init(MemorySegment message, long size) {
        NativeMemory.copySlot(FIRST + size * SLOT, message.address());
    }

    /** Whether the content lies in the message; false also where that cannot be known. */
    static boolean isInline(MemorySegment message) {
        return MARK >= 0 && NativeMemory.getByte(message.address() + MARK) == INLINE;
    }
}
