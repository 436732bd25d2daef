// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.panamq.bindings.Platform;
import io.panamq.bindings.libzmq.zmq_pollitem_t;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A growing array of {@code zmq_pollitem_t}, and {@code zmq_poll} on it. Indices are checked,
 * sockets are not. One thread at a time may use it; the array is freed with this object.
 */
public final class PollItems {
    private static final MethodHandle POLL =
            Downcalls.capturingWithLong(
                    "zmq_poll",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, Downcalls.C_LONG));

    /** On Windows a descriptor is a SOCKET of 8 bytes, and the fields after it lie higher. */
    private static final boolean WIDE = Platform.current().os().equals("windows");

    private static final long SOCKET = zmq_pollitem_t.socket$offset();
    private static final long FD = zmq_pollitem_t.fd$offset();
    private static final long EVENTS = WIDE ? 16 : zmq_pollitem_t.events$offset();
    private static final long REVENTS = WIDE ? 18 : zmq_pollitem_t.revents$offset();
    private static final long SIZE = WIDE ? 24 : zmq_pollitem_t.sizeof();

    private static final int FIRST_CAPACITY = 16;

    private MemorySegment items = room(FIRST_CAPACITY);

    /** Creates an empty array. */
    public PollItems() {}

    private static MemorySegment room(long count) {
        return Arena.ofAuto().allocate(count * SIZE, Long.BYTES);
    }

    /**
     * Writes an item, and lets the array grow if it is too short. The item is not ready until the
     * next {@link #poll}.
     *
     * @param index of the item, from 0
     * @param socket an open socket, or a null pointer to poll the descriptor
     * @param fd a descriptor, used only without a socket; a negative one is never ready
     * @param events {@code ZMQ_POLLIN} and so on
     */
    public void set(int index, MemorySegment socket, long fd, int events) {
        long at = index * SIZE;
        if (at + SIZE > items.byteSize()) {
            MemorySegment larger = room(Math.max(2 * items.byteSize() / SIZE, index + 1L));
            items = larger.copyFrom(items);
        }
        items.set(ADDRESS, at + SOCKET, socket);
        if (WIDE) {
            items.set(JAVA_LONG, at + FD, fd);
        } else {
            items.set(JAVA_INT, at + FD, (int) fd);
        }
        items.set(JAVA_SHORT, at + EVENTS, (short) events);
        items.set(JAVA_SHORT, at + REVENTS, (short) 0);
    }

    /**
     * Returns which events the last {@link #poll} found.
     *
     * @param index of the item
     * @return {@code ZMQ_POLLIN} and so on, 0 for none
     */
    public int ready(int index) {
        return items.get(JAVA_SHORT, index * SIZE + REVENTS);
    }

    /**
     * {@code zmq_poll}: <strong>blocks</strong> until an item is ready, up to the given time.
     *
     * @param capture receives errno
     * @param count the number of items to poll, from the first on
     * @param millis the time in milliseconds; 0 does not wait, -1 waits without a limit
     * @return the number of items that are ready, or the negated error number
     */
    public int poll(MemorySegment capture, int count, long millis) {
        if (count * SIZE > items.byteSize()) {
            throw new IndexOutOfBoundsException(count);
        }
        try {
            int result = (int) POLL.invokeExact(capture, items, count, millis);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** Returns the offsets and the size in use, for the test of the layout. */
    static long[] layout() {
        return new long[] {SOCKET, FD, EVENTS, REVENTS, SIZE};
    }
}
