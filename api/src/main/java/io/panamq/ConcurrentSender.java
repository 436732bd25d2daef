// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationCancelledException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import io.panamq.internal.socket.SendTurnQueue;
import io.panamq.internal.socket.SocketCore;
import io.panamq.internal.socket.Timeout;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/**
 * Lets any number of threads, platform or virtual, send through one socket. Made by {@link #of}.
 *
 * {@snippet :
 * PushSocket push = context.push();
 * push.connect("tcp://127.0.0.1:5555");
 * ConcurrentSender sender = ConcurrentSender.of(push);
 * for (int i = 0; i < 8; i++) {
 *     Thread.startVirtualThread(() -> sender.send("from any thread"));
 * }
 * }
 *
 * <p><strong>Queue.</strong> The threads send one after the other, straight to libzmq: its queue,
 * with the socket's high-water marks, is the only one. What one thread sends stays in order, and a
 * send that returned comes before one that begins later; there is no other order between threads,
 * and none is preferred. The convention of {@link Sender} holds: {@code send} waits while there is
 * no room, until the socket's {@link SocketOption#SNDTIMEO} is over; {@code trySend} returns false
 * then; the overloads with a {@link Duration} wait that long, for room or for their turn. True
 * means that libzmq has the message, false that nothing was sent and the message is untouched. All
 * of them, also {@code trySend}, let a send that has room and goes on in another thread come to its
 * end. {@code zmq_msg_send}.
 *
 * <p><strong>Waiting.</strong> One thread waits for room in the socket, the others for their turn.
 * Each wait ends within 50 ms when its thread is interrupted ({@link
 * OperationInterruptedException}, the flag stays set), when this or the socket is closed ({@link
 * SocketClosedException}), and when the context is shut down or closed ({@link
 * ContextTerminatedException}). {@link Socket#cancel} ends the wait for room, or the next one
 * ({@link OperationCancelledException}), and another thread has its turn. An interrupt does not
 * disturb a send for which there is room. Virtual threads park.
 *
 * <p><strong>Socket.</strong> It belongs to no thread any more: whoever uses it otherwise gets
 * {@link WrongThreadException}, so bind, connect and set options before. Only {@link Socket#close},
 * {@link Socket#cancel} and what else is for all threads goes on working. Its errors, as {@link
 * Sender} lists them, come to the thread that sends. A send from within a send, which only an
 * overridden method of the thread can try, is an {@link IllegalStateException}.
 */
public final class ConcurrentSender implements AutoCloseable {
    private final Socket socket;
    private final SocketCore core;
    private final SendTurnQueue turns;

    private ConcurrentSender(Socket socket) {
        this.socket = socket;
        core = socket.core();
        turns = new SendTurnQueue(core, socket.outgoing());
    }

    /**
     * Gives a socket to many threads. Does not block.
     *
     * @param socket of this thread or free, bound and connected
     * @param <S> a socket that sends
     * @return for all threads
     * @throws WrongThreadException if it belongs to another thread, or has one already
     * @throws IllegalStateException if a batch of it is being received
     * @throws SocketClosedException if it is closed
     */
    public static <S extends Socket & Sender> ConcurrentSender of(S socket) {
        var sender = new ConcurrentSender(socket);
        socket.core().share();
        return sender;
    }

    // ---- sending

    /**
     * Moves a message of one frame: on success it is left without content. Blocks while there is no
     * room.
     *
     * @param message with content, of this thread
     * @return true if it was queued, false if SNDTIMEO is over
     */
    public boolean send(Message message) {
        return turns.send(message, core.sendTimeout);
    }

    /**
     * Moves a message, see {@link #send(Message)}. Does not wait for room.
     *
     * @param message with content, of this thread
     * @return true if it was queued, false if there is no room
     */
    public boolean trySend(Message message) {
        return turns.send(message, Timeout.NOT);
    }

    /**
     * Moves a message, see {@link #send(Message)}. Blocks for a time while there is no room.
     *
     * @param message with content, of this thread
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if it was queued, false if the time is over
     */
    public boolean send(Message message, Duration timeout) {
        return turns.send(message, Timeout.nanos(timeout));
    }

