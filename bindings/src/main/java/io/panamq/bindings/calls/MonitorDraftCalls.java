// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The draft functions for monitors; {@link DraftFunctions#hasVersionedMonitor} must be true. */
public final class MonitorDraftCalls {
    private static final MethodHandle MONITOR =
            Downcalls.capturing(
                    "zmq_socket_monitor_versioned",
                    FunctionDescriptor.of(
                            JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT));

    /** Linked when it is asked for: few programs do. */
    private static final class Statistics {
        static final MethodHandle REQUEST =
                Downcalls.capturing(
                        "zmq_socket_monitor_pipes_stats", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    }

    private MonitorDraftCalls() {}

    /**
     * Asks for an event about the queues of each peer: {@code zmq_socket_monitor_pipes_stats}.
     * {@link DraftFunctions#hasPipeStatistics} must be true.
     *
     * @param capture receives errno
     * @param socket an open socket of the calling thread, with a monitor
     * @return 0 or more, or the negated error number; EAGAIN if there is no peer
     */
    public static int requestStatistics(MemorySegment capture, MemorySegment socket) {
        try {
            int result = (int) Statistics.REQUEST.invokeExact(capture, socket);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * Starts the monitor of a socket: {@code zmq_socket_monitor_versioned}.
     *
     * @param capture receives errno
     * @param socket an open socket
     * @param endpoint a C string, an inproc endpoint; not a null pointer
     * @param events the bits of the events to send
     * @param version the version of the events, 1 or 2
     * @param type the number of the type of the socket that sends the events
     * @return 0 or more, or the negated error number
     */
    public static int monitor(
            MemorySegment capture,
            MemorySegment socket,
            MemorySegment endpoint,
            long events,
            int version,
            int type) {
        try {
            int result;
            do {
                result =
                        (int) MONITOR.invokeExact(capture, socket, endpoint, events, version, type);
            } while (result < 0 && Downcalls.isInterrupted(capture));
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
