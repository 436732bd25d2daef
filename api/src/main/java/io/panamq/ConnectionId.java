// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.Objects;
import java.util.Optional;

/**
 * Identifies a connection of a socket while it lasts: the key of a map that finds the client whose
 * connection has ended. When a message comes:
 *
 * {@snippet class="io.panamq.snippets.WaitSnippets" region="come"}
 *
 * <p>And when events of a {@link SocketMonitor} come:
 *
 * {@snippet class="io.panamq.snippets.WaitSnippets" region="gone"}
 *
 * <p>It is the number of the connection's descriptor, which the system gives to the next connection
 * as soon as this one has ended. So remove the entry at {@link MonitorEvent.Disconnected}, which
 * comes before the {@link MonitorEvent.Accepted} of the next one; and know that a message which is
 * received after that event may still be one of the old connection.
 *
 * @param fd the number, 0 or more
 */
public record ConnectionId(long fd) {
    /** Makes an id; throws IllegalArgumentException if the number is negative. */
    public ConnectionId {
        if (fd < 0) {
            throw new IllegalArgumentException("not a descriptor: " + fd);
        }
    }

    /**
     * Returns the connection that a message came through. Returns at once; the message must belong
     * to the calling thread.
     *
     * @param message a message that was received
     * @return the connection; empty if the message was not received, or came over inproc
     * @throws IllegalStateException if the message has no content
     */
    public static Optional<ConnectionId> of(Message message) {
        return Objects.requireNonNull(message, "message")
                .metadata("__fd")
                .map(fd -> new ConnectionId(Long.parseLong(fd)));
    }
}
