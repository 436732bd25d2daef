// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

/**
 * How a socket connects again after a connection has failed or broken.
 *
 * {@snippet class="io.panamq.snippets.OptionSnippets" region="reconnect"}
 *
 * @param interval pause before the next attempt; {@link SocketOption#RECONNECT_IVL}. 0 or {@link
 *     SocketOption#FOREVER}: it does not connect again. libzmq adds up to as much at random
 * @param longest pause up to which it doubles with each attempt; {@link
 *     SocketOption#RECONNECT_IVL_MAX}. 0: it does not grow
 * @param stopAfter failures after which it does not connect again; {@link
 *     SocketOption#RECONNECT_STOP}
 */
public record Reconnect(Duration interval, Duration longest, Set<ReconnectStop> stopAfter) {
    /**
     * Makes a policy.
     *
     * @throws IllegalArgumentException if a time is negative or more than 24 days, or if {@code
     *     longest} is neither 0 nor at least {@code interval}: libzmq would ignore it
     */
    public Reconnect {
        TypedOption.check(SocketOption.RECONNECT_IVL, interval);
        TypedOption.check(SocketOption.RECONNECT_IVL_MAX, longest);
        stopAfter = Set.copyOf(Objects.requireNonNull(stopAfter, "stopAfter"));
        if (!longest.isZero() && longest.compareTo(interval) < 0) {
            throw new IllegalArgumentException(
                    "the longest pause, " + longest + ", is less than the interval, " + interval);
        }
    }

    /**
     * Makes a policy that tries again at a fixed pace, for ever.
     *
     * @param interval pause before each attempt
     * @return the policy
     * @throws IllegalArgumentException if the time is negative or more than 24 days
     */
    public static Reconnect every(Duration interval) {
        return new Reconnect(interval, Duration.ZERO, Set.of());
    }

    /**
     * Makes a policy that tries once.
     *
     * @return the policy
     */
    public static Reconnect never() {
        return every(SocketOption.FOREVER);
    }

    /**
     * Returns this policy with a pause that doubles with each attempt.
     *
     * @param time pause up to which it grows
     * @return a new policy
     * @throws IllegalArgumentException if the time is less than the interval, or more than 24 days
     */
    public Reconnect growingTo(Duration time) {
        return new Reconnect(interval, time, stopAfter);
    }

    /**
     * Returns this policy with failures after which it does not connect again. They are a draft.
     *
     * @param failures all such failures
     * @return a new policy
     */
    public Reconnect stoppingAfter(ReconnectStop... failures) {
        return new Reconnect(
                interval,
                longest,
                Set.copyOf(Arrays.asList(Objects.requireNonNull(failures, "failures"))));
    }

    /**
     * Sets the options of a socket, for connections that are made from now on; {@link
     * SocketOption#RECONNECT_STOP} only if there are failures to stop after, or drafts. Is for the
     * thread that owns the socket, and returns at once. C function: {@code zmq_setsockopt}.
     *
     * @param socket any socket
     * @throws UnsupportedFeatureException ENOTSUP if there are failures to stop after, and libzmq
     *     was built without drafts
     * @throws ZmqException what else {@link Socket#set} throws
     */
    public void applyTo(Socket socket) {
        Objects.requireNonNull(socket, "socket");
        if (!stopAfter.isEmpty() || Zmq.has(Capability.DRAFT)) {
            socket.set(SocketOption.RECONNECT_STOP, stopAfter);
        }
        socket.set(SocketOption.RECONNECT_IVL, interval);
        socket.set(SocketOption.RECONNECT_IVL_MAX, longest);
    }
}
