// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.ZmqException;
import java.time.Duration;
import java.util.Objects;

/**
 * Probes of the kernel that find out whether the peers of tcp connections are still there. They
 * also keep routers on the way from forgetting a connection. {@link Heartbeat} is the same by
 * libzmq, over all transports.
 *
 * {@snippet class="io.panamq.snippets.OptionSnippets" region="keepalive"}
 *
 * @param idle silence before the first probe, in whole seconds; {@link
 *     SocketOption#TCP_KEEPALIVE_IDLE}. {@link SocketOption#FOREVER}: as the system does
 * @param interval time between probes, in whole seconds; {@link SocketOption#TCP_KEEPALIVE_INTVL}.
 *     {@link SocketOption#FOREVER}: as the system does
 * @param count probes without an answer after which the connection is dropped, 1 to 127; {@link
 *     SocketOption#TCP_KEEPALIVE_CNT}. -1: as the system does
 */
public record KeepAlive(Duration idle, Duration interval, int count) {
    /**
     * Makes a keep-alive.
     *
     * @throws IllegalArgumentException if a time is not in 1 s to 32767 s, or the count is out of
     *     range
     */
    public KeepAlive {
        TypedOption.check(SocketOption.TCP_KEEPALIVE_IDLE, idle);
        TypedOption.check(SocketOption.TCP_KEEPALIVE_INTVL, interval);
        TypedOption.check(SocketOption.TCP_KEEPALIVE_CNT, count);
        if (idle.isZero() || interval.isZero() || count == 0) {
            throw new IllegalArgumentException(
                    "idle "
                            + idle
                            + ", interval "
                            + interval
                            + ", count "
                            + count
                            + ": not all > 0");
        }
    }

    /**
     * Makes a keep-alive with the times of the system.
     *
     * @return the keep-alive
     */
    public static KeepAlive bySystem() {
        return new KeepAlive(SocketOption.FOREVER, SocketOption.FOREVER, -1);
    }

    /**
     * Switches keep-alive on for a socket, for tcp connections that are made from now on; {@link
     * SocketOption#TCP_KEEPALIVE} 0 switches it off. Is for the thread that owns the socket, and
     * returns at once. C function: {@code zmq_setsockopt}.
     *
     * @param socket any socket
     * @throws ZmqException what {@link Socket#set} throws
     */
    public void applyTo(Socket socket) {
        Objects.requireNonNull(socket, "socket");
        socket.set(SocketOption.TCP_KEEPALIVE, 1);
        socket.set(SocketOption.TCP_KEEPALIVE_IDLE, idle);
        socket.set(SocketOption.TCP_KEEPALIVE_INTVL, interval);
        socket.set(SocketOption.TCP_KEEPALIVE_CNT, count);
    }
}
