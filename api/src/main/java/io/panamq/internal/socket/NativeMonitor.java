// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static io.panamq.bindings.calls.Constants.EVENT_ALL_V1;
import static io.panamq.bindings.calls.Constants.EVENT_PIPES_STATS;

import io.panamq.bindings.calls.DraftFunctions;
import io.panamq.bindings.calls.MonitorCalls;
import io.panamq.bindings.calls.MonitorDraftCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.error.Errno;
import io.panamq.internal.error.Failures;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Starts and stops the native monitor of a socket. It stops before the monitored socket or the
 * reader of its events is closed: without a reader libzmq's I/O thread would wait for ever at the
 * next event, and without the socket nothing could stop the monitor.
 *
 * <p>libzmq guards starting, stopping and sending events with a mutex of the socket, so any thread
 * may stop the monitor while the socket's owner is in a call.
 */
public final class NativeMonitor implements CloseHook {
    private final SocketCore monitored;
    private final SocketCore reader;
    private final MemorySegment capture = NativeMemory.errnoCapture();
    private final int version;
    private boolean running;

    public NativeMonitor(SocketCore monitored, SocketCore reader, int version) {
        this.version = version;
        this.monitored = monitored;
        this.reader = reader;
    }

    /** Returns the newest version of events that this libzmq sends: 1 or 2. */
    public static int version() {
        return DraftFunctions.hasVersionedMonitor() ? 2 : 1;
    }

    /**
     * Starts the monitor. The calling thread must be in a call of both sockets. The reader must be
     * connected to the endpoint already.
     *
     * @throws IllegalStateException if the socket has another monitor
     */
    public synchronized void start(String endpoint) {
        for (CloseHook hook : monitored.hooks()) {
            if (hook instanceof NativeMonitor other && other.monitored == monitored) {
                throw new IllegalStateException(
                        "monitor on "
                                + monitored.name
                                + ": it has one already, "
                                + other.reader.name
                                + ": close that first");
            }
        }
        int events = hasStatistics() ? EVENT_ALL_V1 | EVENT_PIPES_STATS : EVENT_ALL_V1;
        int result;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = NativeMemory.cString(endpoint, "endpoint", arena);
            MemorySegment handle = monitored.handle;
            result =
                    version == 2
                            ? MonitorDraftCalls.monitor(
                                    capture, handle, text, events, 2, SocketTraits.PAIR.number())
                            : MonitorCalls.monitor(capture, handle, text, events);
        }
        if (result < 0) {
            throw monitored.failure(result, "monitor", "");
        }
        running = true;
        monitored.addCloseHook(this);
        reader.addCloseHook(this);
    }

    /**
     * Asks for the statistics of all pipes, on the thread that owns the monitored socket. Returns
     * false if there are none.
     */
    public boolean requestStatistics() {
        String operation = "requestPipeStatistics";
        monitored.enter(operation);
        try {
            int result = askForStatistics(operation);
            if (Errno.of(-result) == Errno.EAGAIN) {
                return false;
            }
            if (result < 0) {
                throw monitored.failure(result, operation, "");
            }
            return true;
        } finally {
            monitored.exit();
        }
    }

    private synchronized int askForStatistics(String operation) {
        if (!running) {
            throw Failures.closed(operation, reader.name);
        }
        return hasStatistics()
                ? MonitorDraftCalls.requestStatistics(monitored.capture, monitored.handle)
                : -Errno.ENOTSUP.number();
    }

    private boolean hasStatistics() {
        return version == 2 && DraftFunctions.hasPipeStatistics();
    }

    /** Returns whether the monitored socket connects with CURVE. */
    public boolean isCurveClient() {
        return monitored.security.curveClient;
    }

    /** Returns whether the monitored socket connects with PLAIN. */
    public boolean isPlainClient() {
        return monitored.security.plainClient;
    }

    @Override
    public synchronized void beforeClose() {
        if (running) {
            running = false;
            // This does not block, because the reader is open and has no high-water mark.
            MonitorCalls.monitor(capture, monitored.handle, MemorySegment.NULL, 0);
            monitored.removeCloseHook(this);
            reader.removeCloseHook(this);
        }
    }
}
