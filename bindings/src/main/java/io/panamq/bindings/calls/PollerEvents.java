// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.panamq.bindings.libzmq.zmq_poller_event_t;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A growing array of {@code zmq_poller_event_t}, and {@code zmq_poller_wait_all} into it; {@link
 * DraftFunctions#hasPoller} must be true. One thread at a time may use it; the array is freed with
 * this object.
 */
public final class PollerEvents {
    private static final MethodHandle WAIT =
            Downcalls.capturingWithLong(
                    "zmq_poller_wait_all",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, Downcalls.C_LONG));

    // These also hold where a descriptor has 8 bytes: one of 4 bytes is followed by padding.
    private static final long USER_DATA = zmq_poller_event_t.user_data$offset();
    private static final long EVENTS = zmq_poller_event_t.events$offset();
    private static final long SIZE = zmq_poller_event_t.sizeof();

    private MemorySegment events = MemorySegment.NULL;

    /** Creates an empty array. */
    public PollerEvents() {}

    /**
     * {@code zmq_poller_wait_all}: <strong>blocks</strong> until an entry is ready, up to the given
     * time.
     *
     * @param capture receives errno
     * @param poller from {@link PollerCalls#create}; its sockets and descriptors are open
     * @param most the number of events to write at most; if more entries are registered, the last
     *     ones starve
     * @param millis the time in milliseconds; 0 does not wait, -1 waits without a limit
     * @return the number of ready entries, or the negated error number: EAGAIN after the time
     */
    public int await(MemorySegment capture, MemorySegment poller, int most, long millis) {
        if (most * SIZE > events.byteSize()) {
            events = Arena.ofAuto().allocate(2 * SIZE * most, Long.BYTES);
        }
        try {
            int result = (int) WAIT.invokeExact(capture, poller, events, most, millis);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * Returns the tag of an entry that is ready.
     *
     * @param index from 0, less than {@link #await} returned
     * @return the tag that was given to {@link PollerCalls#add}
     */
    public long tag(int index) {
        return events.get(JAVA_LONG, index * SIZE + USER_DATA);
    }

    /**
     * Returns the events of an entry that is ready.
     *
     * @param index from 0, less than {@link #await} returned
     * @return {@code ZMQ_POLLIN} and so on
     */
    public int ready(int index) {
        return events.get(JAVA_SHORT, index * SIZE + EVENTS);
    }
}
