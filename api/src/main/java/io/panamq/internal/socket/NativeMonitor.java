// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.bindings.calls.DraftFunctions;
import io.panamq.bindings.calls.MonitorCalls;
import io.panamq.bindings.calls.MonitorDraftCalls;
import io.panamq.bindings.calls.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A native monitor, which stops before either of its sockets closes: without a reader libzmq's I/O
 * thread would wait in the next event for ever, and without the socket there is nothing to stop.
 *
 * <p>libzmq guards starting, stopping and sending events with a mutex of the socket, so any thread
 * may stop it while the socket's owner is in a call.
 */
public final class NativeMonitor implements CloseHook {
    /** All of version 1. The one that version 2 adds comes only when asked for, which is unsafe. */
    private static final int EVENTS = 0xFFFF;

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

    /** The newest version of events that this libzmq sends. */
    public static int version() {
        return DraftFunctions.versionedMonitor() ? 2 : 1;
    }

    /** Starts it; the reader is connected, and both are in a call of this thread. */
    public synchronized void start(String endpoint) {
        for (CloseHook dependent : monitored.dependents()) {
            if (dependent instanceof NativeMonitor other && other.monitored == monitored) {
                throw new IllegalStateException(
                        "monitor on "
                                + monitored.name
                                + ": it has one already, "
                                + other.reader.name
                                + ": close that first");
            }
        }
        int result;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = NativeMemory.cString(endpoint, "endpoint", arena);
            MemorySegment handle = monitored.handle;
            result =
                    version == 2
                            ? MonitorDraftCalls.monitor(
                                    capture, handle, text, EVENTS, 2, SocketTraits.PAIR.number())
                            : MonitorCalls.monitor(capture, handle, text, EVENTS);
        }
        if (result < 0) {
            throw monitored.failure(result, "monitor", "");
        }
        running = true;
        monitored.addDependent(this);
        reader.addDependent(this);
    }

    @Override
    public synchronized void beforeClose(SocketCore core) {
        if (running) {
            running = false;
            // The reader is there and has no high-water mark: this does not wait.
            MonitorCalls.monitor(capture, monitored.handle, MemorySegment.NULL, 0);
            monitored.removeDependent(this);
            reader.removeDependent(this);
        }
    }
}
