// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import io.panamq.internal.guard.StackGuard;
import io.panamq.internal.poll.PollMethod;
import io.panamq.internal.poll.PollWakeup;
import io.panamq.internal.poll.PollerCore;
import io.panamq.internal.socket.SocketCore;
import io.panamq.internal.socket.Timeout;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;

/**
 * Waits for many sockets, monitors and file descriptors at once. {@link Context#poller} makes one.
 *
 * {@snippet class="io.panamq.snippets.WaitSnippets" region="poll"}
 *
 * <p>A file descriptor is added by its number: {@code poller.add(fd, PollEvent.IN)}. An item needs
 * no action: keep what {@code add} returned and ask {@code item.isReadable()} after a poll, which
 * is JeroMQ's {@code pollin}; or go through the ready items and ask them for their {@link
 * PollItem#socket} or {@link PollItem#attachment}.
 *
 * <p><strong>Rounds.</strong> {@code poll()} waits until something is ready, {@code poll(Duration)}
 * waits up to the given time, and {@code tryPoll()} returns at once. Each returns how many items
 * are ready; {@link #ready()} returns these items, until the next poll. A round reports all items
 * that are ready, in no particular order, and the next round reports them again if they are still
 * ready: a busy socket does not hide the others. A round allocates nothing on the Java heap; a
 * for-each loop over {@link #ready()} makes an iterator, and {@code ready().get(i)} does not. The
 * cost of a round grows with the number of items, ready or not, because libzmq asks each socket.
 *
 * <p><strong>End of a wait.</strong> {@link #wakeup} makes a poll return 0. A wait ends with an
 * exception, within 50 ms, in these cases:
 *
 * <ul>
 *   <li>its thread is interrupted: {@link OperationInterruptedException}, and the interrupt flag
 *       stays set;
 *   <li>another thread closes the poller: {@link SocketClosedException};
 *   <li>the context of the poller is shut down or closed: {@link ContextTerminatedException};
 *   <li>a registered socket has another context, and that is shut down: {@link
 *       ContextTerminatedException}. If that context is closed, its sockets are reported as closed.
 * </ul>
 *
 * <p><strong>Closed sockets.</strong> Any thread may close a registered socket at any time, also by
 * closing its context. The poller then stops polling it. A wait ends within 50 ms, and the poll
 * reports the item once, among the ready ones, with {@link PollItem#isClosed}; if no poll waits,
 * the next one reports it. A file descriptor must be removed before it is closed, because the
 * system may give its number to another file.
 *
 * <p><strong>Thread.</strong> A new poller is free, like a new {@link Socket}: the first thread
 * that uses it becomes its owner. {@link #handOver} makes it free again. {@link #wakeup}, {@link
 * #close} and {@link #isClosed} may be called by any thread; all other methods throw {@link
 * WrongThreadException} if another thread than the owner calls them. So another thread that wants
 * to register something passes that request to the owner, for example through a queue, and calls
 * {@link #wakeup}. The owner adds, changes and removes items between polls. It may do so while it
 * goes through the ready items: an item that was removed is no longer ready, and an item that was
 * added takes part in the next poll.
 *
 * <p>A poll uses the registered sockets as a receive would. It takes those that are free. If one
 * belongs to another thread, it throws {@link WrongThreadException} and polls nothing. A virtual
 * thread parks while it waits and leaves its carrier thread to others, but it notices events of
 * file descriptors up to 20 ms late.
 *
 * <p>On Linux the cost of a poll does not depend on how many sockets are registered, but on how
 * many are ready or were used since the last poll. After a hand-over of the poller or of one of its
 * sockets the next poll goes through all of them once. File descriptors cost in each poll, and so
 * do all sockets of a poller that was given one without a descriptor: those that many threads may
 * use.
 */
@SuppressWarnings("exports") // what it extends is hidden
public final class Poller extends PollerCore<PollItem> implements AutoCloseable {
    private final List<PollItem> ready = new Ready();

    private Poller(PollWakeup wakeup, PollMethod method) {
        super(wakeup, method);
    }

    static Poller create(Context context, PollMethod method) {
        StackGuard.require();
        return new Poller(new PollWakeup(context.core), method);
    }

    // ---- registrations

    /**
     * Registers a socket. Returns at once. C function: {@code zmq_poller_add}.
     *
     * @param socket a socket of this thread, or a {@linkplain Socket free} one; the caller still
     *     closes it
     * @param event {@link PollEvent#IN} or {@link PollEvent#OUT}
     * @param more the other one, to wait for both
     * @return its item, to change or remove it, and to give it a handler or an attachment
     * @throws IllegalArgumentException if the socket is registered here already; if an event can
     *     never come, as IN for a PUSH; or if it is {@link PollEvent#ERROR} or {@link
     *     PollEvent#PRIORITY}
     * @throws WrongThreadException if the poller or the socket belongs to another thread
     * @throws SocketClosedException if the poller or the socket is closed
     */
    public PollItem add(Socket socket, PollEvent event, PollEvent... more) {
        SocketCore core = BaseSocket.of(socket).core().forPoller();
        return add(new PollItem(this, socket, core, -1, PollItem.maskFor(socket, event, more)));
    }

