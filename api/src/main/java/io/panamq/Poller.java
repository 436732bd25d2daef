// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import io.panamq.internal.guard.StackGuard;
import io.panamq.internal.poll.PollWakeup;
import io.panamq.internal.poll.PollerCore;
import io.panamq.internal.socket.Timeout;
import java.time.Duration;

/**
 * Waits for many sockets, monitors and file descriptors at once, each with an object of the
 * caller's. Made by {@link Context#poller}.
 *
 * {@snippet :
 * try (Poller poller = context.poller()) {
 *     poller.add(pull, (Runnable) this::onWork, PollEvent.IN);
 *     poller.add(sub, (Runnable) this::onNews, PollEvent.IN);
 *     while (running) {
 *         int ready = poller.poll(Duration.ofSeconds(1)); // 0 when the time is over
 *         for (int i = 0; i < ready; i++) {
 *             ((Runnable) poller.ready(i).attachment()).run();
 *         }
 *     }
 * }
 * }
 *
 * <p><strong>Rounds.</strong> {@code poll} blocks until something is ready, {@code tryPoll} does
 * not, {@code poll(Duration)} waits that long; each returns how many items are ready, which {@link
 * #ready} then gives, until the next poll. All that is ready is reported, in no particular order,
 * and again in the next round until it was received: no item can keep another from its turn. A
 * round allocates nothing on the Java heap. Its cost grows with the number of items, ready or not:
 * libzmq asks each socket.
 *
 * <p>A wait ends early and returns 0 after {@link #wakeup}. It ends within 50 ms like a blocked
 * {@code receive}: when its thread is interrupted ({@link OperationInterruptedException}, the flag
 * stays set), when the poller is closed by another thread ({@link SocketClosedException}), when the
 * context of the poller or of one of its sockets is shut down, or the poller's is closed ({@link
 * ContextTerminatedException}).
 *
 * <p><strong>Closed sockets.</strong> A registered socket may be closed at any time, by any thread,
 * or with its context. It is taken out before libzmq closes it, and never polled again. A wait ends
 * within 50 ms, and the next poll reports its item once, among the ready ones, with {@link
 * PollItem#isClosed}. A file descriptor must be removed before it is closed: the system may give
 * its number to another file.
 *
 * <p><strong>Thread.</strong> A poller belongs to the thread that first uses it, like a socket;
 * {@link #release} hands it over, {@link #wakeup} and {@link #close} are legal from any thread. So
 * registrations change between polls, also while ready items are handled (then an item that was
 * removed is no longer ready, and one that was added counts from the next poll on). While one
 * thread polls, another one that adds, changes or removes gets {@link WrongThreadException}: let it
 * hand the wish over and call {@link #wakeup}. Each poll takes the sockets as a receive would: one
 * that belongs to another thread is refused with {@link WrongThreadException}, and nothing is
 * polled. A poll occupies its platform thread; a virtual one parks and leaves its carrier to
 * others, but then it notices what becomes of file descriptors up to 20 ms late.
 */
@SuppressWarnings("exports") // what it extends is hidden
public final class Poller extends PollerCore<PollItem> implements AutoCloseable {
    private Poller(PollWakeup wakeup, boolean draft) {
        super(wakeup, draft);
    }

    /** With {@code zmq_poller} or with {@code zmq_poll}: they behave the same. */
    static Poller create(Context context, boolean draft) {
        StackGuard.require();
        return new Poller(new PollWakeup(context.core), draft);
    }

    // ---- registrations

    /**
     * Registers a socket. Does not block. {@code zmq_poller_add}.
     *
     * @param socket of this thread or free; it stays the caller's
     * @param attachment comes back from {@link PollItem#attachment}
     * @param events {@link PollEvent#IN}, {@link PollEvent#OUT}, both, or nothing: a pause
     * @return its item, to change or remove it
     * @throws IllegalArgumentException if it is registered here already, or for other events
     * @throws WrongThreadException if the poller or the socket belongs to another thread
     * @throws SocketClosedException if either is closed
     */
    public PollItem add(Socket socket, Object attachment, PollEvent... events) {
        int mask = PollItem.maskFor(socket.core(), events);
        return add(new PollItem(this, socket, socket.core(), -1, attachment, mask));
    }

