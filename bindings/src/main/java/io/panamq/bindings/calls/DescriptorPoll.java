// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.panamq.bindings.Platform;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * {@code zmq_poll} over one socket, which comes first, and any number of raw descriptors, all for
 * readability. For one thread; the array grows and is freed with this object.
 */
public final class DescriptorPoll {
    private static final MethodHandle POLL =
            MethodHandles.explicitCastArguments(
                    Downcalls.capturing(
                            "zmq_poll",
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, Downcalls.C_LONG)),
                    MethodType.methodType(
                            int.class,
                            MemorySegment.class,
                            MemorySegment.class,
                            int.class,
                            long.class));

    private static final short READABLE = 1;
    private static final int FD = 8;

    /** A descriptor is an int, but on Windows a handle. */
    private static final int FD_SIZE = Platform.current().os().equals("windows") ? 8 : 4;

    private static final int EVENTS = FD + FD_SIZE;
    private static final int FOUND = EVENTS + 2;
    private static final int SIZE = FD_SIZE == 8 ? 24 : 16;

    private final MemorySegment capture = NativeMemory.errnoCapture();
    private MemorySegment items = room(16);
    private int count;

    /**
     * With its socket.
     *
     * @param socket stays open as long as this is used
     */
    public DescriptorPoll(MemorySegment socket) {
        items.set(JAVA_LONG_UNALIGNED, 0, socket.address());
        items.set(JAVA_SHORT_UNALIGNED, EVENTS, READABLE);
        count = 1;
    }

    private static MemorySegment room(long items) {
        return Arena.ofAuto().allocate(items * SIZE, 8);
    }

    /**
     * How many there are.
     *
     * @return with the socket, which has the index 0
     */
    public int count() {
        return count;
    }

    /**
     * Appends a descriptor.
     *
     * @param fd what {@code ZMQ_FD} gave
     */
    public void add(long fd) {
        if ((long) SIZE * count == items.byteSize()) {
            MemorySegment larger = room(2L * count);
            MemorySegment.copy(items, 0, larger, 0, items.byteSize());
            items = larger;
        }
        MemorySegment item = items.asSlice((long) SIZE * count, SIZE);
        item.fill((byte) 0);
        if (FD_SIZE == 8) {
            item.set(JAVA_LONG_UNALIGNED, FD, fd);
        } else {
            item.set(JAVA_INT_UNALIGNED, FD, (int) fd);
        }
        item.set(JAVA_SHORT_UNALIGNED, EVENTS, READABLE);
        count++;
    }

    /**
     * Puts the last in the place of this one.
     *
     * @param index 1 or more
     */
    public void remove(int index) {
        count--;
        MemorySegment.copy(items, (long) SIZE * count, items, (long) SIZE * index, SIZE);
    }

    /**
     * {@code zmq_poll}: blocks.
     *
     * @param millis how long at most; -1 for ever
     * @return how many are ready, or the negated error number
     */
    public int poll(long millis) {
        try {
            int result = (int) POLL.invokeExact(capture, items, count, millis);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * Whether the last poll found it readable or broken.
     *
     * @param index from 0
     * @return true if so
     */
    public boolean isReady(int index) {
        return items.get(JAVA_SHORT_UNALIGNED, (long) SIZE * index + FOUND) != 0;
    }
}
