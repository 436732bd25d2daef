// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static io.panamq.bindings.calls.Constants.POLLERR;
import static io.panamq.bindings.calls.Constants.POLLIN;
import static io.panamq.bindings.calls.Constants.POLLOUT;
import static io.panamq.bindings.calls.Constants.POLLPRI;

/**
 * What a {@link Poller} can wait for. For sockets that is {@link #IN} and {@link #OUT}; file
 * descriptors have all four.
 */
public enum PollEvent {
    /**
     * At least one message, or byte, can be received without waiting. C constant: {@code
     * ZMQ_POLLIN}.
     */
    IN(POLLIN),
    /**
     * At least one message, or byte, can be sent without waiting. Some socket types are always
     * ready to send, so that a poll that includes them never waits: PUB, XPUB, XSUB, STREAM, and
     * ROUTER if {@link SocketOption#ROUTER_MANDATORY} is false. A ROUTER is ready when any of its
     * peers has room. C constant: {@code ZMQ_POLLOUT}.
     */
    OUT(POLLOUT),
    /**
     * There is an error on a file descriptor, or it is not open. C constant: {@code ZMQ_POLLERR}.
     */
    ERROR(POLLERR),
    /** There is urgent data on a file descriptor. C constant: {@code ZMQ_POLLPRI}. */
    PRIORITY(POLLPRI);

    private final int bit;

    PollEvent(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }

    /** The bits of all these events; 0 for none. */
    static int mask(PollEvent[] events) {
        int mask = 0;
        for (PollEvent event : events) {
            mask |= event.bit;
        }
        return mask;
    }
}
