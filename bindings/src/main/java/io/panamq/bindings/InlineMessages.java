// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import java.lang.foreign.MemorySegment;

/**
 * Small messages: their content lies in the {@code zmq_msg_t} itself, which is plain data then,
 * without pointers to itself (libzmq passes it by value through its own queues). So libzmq makes
 * one of each size, once, and a copy of 64 bytes is as good as a call, at a third of its cost.
 *
 * <p>What is small, and where the content lies, is found out by asking libzmq.
 */
final class InlineMessages {
    private static final int SLOT = LibraryProbe.MSG_T_SIZE;

    private static final MemorySegment TEMPLATES = NativeMemory.permanent((long) SLOT * SLOT, SLOT);
    private static final long FIRST = TEMPLATES.address();

    /** The largest size whose content is inline; -1 if there is none. */
    static final long MAX;

    /** Where in the structure the content starts. */
    static final long OFFSET;

    static {
        int size = 0;
        long offset = offset(0);
        while (size + 1 < SLOT && offset >= 0 && offset(size + 1) == offset) {
            size++;
        }
        MAX = offset >= 0 ? size : -1;
        OFFSET = offset;
    }

    private InlineMessages() {}

    /** Makes the template, and tells where its content lies; negative if elsewhere. */
    private static long offset(int size) {
        MemorySegment slot = TEMPLATES.asSlice((long) size * SLOT, SLOT);
        if (MessageCalls.allocate(slot, size) != 0) {
            return -1;
        }
        long offset = MessageCalls.data(slot) - slot.address();
        if (offset >= 0 && offset + size <= SLOT) {
            return offset;
        }
        MessageCalls.close(slot);
        return -1;
    }

    /** Makes a message of at most {@link #MAX} bytes. */
    static void init(MemorySegment message, long size) {
        long from = FIRST + size * SLOT;
        long to = message.address();
        for (int i = 0; i < SLOT; i += Long.BYTES) {
            NativeMemory.setLong(to + i, NativeMemory.getLong(from + i));
        }
    }
}
