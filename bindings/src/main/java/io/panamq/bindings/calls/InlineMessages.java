// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.panamq.bindings.NativeLibrary;
import java.lang.foreign.MemorySegment;

/**
 * Makes small messages without a call. Their content lies in the {@code zmq_msg_t} itself, which is
 * then plain data without pointers to itself (libzmq passes it by value through its own queues). So
 * libzmq makes one message of each size, once, and copying its 64 bytes does what a call would do,
 * at a third of the cost.
 *
 * <p>This class finds out from libzmq itself which sizes are small, where their content lies, and
 * which byte tells such messages from others.
 */
final class InlineMessages {
    private static final int SLOT = NativeLibrary.MESSAGE_SIZE;

    private static final MemorySegment TEMPLATES = NativeMemory.permanent((long) SLOT * SLOT, SLOT);
    private static final long FIRST = TEMPLATES.address();

    /** The largest size in bytes whose content is inline; -1 if there is none. */
    static final long MAX;

    /** The bytes before the content in the structure. */
    static final long OFFSET;

    /** The offset of the byte that tells inline messages from allocated ones; -1 if unknown. */
    private static final int MARK;

    /** What that byte is in inline messages. */
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

    /** Makes the template of a size. Returns the offset of its content; -1 if it is not inline. */
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

    /** Returns whether a byte is the same in all inline messages and does not hold content. */
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

    /** Finds the one fixed byte that differs in an allocated message; -1 if there is not one. */
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

    /** Makes a message of 0 to {@link #MAX} bytes in a slot that holds nothing. */
    static void init(MemorySegment message, long size) {
        NativeMemory.copySlot(FIRST + size * SLOT, message.address());
    }

    /** Returns whether the content lies in the message; false also if that is unknown. */
    static boolean isInline(MemorySegment message) {
        return MARK >= 0 && NativeMemory.getByte(message.address() + MARK) == INLINE;
    }
}
