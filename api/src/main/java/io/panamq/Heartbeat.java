// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.ZmqException;
import java.time.Duration;
import java.util.Objects;

/**
 * Pings that find out whether peers are still there. A peer that does not answer, because its host
 * or the network is down, is disconnected: then it counts as gone, and a socket that connects tries
 * again. Without heartbeats only TCP can notice, which takes minutes, or for ever.
 *
 * {@snippet class="io.panamq.snippets.OptionSnippets" region="heartbeat"}
 *
 * @param interval time between two pings; {@link SocketOption#HEARTBEAT_IVL}. 0: no pings
 * @param timeout time after a ping within which something must arrive; {@link
 *     SocketOption#HEARTBEAT_TIMEOUT}. 0: any time
 * @param ttl silence after which the peer shall give this side up, which it is told with the pings,
 *     in steps of 100 ms; {@link SocketOption#HEARTBEAT_TTL}. 0: it is not told
 */
public record Heartbeat(Duration interval, Duration timeout, Duration ttl) {
    /**
     * Makes a heartbeat.
     *
     * @throws IllegalArgumentException if a time is negative, {@code ttl} is more than 6553.599 s,
     *     or another is more than 24 days
     */
    public Heartbeat {
        TypedOption.check(SocketOption.HEARTBEAT_IVL, interval);
        TypedOption.check(SocketOption.HEARTBEAT_TIMEOUT, timeout);
        TypedOption.check(SocketOption.HEARTBEAT_TTL, ttl);
    }

    /**
     * Makes a heartbeat with a time-out of the interval, as libzmq does by default, that tells the
     * peer nothing.
     *
     * @param interval time between two pings
     * @return the heartbeat
     * @throws IllegalArgumentException if the time is negative or more than 24 days
     */
    public static Heartbeat every(Duration interval) {
        return new Heartbeat(interval, interval, Duration.ZERO);
    }

    /**
     * Returns this heartbeat with another time-out.
     *
     * @param time time after a ping within which something must arrive
     * @return a new heartbeat
     * @throws IllegalArgumentException if the time is negative or more than 24 days
     */
    public Heartbeat withTimeout(Duration time) {
        return new Heartbeat(interval, time, ttl);
    }

    /**
     * Returns this heartbeat with another time to live.
     *
     * @param time silence after which the peer shall give this side up
     * @return a new heartbeat
     * @throws IllegalArgumentException if the time is negative or more than 6553.599 s
     */
    public Heartbeat withTtl(Duration time) {
        return new Heartbeat(interval, timeout, time);
    }

    /**
     * Sets the three options of a socket, for connections that are made from now on. Is for the
     * thread that owns the socket, and returns at once. C function: {@code zmq_setsockopt}.
     *
     * @param socket any socket
     * @throws ZmqException what {@link Socket#set} throws
     */
    public void applyTo(Socket socket) {
        Objects.requireNonNull(socket, "socket");
        socket.set(SocketOption.HEARTBEAT_IVL, interval);
        socket.set(SocketOption.HEARTBEAT_TIMEOUT, timeout);
        socket.set(SocketOption.HEARTBEAT_TTL, ttl);
    }
}
