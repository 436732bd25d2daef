// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.SocketClosedException;
import io.panamq.internal.poll.PollEntry;
import io.panamq.internal.socket.SocketCore;
import java.util.Objects;

/**
 * A socket, monitor or file descriptor that is registered with a {@link Poller}, and what the last
 * poll found there. For the poller's thread; its other methods throw {@link WrongThreadException}
 * elsewhere, those that only read do not check. {@code zmq_pollitem_t}.
 */
@SuppressWarnings("exports") // what it extends is hidden
public final class PollItem extends PollEntry {
    private final Object source;
    private final Object attachment;

    PollItem(Poller poller, Object source, SocketCore core, int fd, Object attachment, int events) {
        super(poller, core, fd, events);
        this.source = source;
        this.attachment = Objects.requireNonNull(attachment, "attachment");
    }

    /**
     * The bits of these events; throws if this socket, or null for a file descriptor, has others.
     */
    static int maskFor(SocketCore core, PollEvent[] events) {
        int mask = PollEvent.mask(events);
        if (core != null && (mask & ~(PollEvent.IN.bit() | PollEvent.OUT.bit())) != 0) {
            throw new IllegalArgumentException(
                    core.name + ": ERROR and PRIORITY are for file descriptors, not for sockets");
        }
        return mask;
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
        return hasFound(event.bit());
    }

    /**
     * Whether the socket or monitor was closed while it was registered, by whatever thread or with
     * its context. Then it is not registered any more, and the next poll reports it once.
     *
     * @return true if it was closed
     */
    @Override
    public boolean isClosed() {
        return super.isClosed();
    }

    /**
     * Whether the poller still waits for it.
     *
     * @return false once it was removed or closed, or the poller was closed
     */
    @Override
    public boolean isRegistered() {
        return super.isRegistered();
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
        watchFor(maskFor(core, newEvents));
    }

    /**
     * Stops waiting for it; it can be added again, as another item. Nothing happens if it was
     * removed or closed before. Does not block.
     *
     * @throws SocketClosedException if the poller is closed
     */
    @Override
    public void remove() {
        super.remove();
    }
}
