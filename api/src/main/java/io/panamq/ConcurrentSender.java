// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationCancelledException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import io.panamq.internal.socket.Outgoing;
import io.panamq.internal.socket.SendTurnQueue;
import io.panamq.loop.AsyncSocket;
import java.time.Duration;

/**
 * Lets any number of threads, platform or virtual, send through one socket. A sender is made by
 * {@link SendingSocket#concurrentSender}.
 *
 * {@snippet class="io.panamq.snippets.WaitSnippets" region="concurrent"}
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
 * <p><strong>Socket.</strong> From {@link SendingSocket#concurrentSender} on, and for good, the
 * socket can only be used through the sender. Of its own methods, any thread may still call {@link
 * Socket#close}, {@link Socket#isClosed}, {@link Socket#cancel}, {@link Socket#type} and {@link
 * Socket#context}; all others throw {@link WrongThreadException}. So bind, connect and set options
 * before. A socket that also receives, such as a DEALER, can no longer receive: use an {@link
 * AsyncSocket} for that. A send throws what {@link Sender} lists, on the thread that calls it.
 */
public final class ConcurrentSender implements Sender, AutoCloseable {
    final SendTurnQueue turns;
    final BulkSender bulkSender;
    private final BaseSocket socket;

    private ConcurrentSender(BaseSocket socket) {
        this.socket = socket;
        turns = new SendTurnQueue(socket.core(), (Outgoing) socket.outgoing());
        bulkSender = new BulkSender(turns);
    }

    static ConcurrentSender of(BaseSocket socket) {
        if (socket.core().type.isThreadSafe()) {
            socket.core().share(); // throws
        }
        var sender = new ConcurrentSender(socket);
        socket.core().share();
        return sender;
    }

    // ---- life

    /**
     * Returns whether the socket was closed.
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

    /** Returns the name of the socket, with the word Concurrent before it. */
    @Override
    public String toString() {
        return "Concurrent " + socket;
    }
}
