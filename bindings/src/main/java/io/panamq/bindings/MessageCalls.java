// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Messages: {@code zmq_msg_*} on 64-byte slots. One thread at a time for a slot; nothing is
 * checked, and {@code zmq_msg_data} of a closed slot would abort the process.
 */
public final class MessageCalls {
    private static final MethodHandle INIT_SIZE = Downcalls.plain("zmq_msg_init_size", Shapes.I_PJ);
    private static final MethodHandle CLOSE = Downcalls.plain("zmq_msg_close", Shapes.I_P);
    private static final MethodHandle DATA = Downcalls.leaf("zmq_msg_data", Shapes.P_P);
    private static final MethodHandle MORE = Downcalls.leaf("zmq_msg_more", Shapes.I_P);

    private MessageCalls() {}

    /**
     * {@code zmq_msg_init_size}: the only failure is ENOMEM, and then the slot is to be initialised
     * anew.
     *
     * @param message a slot that holds nothing
     * @param size bytes, 0 or more, not cleared
     * @return 0, or -1
     */
    public static int initSize(MemorySegment message, long size) {
        if (size <= InlineMessages.MAX) {
            InlineMessages.init(message, size);
            return 0;
        }
        return allocate(message, size);
    }

    /**
     * Where the content of a message just made by {@link #initSize} lies, without a call.
     *
     * @param message the slot
     * @param size its size
     * @return the address, or 0 if only {@link #data} can tell
     */
    public static long inlineData(MemorySegment message, long size) {
        return size <= InlineMessages.MAX ? message.address() + InlineMessages.OFFSET : 0;
    }

    /** As libzmq does it, whatever the size. */
    static int allocate(MemorySegment message, long size) {
        try {
            return (int) INIT_SIZE.invokeExact(message, size);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_msg_close}: cannot fail on an initialised slot.
     *
     * @param message an initialised {@code zmq_msg_t}
     */
    public static void close(MemorySegment message) {
        try {
            int ignored = (int) CLOSE.invokeExact(message);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_msg_data}.
     *
     * @param message an initialised {@code zmq_msg_t}
     * @return the address of the content
     */
    public static long data(MemorySegment message) {
        try {
            return ((MemorySegment) DATA.invokeExact(message)).address();
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_msg_more}.
     *
     * @param message an initialised {@code zmq_msg_t}
     * @return 1 if more frames of the same message follow
     */
    public static int more(MemorySegment message) {
        try {
            return (int) MORE.invokeExact(message);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * Makes an empty message, as {@code zmq_msg_init} does: one of no bytes needs no memory.
     *
     * @param message a slot that holds nothing
     */
    public static void init(MemorySegment message) {
        int ignored = initSize(message, 0);
    }
}
