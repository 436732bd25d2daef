// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.concurrent.ConcurrentHashMap;

/** The sockets that {@link AsyncSocket} gave to a loop, until they have ended. Thread safe. */
final class AsyncHandlers {
    private final ConcurrentHashMap<SocketCore, AsyncSocketHandler> bySocket =
            new ConcurrentHashMap<>();

    /** Each socket once. */
    void add(AsyncSocketHandler handler) {
        if (bySocket.putIfAbsent(handler.socket.core, handler) != null) {
            throw new IllegalStateException(
                    handler.loop + " has " + handler.socket + " already: use that AsyncSocket");
        }
    }

    void remove(AsyncSocketHandler handler) {
        bySocket.remove(handler.socket.core, handler);
    }

    /** On the loop's thread, at its end. */
    void endAll() {
        for (AsyncSocketHandler each : bySocket.values()) {
            each.abandoned();
        }
    }
}
