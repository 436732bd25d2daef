// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationCancelledException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import io.panamq.internal.socket.SendTurnQueue;
import io.panamq.internal.socket.SocketCore;
import io.panamq.internal.socket.Timeout;
import io.panamq.loop.AsyncSocket;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/**
 * Lets any number of threads, platform or virtual, send through one socket. A sender is made by
 * {@link #of}.
 *
 * {@snippet :
 * try (PushSocket push = context.push();
 *         ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
 *     push.connect("tcp://127.0.0.1:5555");
 *     ConcurrentSender sender = ConcurrentSender.of(push);
 *     for (int i = 0; i < 8; i++) {
 *         threads.execute(() -> sender.send("from any thread"));
 *     }
 * } // waits for the threads, then closes the socket
 * }
 *
 * <p><strong>Queue.</strong> The threads send one after the other, straight to libzmq. The only
 * queue of messages is that of libzmq, with the socket's high-water marks. The messages of one
 * thread stay in order, and if a send has returned before another one begins, its message comes
 * first. There is no other order between threads, and no thread is preferred. C function: {@code
 * zmq_msg_send}.
 *
 * <p><strong>Result.</strong> As with a {@link Sender}, {@code send} waits until there is room, or
 * until the socket's {@link SocketOption#SNDTIMEO} is over; {@code trySend} does not wait for room;
 * the overloads with a {@link Duration} wait up to the given time, for room and for their turn.
 * True means that libzmq has the message. False means that nothing was sent and the message is
 * unchanged. While another thread is just sending and has room, {@code trySend} waits until that
 * send is done.
 *
 * <p><strong>Waiting.</strong> One thread waits for room in the socket; the others wait for their
 * turn. A wait ends within 50 ms when its thread is interrupted ({@link
 * OperationInterruptedException}, the interrupt flag stays set), when the sender or the socket is
 * closed ({@link SocketClosedException}), and when the context is shut down or closed ({@link
 * ContextTerminatedException}). {@link Socket#cancel} ends the wait of the thread that waits for
 * room, or the next such wait ({@link OperationCancelledException}); then another thread has its
 * turn. An interrupt does not end a send for which there is room. Virtual threads park while they
 * wait.
 *
 * <p><strong>Socket.</strong> From {@link #of} on, and for good, the socket can only be used
 * through the sender. Of its own methods, any thread may still call {@link Socket#close}, {@link
 * Socket#isClosed}, {@link Socket#cancel}, {@link Socket#type} and {@link Socket#context}; all
 * others throw {@link WrongThreadException}. So bind, connect and set options before. A socket that
 * also receives, such as a DEALER, can no longer receive: use an {@link AsyncSocket} for that. A
 * send throws what {@link Sender} lists, on the thread that calls it.
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
     * Lets many threads send through a socket from now on. Returns at once. There is no way back.
     *
     * @param socket a socket of this thread, or a {@linkplain Socket free} one, already bound or
     *     connected
     * @param <S> a socket that sends
     * @return the sender, for all threads
     * @throws WrongThreadException if the socket belongs to another thread, or has a sender already
     * @throws IllegalStateException within the handler of a {@code receiveBatch} of the socket
     * @throws SocketClosedException if the socket is closed
     */
    public static <S extends Socket & Sender> ConcurrentSender of(S socket) {
        var sender = new ConcurrentSender(socket);
        socket.core().share();
        return sender;
    }

    // ---- sending

    /**
     * Sends a message of one frame. On success the object is left without content. Waits while
     * there is no room.
     *
     * @param message a message of this thread, with content
     * @return true if it was queued, false if SNDTIMEO is over
     */
    public boolean send(Message message) {
        return turns.send(message, core.sendTimeout);
    }

    /**
     * Sends a message, see {@link #send(Message)}. Does not wait for room.
     *
     * @param message a message of this thread, with content
     * @return true if it was queued, false if there is no room
     */
    public boolean trySend(Message message) {
        return turns.send(message, Timeout.NOT);
    }

    /**
     * Sends a message, see {@link #send(Message)}. Waits up to the given time while there is no
     * room.
     *
     * @param message a message of this thread, with content
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if it was queued, false if the time is over
     */
    public boolean send(Message message, Duration timeout) {
        return turns.send(message, Timeout.nanos(timeout));
    }

    /**
     * Sends all frames of a message or none, without frames of other threads in between. On success
     * the multipart is left empty. Waits while there is no room.
     *
     * @param multipart a multipart of this thread, with at least one frame, each with content
     * @return true if it was queued, false if SNDTIMEO is over
     */
    public boolean send(Multipart multipart) {
        return turns.send(multipart, core.sendTimeout);
    }

    /**
     * Sends all frames or none, see {@link #send(Multipart)}. Does not wait for room.
     *
     * @param multipart a multipart of this thread, with at least one frame, each with content
     * @return true if it was queued, false if there is no room
     */
    public boolean trySend(Multipart multipart) {
        return turns.send(multipart, Timeout.NOT);
    }

    /**
     * Sends all frames or none, see {@link #send(Multipart)}. Waits up to the given time while
     * there is no room.
     *
     * @param multipart a multipart of this thread, with at least one frame, each with content
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if it was queued, false if the time is over
     */
    public boolean send(Multipart multipart, Duration timeout) {
        return turns.send(multipart, Timeout.nanos(timeout));
    }

    /**
     * Sends a copy of an array. Waits while there is no room.
     *
     * @param content the array; all of it is sent
     * @return true if it was queued, false if SNDTIMEO is over
     */
    public boolean send(byte[] content) {
        return turns.send(content, core.sendTimeout);
    }

    /**
     * Sends a copy of an array. Does not wait for room.
     *
     * @param content the array; all of it is sent
     * @return true if it was queued, false if there is no room
     */
    public boolean trySend(byte[] content) {
        return turns.send(content, Timeout.NOT);
    }

    /**
     * Sends a copy of an array. Waits up to the given time while there is no room.
     *
     * @param content the array; all of it is sent
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if it was queued, false if the time is over
     */
    public boolean send(byte[] content, Duration timeout) {
        return turns.send(content, Timeout.nanos(timeout));
    }

    /**
     * Sends a copy of a segment. Waits while there is no room.
     *
     * @param content the segment, which this thread may access; all of it is sent
     * @return true if it was queued, false if SNDTIMEO is over
     */
    public boolean send(MemorySegment content) {
        return turns.send(content, core.sendTimeout);
    }

    /**
     * Sends a copy of a segment. Does not wait for room.
     *
     * @param content the segment, which this thread may access; all of it is sent
     * @return true if it was queued, false if there is no room
     */
    public boolean trySend(MemorySegment content) {
        return turns.send(content, Timeout.NOT);
    }

    /**
     * Sends a copy of a segment. Waits up to the given time while there is no room.
     *
     * @param content the segment, which this thread may access; all of it is sent
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if it was queued, false if the time is over
     */
    public boolean send(MemorySegment content, Duration timeout) {
        return turns.send(content, Timeout.nanos(timeout));
    }

    /**
     * Sends a text as UTF-8. Waits while there is no room.
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
     * Sends a text as UTF-8. Waits up to the given time while there is no room.
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
     * @return true after {@link #close}, or after the socket or its context was closed
     */
    public boolean isClosed() {
        return socket.isClosed();
    }

    /**
     * Closes the socket. What is queued is still sent in the background for the time of {@link
     * SocketOption#LINGER}. Any thread may call this, also more than once. The sends that wait
     * throw {@link SocketClosedException}.
     */
    @Override
    public void close() {
        socket.close();
    }

    /** The name of the socket, with the word Concurrent before it. */
    @Override
    public String toString() {
        return "Concurrent " + socket;
    }
}
