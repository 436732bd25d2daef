// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.SocketClosedException;
import io.panamq.internal.poll.PollEntry;
import io.panamq.internal.socket.SocketCore;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A socket, monitor or file descriptor that is registered with a {@link Poller}, with what the last
 * poll found. {@link Poller#add(Socket, PollEvent, PollEvent...)} and its overloads return it. It
 * is to be used by the thread that owns the poller. {@link #watch}, {@link #pause}, {@link #resume}
 * and {@link #remove} throw {@link WrongThreadException} on another thread; the other methods do
 * not check the thread. All methods return at once, except {@link #run}, which returns when the
 * action does. C type: {@code zmq_pollitem_t}.
 */
@SuppressWarnings("exports") // what it extends is hidden
public final class PollItem extends PollEntry {
    private final @Nullable Object source;
    private @Nullable Object attachment;
    private @Nullable Runnable handler;

    /** What {@link #resume} waits for again. */
    private int watched;

    PollItem(
            Poller poller, @Nullable Object source, @Nullable SocketCore core, int fd, int events) {
        super(poller, core, fd, events);
        this.source = source;
        this.watched = events;
    }

    /**
     * Returns the bits of these events; throws if they are not for this socket or monitor, which is
     * null for a file descriptor.
     */
    static int maskFor(@Nullable Object source, PollEvent event, PollEvent[] more) {
        int mask =
                Objects.requireNonNull(event, "event").bit()
                        | PollEvent.mask(Objects.requireNonNull(more, "more"));
        if (source != null && (mask & ~(PollEvent.IN.bit() | PollEvent.OUT.bit())) != 0) {
            throw new IllegalArgumentException(
                    source + ": ERROR and PRIORITY are for file descriptors, not for sockets");
        }
        if (source instanceof Socket) {
            if ((mask & PollEvent.IN.bit()) != 0 && !(source instanceof ReceivingSocket)) {
                throw new IllegalArgumentException(source + " cannot receive: IN would never come");
            }
            if ((mask & PollEvent.OUT.bit()) != 0 && !(source instanceof SendingSocket)) {
                throw new IllegalArgumentException(source + " cannot send: OUT would never come");
            }
        }
        return mask;
    }

    /**
     * Returns the socket.
     *
     * @return the socket that was added; null if this is a monitor or a file descriptor
     */
    public @Nullable Socket socket() {
        return source instanceof Socket socket ? socket : null;
    }

    /**
     * Returns the monitor.
     *
     * @return the monitor that was added; null if this is a socket or a file descriptor
     */
    public @Nullable SocketMonitor monitor() {
        return source instanceof SocketMonitor monitor ? monitor : null;
    }

    /**
     * Returns the file descriptor.
     *
     * @return the descriptor that was added; -1 if this is a socket or a monitor
     */
    public int fd() {
        return fd;
    }

    /**
     * Attaches an object of your choice, which {@link #attachment} returns, in place of the one
     * before.
     *
     * @param object any object but a {@link PollEvent}, which is to be given to {@code add}
     * @return this
     * @throws IllegalArgumentException if it is a {@link PollEvent}
     */
    public PollItem attach(Object object) {
        if (Objects.requireNonNull(object, "object") instanceof PollEvent) {
            throw new IllegalArgumentException(
                    object + " is no attachment: give the events to add or watch");
        }
        attachment = object;
        return this;
    }

    /**
     * Returns the object that was attached.
     *
     * @return what was given to {@link #attach}; null if nothing was
     */
    public @Nullable Object attachment() {
        return attachment;
    }

    /**
     * Sets what {@link #run} does, in place of what it did before.
     *
     * @param action runs on the thread that calls {@link #run}
     * @return this
     */
    public PollItem onReady(Runnable action) {
        handler = Objects.requireNonNull(action, "action");
        return this;
    }

    /**
     * Runs the action of {@link #onReady}, for an item that a poll has found; what the action
     * throws reaches the caller. Does nothing if the item is not ready any more, because it was
     * removed, or because its socket was closed.
     *
     * @throws IllegalStateException if the item has no action
     */
    public void run() {
        if (handler == null) {
            throw new IllegalStateException(this + " has no action: give it one with onReady");
        }
        if (found() != 0) {
            handler.run();
        }
    }

    /**
     * Returns whether something can be received.
     *
     * @return true if the last poll found it, and the item was not removed or closed since
     */
    public boolean isReadable() {
        return isReady(PollEvent.IN);
    }

    /**
     * Returns whether something can be sent.
     *
     * @return true if the last poll found it, and the item was not removed or closed since
     */
    public boolean isWritable() {
        return isReady(PollEvent.OUT);
    }

    /**
     * Returns whether the last poll found the given event.
     *
     * @param event one of the events that the item waits for, or {@link PollEvent#ERROR}, which a
     *     file descriptor may report at any time
     * @return true if the last poll found it, and the item was not removed or closed since
     */
    public boolean isReady(PollEvent event) {
        return hasFound(Objects.requireNonNull(event, "event").bit());
    }

    /**
     * Returns whether the socket or monitor was closed while it was registered, by any thread or
     * with its context. The item is then not registered any more, and one poll reports it as ready.
     *
     * @return true if it was closed
     */
    @Override
    public boolean isClosed() {
        return super.isClosed();
    }

    /**
     * Returns whether the item is still registered with the poller.
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
     * @param event what to wait for
     * @param more more events to wait for
     * @throws WrongThreadException if the poller belongs to another thread
     * @throws IllegalStateException if the item was removed, or its socket was closed
     * @throws IllegalArgumentException as {@link Poller#add(Socket, PollEvent, PollEvent...)}
     * @throws SocketClosedException if the poller is closed
     */
    public void watch(PollEvent event, PollEvent... more) {
        int events = maskFor(source, event, more);
        watchFor(events);
        watched = events;
    }

    /**
     * Makes the item wait for nothing, from the next poll on, until {@link #resume} or {@link
     * #watch}. It stays registered. A file descriptor may still report {@link PollEvent#ERROR}.
     *
     * @throws WrongThreadException if the poller belongs to another thread
     * @throws IllegalStateException if the item was removed, or its socket was closed
     * @throws SocketClosedException if the poller is closed
     */
    public void pause() {
        watchFor(0);
    }

    /**
     * Makes the item wait again for what it waited for before {@link #pause}.
     *
     * @throws WrongThreadException if the poller belongs to another thread
     * @throws IllegalStateException if the item was removed, or its socket was closed
     * @throws SocketClosedException if the poller is closed
     */
    public void resume() {
        watchFor(watched);
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
