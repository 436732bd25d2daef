// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Calls on messages: {@code zmq_msg_*} on slots of 64 bytes. One thread at a time may use a slot.
 * Nothing is checked: {@code zmq_msg_data} on a closed message would abort the process.
 */
public final class MessageCalls {
    /** The largest content in bytes that a leaf call may allocate, because it must be short. */
    static final long LITTLE = 4096;

    private static final MethodHandle INIT = Downcalls.leaf("zmq_msg_init", Shapes.I_P);
    private static final MethodHandle INIT_SIZE = Downcalls.plain("zmq_msg_init_size", Shapes.I_PJ);
    private static final MethodHandle CLOSE = Downcalls.plain("zmq_msg_close", Shapes.I_P);
    private static final MethodHandle DATA = Downcalls.leaf("zmq_msg_data", Shapes.P_P);
    private static final MethodHandle MORE = Downcalls.leaf("zmq_msg_more", Shapes.I_P);

    /** Null without the bundled library, whose allocator finds little memory in nanoseconds. */
    private static final MethodHandle ALLOCATE =
            Downcalls.leafIfPresent("panamq_allocate", Shapes.P_PJ);

    private MessageCalls() {}

    /**
     * {@code zmq_msg_init_size}. The only failure is ENOMEM: then the slot holds nothing.
     *
     * @param message a slot that holds nothing
     * @param size the size of the content in bytes, 0 or more; the content is not cleared
     * @return the address of the content, or 0 if there is no memory
     */
    public static long allocate(MemorySegment message, long size) {
        if (size <= InlineMessages.MAX) {
            InlineMessages.init(message, size);
            return message.address() + InlineMessages.OFFSET;
        }
        if (size <= LITTLE && ALLOCATE != null) {
            return allocateLittle(message, size);
        }
        return initBySize(message, size) == 0 ? dataOf(message) : 0;
    }

    private static long allocateLittle(MemorySegment message, long size) {
        try {
            return ((MemorySegment) ALLOCATE.invokeExact(message, size)).address();
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** Calls {@code zmq_msg_init_size} itself, for each size. Returns 0, or -1 for ENOMEM. */
    static int initBySize(MemorySegment message, long size) {
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
        boolean ignored = closeIfOpen(message);
    }

    /**
     * {@code zmq_msg_close}, of a message that libzmq may have closed already.
     *
     * @param message a {@code zmq_msg_t} that is initialised or was closed
     * @return whether it was still open
     */
    public static boolean closeIfOpen(MemorySegment message) {
        try {
            return (int) CLOSE.invokeExact(message) >= 0;
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * Moves a message as {@code zmq_msg_move} does, and leaves it empty and initialised.
     *
     * @param message an initialised {@code zmq_msg_t}
     * @param to the address of a slot that holds nothing
     */
    public static void move(MemorySegment message, long to) {
        NativeMemory.copySlot(message.address(), to);
        init(message);
    }

    /**
     * {@code zmq_msg_data}.
     *
     * @param message an initialised {@code zmq_msg_t}
     * @return the address of the content
     */
    public static long data(MemorySegment message) {
        return InlineMessages.isInline(message)
                ? message.address() + InlineMessages.OFFSET
                : dataOf(message);
    }

    /** Calls {@code zmq_msg_data} itself, also if the content is inline. */
    static long dataOf(MemorySegment message) {
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
     * {@code zmq_msg_init}: makes an empty message; it cannot fail. Copying the 64 bytes of an
     * empty message in Java is not faster, and takes some 15 microseconds in the interpreter.
     *
     * @param message a slot that holds nothing
     */
    public static void init(MemorySegment message) {
        try {
            int ignored = (int) INIT.invokeExact(message);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
