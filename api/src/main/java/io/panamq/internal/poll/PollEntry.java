// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.poll;

import static io.panamq.bindings.calls.Constants.POLLIN;

import io.panamq.internal.socket.CloseHook;
import io.panamq.internal.socket.SocketCore;

/**
 * A socket or file descriptor that is registered with a poller, and what the last round found
 * there. Everything but the state is for the poller's owner.
 *
 * @hidden
 */
public class PollEntry {
    /** How an entry lives. */
    enum State {
        /** It is not registered yet. */
        NEW,
        /** It may reach C. */
        REGISTERED,
        /** Its socket was closed, or is about to be, and the next round reports that. */
        CLOSED,
        /** The owner took it out. */
        REMOVED
    }

    /** The socket; null for a file descriptor. */
    protected final SocketCore core;

    /** The file descriptor; -1 for a socket. */
    protected final int fd;

    private final PollerCore<?> poller;

    /** The events to wait for, as {@code ZMQ_POLLIN} and so on. */
    int events;

    /** The events that the last round found. */
    int found;

    /** Its place in the arrays of the poll set. */
    int index;

    /** The number by which {@code zmq_poller} knows it, or its place among the descriptors. */
    int tag;

    /** What {@link EpollRounds} knows of its socket; null if that does not serve it. */
    EpollLink news;

    /** What the socket knows of it, to tell the poll set before it is closed. */
    CloseHook link;

    /** What an event loop calls when it is ready; null outside of a loop. */
    Object loopHandler;

    /** Written under the gate of the poll set. */
    volatile State state = State.NEW;

    /** The poller is null for an entry that only the poll set knows. */
    protected PollEntry(PollerCore<?> poller, SocketCore core, int fd, int events) {
        assert (core == null) == (fd >= 0) : "either a socket or a file descriptor";
        this.poller = poller;
        this.core = core;
        this.fd = fd;
        this.events = events;
    }

    /** Whether it has frames that a batch left behind, which libzmq does not know any more. */
    final boolean isAhead() {
        return core != null && (events & POLLIN) != 0 && core.hasLeftovers();
    }

    /** Whether it is registered, so that it may reach C. */
    final boolean isActive() {
        return state == State.REGISTERED;
    }

    protected boolean isClosed() {
        return state == State.CLOSED;
    }

    protected boolean isRegistered() {
        return isActive() && !poller.isClosed();
    }

    /** Returns the events that the last round found; 0 if it is not registered any more. */
    protected final int found() {
        return isActive() ? found : 0;
    }

    /** Whether the last round found one of these events, and it is registered since. */
    protected final boolean hasFound(int some) {
        return (found & some) != 0 && isActive();
    }

    /** Waits for these events from the next round on. */
    protected final void watchFor(int newEvents) {
        poller.modify(this, newEvents);
    }

    protected void remove() {
        poller.remove(this);
    }

    /** Returns what is registered, and whether it still is. */
    @Override
    public String toString() {
        String name = core == null ? "file descriptor " + fd : core.name;
        return switch (state) {
            case NEW, REGISTERED -> "PollItem[" + name + ", " + poller + "]";
            case CLOSED -> "PollItem[" + name + ", closed]";
            case REMOVED -> "PollItem[" + name + ", removed]";
        };
    }
}
