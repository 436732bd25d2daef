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
 * An array of {@code zmq_poller_event_t} that grows, and {@code zmq_poller_wait_all} into it. Not
 * every libzmq has it: ask {@link DraftFunctions} first. One thread at a time; freed with this
 * object.
 */
public final class PollerEvents {
    private static final MethodHandle WAIT =
            Downcalls.capturingWithLong(
                    "zmq_poller_wait_all",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, Downcalls.C_LONG));

    // The same where a file descriptor has 8 bytes: there is padding behind one of 4.
    private static final long USER_DATA = zmq_poller_event_t.user_data$offset();
    private static final long EVENTS = zmq_poller_event_t.events$offset();
    private static final long SIZE = zmq_poller_event_t.sizeof();

    private MemorySegment events = MemorySegment.NULL;

    /** An empty array. */
    public PollerEvents() {}

    /**
     * {@code zmq_poller_wait_all}: <strong>blocks</strong> until something is ready, for the time
     * given.
     *
     * @param capture receives errno
     * @param poller from {@link PollerCalls#create}; what is registered is open
     * @param most how many events at most: as many as are registered, or the last ones starve
     * @param millis the time; 0 for not at all
     * @return how many are ready, or the negated error number: EAGAIN when the time is over
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
     * What was registered with what is ready.
     *
     * @param index below what {@link #await} returned
     * @return the number given to {@link PollerCalls#add}
     */
    public long tag(int index) {
        return events.get(JAVA_LONG, index * SIZE + USER_DATA);
    }

    /**
     * What is ready there.
     *
     * @param index below what {@link #await} returned
     * @return {@code ZMQ_POLLIN} and so on
     */
    public int ready(int index) {
        return events.get(JAVA_SHORT, index * SIZE + EVENTS);
    }
}