    /**
     * Registers a monitor: it is ready when an event can be received. Does not block.
     *
     * @param monitor of this thread or free; it stays the caller's
     * @param attachment comes back from {@link PollItem#attachment}
     * @return its item, to remove it
     * @throws IllegalArgumentException if it is registered here already
     * @throws WrongThreadException as {@link #add(Socket, Object, PollEvent...)}
     * @throws SocketClosedException as {@link #add(Socket, Object, PollEvent...)}
     */
    public PollItem add(SocketMonitor monitor, Object attachment) {
        int mask = PollEvent.IN.bit();
        return add(new PollItem(this, monitor, monitor.core(), -1, attachment, mask));
    }

    /**
     * Registers a file descriptor of the operating system. Does not block. Not on Windows. {@code
     * zmq_poller_add_fd}.
     *
     * @param fd 0 or more; it stays the caller's, who removes it before closing it. One that is not
     *     open is ready, with {@link PollEvent#ERROR}
     * @param attachment comes back from {@link PollItem#attachment}
     * @param events nothing at all pauses it
     * @return its item, to change or remove it
     * @throws IllegalArgumentException if it is registered here already, or negative
     * @throws UnsupportedFeatureException ENOTSUP on Windows
     * @throws ZmqException EMFILE if there are more items than the process may have files open (256
     *     on systems other than Linux)
     */
    public PollItem add(int fd, Object attachment, PollEvent... events) {
        int mask = PollItem.maskFor(null, events);
        if (fd < 0) {
            throw new IllegalArgumentException("the file descriptor is negative: " + fd);
        }
        return add(new PollItem(this, null, null, fd, attachment, mask));
    }

    // ---- rounds

    /**
     * Waits until something is ready. <strong>Blocks.</strong> {@code zmq_poller_wait_all}, {@code
     * zmq_poll}.
     *
     * @return how many items are ready; 0 after {@link #wakeup}
     */
    public int poll() {
        return poll(Timeout.FOREVER);
    }

    /**
     * Waits until something is ready. <strong>Blocks</strong> for a time.
     *
     * @param timeout how long to wait at most, 0 for not at all
     * @return how many items are ready; 0 when the time is over and after {@link #wakeup}
     */
    public int poll(Duration timeout) {
        return poll(Timeout.nanos(timeout));
    }

    /**
     * Looks what is ready. Does not block.
     *
     * @return how many items are ready
     */
    public int tryPoll() {
        return poll(Timeout.NOT);
    }

    /**
     * One of the items that the last poll found ready, or closed.
     *
     * @param index from 0 to what the poll returned, exclusive
     * @return the item
     * @throws IndexOutOfBoundsException for another index
     */
    public PollItem ready(int index) {
        return found(index);
    }

    // ---- life

    /**
     * Ends the wait of the polling thread, or its next one if it does not wait now, with 0 ready
     * items unless there are some. From any thread; several before that count as one. Nothing
     * happens if the poller is closed. Does not block.
     */
    @Override
    public void wakeup() {
        super.wakeup();
    }

    /**
     * How many sockets, monitors and file descriptors are registered. One that was closed counts
     * until a poll has reported it.
     *
     * @return the number
     */
    @Override
    public int size() {
        return super.size();
    }

    /**
     * Gives the poller up: the next thread that uses it owns it. The sockets have to be released as
     * well, before the other thread polls.
     *
     * @throws WrongThreadException if it belongs to another thread
     * @throws SocketClosedException if it is closed
     */
    @Override
    public void release() {
        super.release();
    }

    /**
     * Whether the poller was closed.
     *
     * @return true after {@link #close} or its context's
     */
    @Override
    public boolean isClosed() {
        return super.isClosed();
    }

    /**
     * Closes the poller, from any thread; idempotent. The sockets stay open. A thread that polls is
     * woken with {@link SocketClosedException}. {@code zmq_poller_destroy}.
     */
    @Override
    public void close() {
        super.close();
    }
}
