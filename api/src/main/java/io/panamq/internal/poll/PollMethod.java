// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.poll;

import io.panamq.bindings.calls.DraftFunctions;

/**
 * The ways in which a poller finds what is ready; they behave the same. With {@link #EPOLL} the
 * cost of a round depends on what is ready, and with the others on what is registered.
 *
 * <p>A new poller uses the first one that is present. The property {@code panamq.poller} with the
 * value {@code libzmq} leaves out {@link #EPOLL}.
 */
public enum PollMethod {
    /** Linux's epoll on the descriptors of the sockets, which are asked when they have news. */
    EPOLL,
    /** {@code zmq_poller_wait_all}, in a libzmq with drafts. */
    ZMQ_POLLER,
    /** {@code zmq_poll}, in every libzmq. */
    ZMQ_POLL;

    private static final boolean LINUX = System.getProperty("os.name", "").equals("Linux");
    private static final PollMethod CURRENT =
            LINUX && !System.getProperty("panamq.poller", "").equals("libzmq") ? EPOLL : ofLibzmq();

    /** Returns what new pollers use. */
    public static PollMethod current() {
        return CURRENT;
    }

    /** Returns the best one that works with every socket. */
    static PollMethod ofLibzmq() {
        return DraftFunctions.hasPoller() ? ZMQ_POLLER : ZMQ_POLL;
    }

    /** Returns whether it can be used here. */
    public boolean isPresent() {
        return switch (this) {
            case EPOLL -> LINUX;
            case ZMQ_POLLER -> DraftFunctions.hasPoller();
            case ZMQ_POLL -> true;
        };
    }
}
