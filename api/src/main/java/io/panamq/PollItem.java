// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/**
 * A socket, monitor or file descriptor that is registered with a {@link Poller}, and what the last
 * poll found there. For the poller's thread; its other methods throw {@link WrongThreadException}
 * elsewhere, those that only read do not check. {@code zmq_pollitem_t}.
 */
public final class PollItem {
    final SocketCore core;
    final int fd;
    final Dependent link;
    private final Poller poller;
    private final Object source;
    private final Object attachment;

    /** The events to wait for. */
    int events;

    /** Those that the last poll found. */
    int found;

    /** Its place in the poller's array. */
    int index;

    /** How libzmq's own poller knows it. */
    int tag;

    /** Not registered natively, not yet or no longer. Under the poller's gate. */
    boolean gone = true;

    private volatile boolean closed;
    private boolean removed;

    PollItem(Poller poller, Object source, SocketCore core, int fd, Object attachment, int events) {
        this.poller = poller;
        this.source = source;
        this.core = core;
        this.fd = fd;
        this.attachment = attachment;
        this.events = events;
        this.link = new Link(poller, this);
    }

    /** What the socket knows of it. */
    private record Link(Poller poller, PollItem item) implements Dependent {
        @Override
        public void beforeClose(SocketCore closing) {
            poller.forget(item);
        }
    }

    /**
     * The socket.
     *
     * @return as it was added; null if this is a monitor or a file descriptor
     */
    public Socket socket() {
        return source instanceof Socket socket ? socket : null;
    }

    /**
     * The monitor.
     *
     * @return as it was added; null if this is a socket or a file descriptor
     */
    public SocketMonitor monitor() {
        return source instanceof SocketMonitor monitor ? monitor : null;
    }

    /**
     * The file descriptor.
     *
     * @return as it was added; -1 if this is a socket or a monitor
     */
    public int fd() {
        return fd;
    }

    /**
     * The object that was added with it.
     *
     * @return the same object
     */
    public Object attachment() {
        return attachment;
    }

    /**
     * Whether something can be received.
     *
     * @return true if the last poll found it, and it was not removed or closed since
     */
    public boolean isReadable() {
        return isReady(PollEvent.IN);
    }

    /**
     * Whether something can be sent.
     *
     * @return true if the last poll found it, and it was not removed or closed since
     */
    public boolean isWritable() {
        return isReady(PollEvent.OUT);
    }

    /**
     * Whether the last poll found an event.
     *
     * @param event one of those it waits for; a file descriptor may also report an error without
     *     having been asked
     * @return true if the last poll found it, and it was not removed or closed since
     */
    public boolean isReady(PollEvent event) {
        return (found & event.bit()) != 0 && !closed;
    }

    /**
     * Whether the socket or monitor was closed while it was registered, by whatever thread or with
     * its context. Then it is not registered any more, and the next poll reports it once.
     *
     * @return true if it was closed
     */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Whether the poller still waits for it.
     *
     * @return false once it was removed or closed, or the poller was closed
     */
    public boolean isRegistered() {
        return !removed && !closed && !poller.isClosed();
    }

    /**
     * Changes what to wait for, from the next poll on. Does not block.
     *
     * @param newEvents nothing at all pauses it
     * @throws IllegalStateException if it was removed or closed
     * @throws IllegalArgumentException as {@link Poller#add(Socket, Object, PollEvent...)}
     * @throws SocketClosedException if the poller is closed
     */
    public void watch(PollEvent... newEvents) {
        poller.modify(this, checked(core, newEvents));
    }

    /**
     * Stops waiting for it; it can be added again, as another item. Nothing happens if it was
     * removed or closed before. Does not block.
     *
     * @throws SocketClosedException if the poller is closed
     */
    public void remove() {
        poller.remove(this);
    }

    @Override
    public String toString() {
        String name = core == null ? "file descriptor " + fd : core.name;
        return "PollItem["
                + name
                + (closed ? ", closed]" : removed ? ", removed]" : ", " + poller + "]");
    }

    static int checked(SocketCore core, PollEvent[] events) {
        int mask = PollEvent.mask(events);
        if (core != null && (mask & ~(PollEvent.IN.bit() | PollEvent.OUT.bit())) != 0) {
            throw new IllegalArgumentException(
                    core.name + ": ERROR and PRIORITY are for file descriptors, not for sockets");
        }
        return mask;
    }

    boolean isRemoved() {
        return removed;
    }

    void markRemoved() {
        removed = true;
        found = 0;
    }

    void markClosed() {
        closed = true;
    }
}
