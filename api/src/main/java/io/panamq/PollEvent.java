// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/** What a {@link Poller} can wait for. */
public enum PollEvent {
    /** At least one message, or byte, can be received without blocking. {@code ZMQ_POLLIN}. */
    IN(1),
    /**
     * At least one message, or byte, can be sent without blocking. Beware of the types that are
     * always ready for it, so that a poll never waits: PUB, XPUB, XSUB, STREAM, and ROUTER without
     * {@code ZMQ_ROUTER_MANDATORY}. {@code ZMQ_POLLOUT}.
     */
    OUT(2),
    /** An error on a file descriptor, also one that is not open. {@code ZMQ_POLLERR}. */
    ERROR(4),
    /** Urgent data on a file descriptor. {@code ZMQ_POLLPRI}. */
    PRIORITY(8);

    private final int bit;

    PollEvent(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }

    /** Both of them, or none: 0. */
    static int mask(PollEvent[] events) {
        int mask = 0;
        for (PollEvent event : events) {
            mask |= event.bit;
        }
        return mask;
    }
}
