// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** What a libzmq with drafts has beside {@link MonitorCalls}: ask {@link DraftFunctions} first. */
public final class MonitorDraftCalls {
    private static final MethodHandle MONITOR =
            Downcalls.capturing(
                    "zmq_socket_monitor_versioned",
                    FunctionDescriptor.of(
                            JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT));

    private MonitorDraftCalls() {}

    /**
     * Starts the monitor of a socket: {@code zmq_socket_monitor_versioned}.
     *
     * @param capture receives errno
     * @param socket an open socket
     * @param endpoint of the inproc transport, a C string, never null
     * @param events a mask
     * @param version of the events, 1 or 2
     * @param type of the socket that sends them
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
