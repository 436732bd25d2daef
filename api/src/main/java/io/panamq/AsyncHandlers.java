// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.concurrent.ConcurrentHashMap;

/** The sockets that {@link AsyncSocket} gave to a loop, until they have ended. Thread safe. */
final class AsyncHandlers {
    private final ConcurrentHashMap<SocketCore, AsyncHandler> bySocket = new ConcurrentHashMap<>();

    /** Each socket once. */
    void add(AsyncHandler handler) {
        if (bySocket.putIfAbsent(handler.socket.core, handler) != null) {
            throw new IllegalStateException(
                    handler.loop + " has " + handler.socket + " already: use that AsyncSocket");
        }
    }

    void remove(AsyncHandler handler) {
        bySocket.remove(handler.socket.core, handler);
    }

    /** On the loop's thread: those whose end found no memory go on with it. */
    void endAgain() {
        for (AsyncHandler each : bySocket.values()) {
            each.endAgain();
        }
    }

    /** On the loop's thread, at its end. */
    void endAll() {
        for (AsyncHandler each : bySocket.values()) {
            each.abandoned();
        }
    }
}
