// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static io.panamq.bindings.calls.Constants.POLLERR;
import static io.panamq.bindings.calls.Constants.POLLIN;
import static io.panamq.bindings.calls.Constants.POLLOUT;
import static io.panamq.bindings.calls.Constants.POLLPRI;

/** What a {@link Poller} can wait for. */
public enum PollEvent {
    /** At least one message, or byte, can be received without blocking. {@code ZMQ_POLLIN}. */
    IN(POLLIN),
    /**
     * At least one message, or byte, can be sent without blocking. Beware of the types that are
     * always ready for it, so that a poll never waits: PUB, XPUB, XSUB, STREAM, and ROUTER without
     * {@code ZMQ_ROUTER_MANDATORY}. {@code ZMQ_POLLOUT}.
     */
    OUT(POLLOUT),
    /** An error on a file descriptor, also one that is not open. {@code ZMQ_POLLERR}. */
    ERROR(POLLERR),
    /** Urgent data on a file descriptor. {@code ZMQ_POLLPRI}. */
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
