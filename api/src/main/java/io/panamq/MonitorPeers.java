// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Follows the connections of a socket by its events: which are ready, which descriptor belongs to a
 * handshake, and whether a handshake that failed was one that this socket began. libzmq names a
 * connection by its two addresses, which several connections of ipc share.
 */
final class MonitorPeers {
    /** The connections with the same two addresses. */
    private static final class Group {
        int open;
        int ready;
        int failed;
        long fd = -1;
    }

    private final Map<String, Group> groups = new HashMap<>();

    /** The endpoints that this socket connects to. */
    private final Set<String> connecting = new HashSet<>();

    private int ready;
    private boolean endedSilently;

    /** Returns how many connections have finished their handshake and not ended. */
    int ready() {
        return ready;
    }

    /** Returns the descriptor of the connection with these addresses; -1 if it cannot be told. */
    long fd(String local, String remote) {
        Group group = groups.get(key(local, remote));
        return group == null || group.open != 1 ? -1 : group.fd;
    }

    private static String key(String local, String remote) {
        return local + ' ' + remote;
    }

    /** Returns whether this socket connects to the peer of the event. */
    boolean isOutgoing(MonitorEvent event) {
        return connecting.contains(event.remote());
    }

    void follow(MonitorEvent event) {
        endedSilently = false;
        switch (event) {
            case MonitorEvent.ConnectDelayed delayed -> connecting.add(delayed.remote());
            case MonitorEvent.Connected connected -> {
                connecting.add(connected.remote());
                open(connected, connected.fd());
            }
            case MonitorEvent.Accepted accepted -> open(accepted, accepted.fd());
            case MonitorEvent.HandshakeSucceeded succeeded -> {
                group(succeeded).ready++;
                ready++;
            }
            case MonitorEvent.HandshakeFailure failure -> group(failure).failed++;
            case MonitorEvent.Disconnected disconnected -> end(disconnected);
            default -> {}
        }
    }

    private Group group(MonitorEvent event) {
        return groups.computeIfAbsent(key(event.local(), event.remote()), addresses -> new Group());
    }

    private void open(MonitorEvent event, long fd) {
        Group group = group(event);
        group.open++;
        group.fd = fd;
    }

    /** Returns whether the last event was the end of a handshake of which nothing was told. */
    boolean endedSilently() {
        return endedSilently;
    }

    /** A connection that ends is one of those that failed, if there is one. */
    private void end(MonitorEvent.Disconnected event) {
        Group group = group(event);
        endedSilently = group.failed == 0 && group.ready == 0;
        group.open--;
        if (group.failed > 0) {
            group.failed--;
        } else if (group.ready > 0) {
            group.ready--;
            ready--;
        }
        if (group.open <= 0) {
            groups.remove(key(event.local(), event.remote()));
        }
    }
}
