// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets any number of threads, platform or virtual, send through one socket on an {@link EventLoop}.
 * Made by {@link #on}.
 *
 * <p><strong>Queue.</strong> What is sent moves into a queue of fixed size, whose places are made
 * once (72 bytes of native memory each), and from there to libzmq in batches by the loop. When
 * libzmq is full the queue fills, and when the queue is full the convention of {@link Sender}
 * holds: {@code send} waits, {@code trySend} returns false, the overloads with a {@link Duration}
 * wait that long. A wait ends when its thread is interrupted ({@link
 * OperationInterruptedException}, the flag stays set), and when this or the socket, its loop or its
 * context is closed. Virtual threads park.
 *
 * <p><strong>Order.</strong> What one thread sends stays in order. Between threads there is none
 * but that: a send that returned comes before one that began later.
 *
 * <p><strong>Accepted</strong> means that it is in the queue. All that was accepted is given to
 * libzmq, which sends it within the socket's linger, or is counted in what {@link #close(Duration)}
 * returns; {@link EventLoop#stop} waits for it too. What libzmq refuses (an unknown peer of a
 * mandatory ROUTER, say) is dropped, and {@link EventLoop.Builder#onFailure} is told.
 */
public final class ConcurrentSender implements AutoCloseable {
    /** How many messages the queue holds, unless told otherwise. */
    public static final int CAPACITY = 4096;

    private static final long GRACE = TimeUnit.MILLISECONDS.toNanos(500);

    private final SendFront front;

    private ConcurrentSender(SendFront front) {
        this.front = front;
    }

    /**
     * Gives a socket to a loop, for many threads to send. Does not block.
     *
     * @param loop sends, and closes the socket when it ends
     * @param socket of this thread or free; the loop's from now on
     * @param <S> a socket that sends
     * @return for all threads
     * @throws IllegalArgumentException if it is of another context than the loop
     * @throws WrongThreadException if it belongs to another thread
     * @throws SocketClosedException if it is closed
     */
    public static <S extends Socket & Sender> ConcurrentSender on(EventLoop loop, S socket) {
        return on(loop, socket, CAPACITY);
    }

    /**
     * Gives a socket to a loop, see {@link #on(EventLoop, Socket)}.
     *
     * @param loop sends, and closes the socket when it ends
     * @param socket of this thread or free; the loop's from now on
     * @param capacity how many messages the queue holds at least, 1 to 2^24; rounded up to a power
     *     of two
     * @param <S> a socket that sends
     * @return for all threads
     * @throws IllegalArgumentException also if the capacity is out of range
     */
    public static <S extends Socket & Sender> ConcurrentSender on(
            EventLoop loop, S socket, int capacity) {
        if (capacity < 1 || capacity > 1 << 24) {
            throw new IllegalArgumentException("capacity is " + capacity + ", not in 1 to 2^24");
        }
        loop.checkContext(socket.core);
        socket.release();
        var front = new SendFront(loop, socket, new SendQueue(capacity));
        front.start();
        return new ConcurrentSender(front);
    }

    /**
     * Moves a message of one frame into the queue: it is left without content. Blocks while the
     * queue is full.
     *
     * @param message with content, of this thread
     * @return true
     * @throws IllegalStateException without content; or on the loop's thread if the queue is full,
     *     which would wait for itself
     * @throws SocketClosedException if this, the socket or the loop is closed; the message is
     *     untouched
     * @throws ContextTerminatedException if the context is closed or shut down
     */
    public boolean send(Message message) {
        return front.send(message, Waiting.FOREVER);
    }

    /**
     * Moves a message into the queue, see {@link #send(Message)}. Does not block.
     *
     * @param message with content, of this thread
     * @return true if it was accepted; false, and it is untouched, if the queue is full
     */
    public boolean trySend(Message message) {
        return front.send(message, Waiting.NOT);
    }

    /**
     * Moves a message into the queue, see {@link #send(Message)}. Blocks for a time.
     *
     * @param message with content, of this thread
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if it was accepted; false, and it is untouched, if the time is over
     */
    public boolean send(Message message, Duration timeout) {
        return front.send(message, Waiting.nanos(timeout));
    }

    /**
     * Moves all frames of a message into the queue, see {@link #send(Message)}: it is left empty.
     * Blocks while the queue is full.
     *
     * @param multipart at least one frame, each with content, of this thread
     * @return true
     */
    public boolean send(Multipart multipart) {
        return front.send(multipart, Waiting.FOREVER);
    }

    /**
     * Moves all frames of a message into the queue, see {@link #send(Multipart)}. Does not block.
     *
     * @param multipart at least one frame, each with content, of this thread
     * @return true if it was accepted; false, and it is untouched, if the queue is full
     */
    public boolean trySend(Multipart multipart) {
        return front.send(multipart, Waiting.NOT);
    }

    /**
     * Moves all frames of a message into the queue, see {@link #send(Multipart)}. Blocks for a
     * time.
     *
     * @param multipart at least one frame, each with content, of this thread
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if it was accepted; false, and it is untouched, if the time is over
     */
    public boolean send(Multipart multipart, Duration timeout) {
        return front.send(multipart, Waiting.nanos(timeout));
    }

    /**
     * Sends a copy of an array, see {@link #send(Message)}. Blocks while the queue is full.
     *
     * @param content all of it
     * @return true
     */
    public boolean send(byte[] content) {
        try (Message message = Message.of(content)) {
            return front.send(message, Waiting.FOREVER);
        }
    }

    /**
     * Sends a text as UTF-8, see {@link #send(Message)}. Blocks while the queue is full.
     *
     * @param content the text
     * @return true
     */
    public boolean send(String content) {
        return send(Utf8.encode(content));
    }

    /**
     * How many messages were accepted and not yet given to libzmq.
     *
     * @return at this moment
     */
    public long size() {
        return front.size();
    }

    /**
     * Accepts nothing any more, waits until what was accepted is with libzmq, and closes the
     * socket, which lingers. Whoever waits in a send gets {@link SocketClosedException}.
     * Idempotent. <strong>Blocks</strong> for this time at most, and a little for a loop that is
     * busy. On the loop's thread it does not wait: it gives to libzmq what there is room for.
     *
     * @param timeout how long to wait at most, 0 for not at all
     * @return how many messages were accepted and are lost, because libzmq had no room for them in
     *     time; later calls return the same. If the loop does not get round to it in this time and
     *     half a second more, since a handler does not return: how many wait for it. It closes the
     *     socket when it can, and only then later calls return what was lost in the end
     * @throws OperationInterruptedException if the thread is interrupted; the flag stays set, and
     *     the socket is closed without waiting
     */
    public long close(Duration timeout) {
        long nanos = Waiting.nanos(timeout);
        front.close(nanos);
        try {
            // The loop keeps the time; this is for one whose handler does not return.
            return front.result.get(
                    Math.min(nanos, Long.MAX_VALUE / 4) + GRACE, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return front.size();
        } catch (InterruptedException e) {
            front.close(Waiting.NOT);
            Thread.currentThread().interrupt();
            throw Failures.interrupted("close", toString());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Closes with 5 s of patience, see {@link #close(Duration)}; what is lost is logged as a
     * warning.
     */
    @Override
    public void close() {
        long ignored = close(Duration.ofSeconds(5));
    }

    /** As the socket. */
    @Override
    public String toString() {
        return "Concurrent " + front.socket;
    }
}
