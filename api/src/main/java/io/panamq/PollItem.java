// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.SocketClosedException;
import io.panamq.internal.poll.PollEntry;
import io.panamq.internal.socket.SocketCore;
import java.util.Objects;

/**
 * A socket, monitor or file descriptor that is registered with a {@link Poller}, with its
 * attachment and with what the last poll found. It is to be used by the thread that owns the
 * poller. {@link #watch} and {@link #remove} throw {@link WrongThreadException} on another thread;
 * the other methods do not check the thread. C type: {@code zmq_pollitem_t}.
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
     * @return the socket that was added; null if this is a monitor or a file descriptor
     */
    public Socket socket() {
        return source instanceof Socket socket ? socket : null;
    }

    /**
     * The monitor.
     *
     * @return the monitor that was added; null if this is a socket or a file descriptor
     */
    public SocketMonitor monitor() {
        return source instanceof SocketMonitor monitor ? monitor : null;
    }

    /**
     * The file descriptor.
     *
     * @return the descriptor that was added; -1 if this is a socket or a monitor
     */
    public int fd() {
        return fd;
    }

    /**
     * The attachment: the object that was given to {@code add}.
     *
     * @return the same object
     */
    public Object attachment() {
        return attachment;
    }

    /**
     * Whether something can be received.
     *
     * @return true if the last poll found it, and the item was not removed or closed since
     */
    public boolean isReadable() {
        return isReady(PollEvent.IN);
    }

    /**
     * Whether something can be sent.
     *
     * @return true if the last poll found it, and the item was not removed or closed since
     */
    public boolean isWritable() {
        return isReady(PollEvent.OUT);
    }

    /**
     * Whether the last poll found the given event.
     *
     * @param event one of the events that the item waits for, or {@link PollEvent#ERROR}, which a
     *     file descriptor may report at any time
     * @return true if the last poll found it, and the item was not removed or closed since
     */
    public boolean isReady(PollEvent event) {
        return hasFound(event.bit());
    }

    /**
     * Whether the socket or monitor was closed while it was registered, by any thread or with its
     * context. The item is then not registered any more, and one poll reports it as ready.
     *
     * @return true if it was closed
     */
    @Override
    public boolean isClosed() {
        return super.isClosed();
    }

    /**
     * Whether the item is still registered with the poller.
     *
     * @return false after the item was removed, its socket was closed, or the poller was closed
     */
    @Override
    public boolean isRegistered() {
        return super.isRegistered();
    }

    /**
     * Changes what the item waits for, from the next poll on. Returns at once.
     *
     * @param newEvents what to wait for; with none the item is paused
     * @throws WrongThreadException if the poller belongs to another thread
     * @throws IllegalStateException if the item was removed, or its socket was closed
     * @throws IllegalArgumentException as {@link Poller#add(Socket, Object, PollEvent...)}
     * @throws SocketClosedException if the poller is closed
     */
    public void watch(PollEvent... newEvents) {
        watchFor(maskFor(core, newEvents));
    }

    /**
     * Removes the item from the poller. What it stands for can be added again, as another item.
     * Nothing happens if the item was removed, or its socket was closed, before. Returns at once.
     *
     * @throws WrongThreadException if the poller belongs to another thread
     * @throws SocketClosedException if the poller is closed
     */
    @Override
    public void remove() {
        super.remove();
    }
}
