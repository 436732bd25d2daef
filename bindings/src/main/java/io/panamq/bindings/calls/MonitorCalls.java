// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Calls {@code zmq_socket_monitor}, which libzmq guards with a mutex: any thread may call it while
 * the socket is open.
 */
public final class MonitorCalls {
    private static final MethodHandle MONITOR =
            Downcalls.capturing(
                    "zmq_socket_monitor",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));

    private MonitorCalls() {}

    /**
     * Starts or stops the monitor of a socket: {@code zmq_socket_monitor}. If it stops a monitor,
     * it <strong>blocks</strong> until its last event is sent, for which its peer needs room.
     *
     * @param capture receives errno
     * @param socket an open socket
     * @param endpoint a C string, an inproc endpoint; a null pointer stops the monitor
     * @param events the bits of the events to send
     * @return 0 or more, or the negated error number
     */
    public static int monitor(
            MemorySegment capture, MemorySegment socket, MemorySegment endpoint, int events) {
        try {
            int result;
            do {
                result = (int) MONITOR.invokeExact(capture, socket, endpoint, events);
            } while (result < 0 && Downcalls.isInterrupted(capture));
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