    /**
     * Registers a monitor. It is ready when an event can be received. Returns at once.
     *
     * @param monitor a monitor of this thread, or a {@linkplain SocketMonitor free} one; the caller
     *     still closes it
     * @return its item, to remove it, and to give it a handler or an attachment
     * @throws IllegalArgumentException if the monitor is registered here already
     * @throws WrongThreadException as {@link #add(Socket, PollEvent, PollEvent...)}
     * @throws SocketClosedException as {@link #add(Socket, PollEvent, PollEvent...)}
     */
    public PollItem add(SocketMonitor monitor) {
        Objects.requireNonNull(monitor, "monitor");
        return add(new PollItem(this, monitor, monitor.core(), -1, PollEvent.IN.bit()));
    }

    /**
     * Registers a file descriptor of the operating system, except on Windows. Returns at once. C
     * function: {@code zmq_poller_add_fd}.
     *
     * @param fd the descriptor, 0 or more; the caller removes the item before closing the
     *     descriptor. A descriptor that is not open is ready, with {@link PollEvent#ERROR}
     * @param event what to wait for
     * @param more more events to wait for
     * @return its item, to change or remove it, and to give it a handler or an attachment
     * @throws IllegalArgumentException if the descriptor is registered here already, or is negative
     * @throws UnsupportedFeatureException on Windows (ENOTSUP)
     * @throws WrongThreadException if the poller belongs to another thread
     * @throws SocketClosedException if the poller is closed
     * @throws ZmqException EMFILE if the poller would have more items than the process may have
     *     files open (256 on systems other than Linux)
     */
    public PollItem add(int fd, PollEvent event, PollEvent... more) {
        int mask = PollItem.maskFor(null, event, more);
        if (fd < 0) {
            throw new IllegalArgumentException("the file descriptor is negative: " + fd);
        }
        return add(new PollItem(this, null, null, fd, mask));
    }

    // ---- rounds

    /**
     * Waits until something is ready. C functions: {@code epoll_wait} and, for each socket that may
     * be ready, {@code zmq_getsockopt} with ZMQ_EVENTS on Linux; {@code zmq_poller_wait_all} or
     * {@code zmq_poll} elsewhere.
     *
     * @return how many items are ready; 0 after {@link #wakeup}
     */
    public int poll() {
        return poll(Timeout.FOREVER);
    }

    /**
     * Waits up to the given time until something is ready.
     *
     * @param timeout how long to wait at most, 0 for not at all
     * @return how many items are ready; 0 when the time is over and after {@link #wakeup}
     * @throws IllegalArgumentException if the time is negative
     */
    public int poll(Duration timeout) {
        return poll(Timeout.nanos(timeout));
    }

    /**
     * Checks what is ready, without waiting.
     *
     * @return how many items are ready
     */
    public int tryPoll() {
        return poll(Timeout.NOT);
    }

    /**
     * Returns the items that the last poll found ready or closed, for a loop over them.
     *
     * @return the items, of which those that are closed or removed meanwhile say so. The list ends
     *     with the next poll, and cannot be changed
     */
    public List<PollItem> ready() {
        return ready;
    }

    /** Shows what the last poll found. */
    private final class Ready extends AbstractList<PollItem> {
        @Override
        public PollItem get(int index) {
            return found(index);
        }

        @Override
        public int size() {
            return foundCount();
        }
    }

    // ---- life

    /**
     * Makes the poll that waits now return; if none does, the next poll will not wait. That poll
     * returns 0, unless items are ready. Any thread may call this, and it returns at once. Several
     * calls before that poll count as one. If the poller is closed, nothing happens.
     */
    @Override
    public void wakeup() {
        super.wakeup();
    }

    /**
     * Returns how many sockets, monitors and file descriptors are registered. A closed socket
     * counts until a poll has reported it.
     *
     * @return the number
     */
    @Override
    public int size() {
        return super.size();
    }

    /**
     * Hands the poller over to the next thread that uses it. Hand its sockets and monitors over as
     * well before the other thread polls.
     *
     * @throws WrongThreadException if it belongs to another thread
     * @throws SocketClosedException if it is closed
     */
    @Override
    public void handOver() {
        super.handOver();
    }

    /**
     * Returns whether the poller was closed.
     *
     * @return true after {@link #close}, or after the context was closed
     */
    @Override
    public boolean isClosed() {
        return super.isClosed();
    }

    /**
     * Closes the poller. Any thread may call this, also more than once. The sockets stay open. The
     * poll of a thread that waits throws {@link SocketClosedException}. C function: {@code
     * zmq_poller_destroy}.
     */
    @Override
    public void close() {
        super.close();
    }
}