    /**
     * Sends all frames or none, and none of another thread between them: on success it is left
     * empty. Blocks while there is no room.
     *
     * @param multipart at least one frame, each with content, of this thread
     * @return true if it was queued, false if SNDTIMEO is over
     */
    public boolean send(Multipart multipart) {
        return turns.send(multipart, core.sendTimeout);
    }

    /**
     * Sends all frames or none, see {@link #send(Multipart)}. Does not wait for room.
     *
     * @param multipart at least one frame, each with content, of this thread
     * @return true if it was queued, false if there is no room
     */
    public boolean trySend(Multipart multipart) {
        return turns.send(multipart, Timeout.NOT);
    }

    /**
     * Sends all frames or none, see {@link #send(Multipart)}. Blocks for a time while there is no
     * room.
     *
     * @param multipart at least one frame, each with content, of this thread
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if it was queued, false if the time is over
     */
    public boolean send(Multipart multipart, Duration timeout) {
        return turns.send(multipart, Timeout.nanos(timeout));
    }

    /**
     * Sends a copy of an array. Blocks while there is no room.
     *
     * @param content all of it
     * @return true if it was queued, false if SNDTIMEO is over
     */
    public boolean send(byte[] content) {
        return turns.send(content, core.sendTimeout);
    }

    /**
     * Sends a copy of an array. Does not wait for room.
     *
     * @param content all of it
     * @return true if it was queued, false if there is no room
     */
    public boolean trySend(byte[] content) {
        return turns.send(content, Timeout.NOT);
    }

    /**
     * Sends a copy of an array. Blocks for a time while there is no room.
     *
     * @param content all of it
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if it was queued, false if the time is over
     */
    public boolean send(byte[] content, Duration timeout) {
        return turns.send(content, Timeout.nanos(timeout));
    }

    /**
     * Sends a copy of a segment. Blocks while there is no room.
     *
     * @param content all of it, of this thread or shared
     * @return true if it was queued, false if SNDTIMEO is over
     */
    public boolean send(MemorySegment content) {
        return turns.send(content, core.sendTimeout);
    }

    /**
     * Sends a copy of a segment. Does not wait for room.
     *
     * @param content all of it, of this thread or shared
     * @return true if it was queued, false if there is no room
     */
    public boolean trySend(MemorySegment content) {
        return turns.send(content, Timeout.NOT);
    }

    /**
     * Sends a copy of a segment. Blocks for a time while there is no room.
     *
     * @param content all of it, of this thread or shared
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if it was queued, false if the time is over
     */
    public boolean send(MemorySegment content, Duration timeout) {
        return turns.send(content, Timeout.nanos(timeout));
    }

    /**
     * Sends a text as UTF-8. Blocks while there is no room.
     *
     * @param content the text
     * @return true if it was queued, false if SNDTIMEO is over
     */
    public boolean send(String content) {
        return send(Message.encode(content));
    }

    /**
     * Sends a text as UTF-8. Does not wait for room.
     *
     * @param content the text
     * @return true if it was queued, false if there is no room
     */
    public boolean trySend(String content) {
        return trySend(Message.encode(content));
    }

    /**
     * Sends a text as UTF-8. Blocks for a time while there is no room.
     *
     * @param content the text
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if it was queued, false if the time is over
     */
    public boolean send(String content, Duration timeout) {
        return send(Message.encode(content), timeout);
    }

    // ---- life

    /**
     * Whether the socket was closed.
     *
     * @return true after {@link #close}, and the close of the socket or of its context
     */
    public boolean isClosed() {
        return socket.isClosed();
    }

    /**
     * Closes the socket, which lingers: what was queued is still sent for as long. From any thread;
     * idempotent. Whoever waits in a send gets {@link SocketClosedException}.
     */
    @Override
    public void close() {
        socket.close();
    }

    /** As the socket. */
    @Override
    public String toString() {
        return "Concurrent " + socket;
    }
}
