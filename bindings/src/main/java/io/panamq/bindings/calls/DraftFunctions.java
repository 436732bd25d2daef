// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import io.panamq.bindings.NativeLibrary;

/** Tells which draft functions the loaded libzmq has, without linking them. Thread safe. */
public final class DraftFunctions {
    private static final boolean POLLER = has("zmq_poller_wait_all") && has("zmq_poller_remove_fd");
    private static final boolean MONITOR = has("zmq_socket_monitor_versioned");

    private static final boolean SOCKETS = has("zmq_join") && has("zmq_msg_set_routing_id");

    private DraftFunctions() {}

    private static boolean has(String function) {
        return NativeLibrary.find(function).isPresent();
    }

    /**
     * Returns whether {@link PollerCalls} and {@link PollerEvents} can be used.
     *
     * @return true if {@code zmq_poller_*} is exported
     */
    public static boolean hasPoller() {
        return POLLER;
    }

    /**
     * Returns whether the library has the draft types of sockets, and {@link DraftSocketCalls} can
     * be used.
     *
     * @return true if {@code zmq_join} and the like are exported
     */
    public static boolean hasSockets() {
        return SOCKETS;
    }

    /**
     * Returns whether {@link MonitorDraftCalls} can be used.
     *
     * @return true if {@code zmq_socket_monitor_versioned} is exported
     */
    public static boolean hasVersionedMonitor() {
        return MONITOR;
    }

    /**
     * Returns whether a monitor can be asked for the statistics of pipes. Another libzmq than the
     * bundled one may end the process then.
     *
     * @return true if {@link MonitorDraftCalls#requestStatistics} can be used
     */
    public static boolean hasPipeStatistics() {
        return MONITOR && NativeLibrary.isHardened("pipe-stats");
    }
}
