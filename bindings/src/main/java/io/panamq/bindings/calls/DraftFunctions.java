// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import io.panamq.bindings.NativeLibrary;

/** Which draft functions the loaded libzmq has. Asking links none of them. Any thread. */
public final class DraftFunctions {
    private static final boolean POLLER = has("zmq_poller_wait_all") && has("zmq_poller_remove_fd");
    private static final boolean MONITOR = has("zmq_socket_monitor_versioned");

    private DraftFunctions() {}

    private static boolean has(String function) {
        return NativeLibrary.find(function).isPresent();
    }

    /**
     * Whether {@link PollerCalls} and {@link PollerEvents} can be used.
     *
     * @return true if {@code zmq_poller_*} is exported
     */
    public static boolean poller() {
        return POLLER;
    }

    /**
     * Whether {@link MonitorDraftCalls} can be used.
     *
     * @return true if {@code zmq_socket_monitor_versioned} is exported
     */
    public static boolean versionedMonitor() {
        return MONITOR;
    }
}
