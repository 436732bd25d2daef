// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationCancelledException;
import io.panamq.error.SocketClosedException;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import io.panamq.loop.EventLoop;

/**
 * A ZeroMQ socket: its endpoints, options, monitor and life. There is a final class for each socket
 * type, which a {@link Context} makes. A type that can send is a {@link SendingSocket}, and one
 * that can receive a {@link ReceivingSocket}, so a program that sends on a SUB socket does not
 * compile. A method that works with several types takes one of these two:
 *
 * {@snippet class="io.panamq.snippets.PatternSnippets" region="relay"}
 *
 * <p><strong>Thread.</strong> A socket is <em>free</em> when it is new, and again after {@link
 * #handOver}: no thread owns it. The first thread that calls a method of a free socket becomes its
 * owner, and any other thread then gets {@link WrongThreadException}. The methods {@link #close},
 * {@link #isClosed}, {@link #cancel}, {@link #type}, {@link #context} and {@link #toString} make no
 * thread the owner, and all threads may call them at any time. Making a socket does not make it
 * owned either, but {@link #bind}, {@link #connect} and {@link #set} do: a thread that makes a
 * socket for another one and prepares it so calls {@link #handOver} as the last thing, or leaves
 * that preparation to the other thread, and gives it the {@link #context}. {@link Context#pipe}
 * makes two connected sockets that are still free. If a thread ends while it owns a socket, that
 * socket can only be closed. A virtual thread is a thread like any other, and gives up its carrier
 * while it waits.
 *
 * <p><strong>Thread-safe types.</strong> CLIENT, SERVER, RADIO, DISH, SCATTER, GATHER, PEER and
 * CHANNEL sockets have no owner: any number of threads, platform or virtual, may call all their
 * methods at any time, and none throws {@link WrongThreadException} because of the socket. Sends
 * and receives go on side by side; the methods of this interface run one after the other, and do
 * not wait for sends and receives. A message goes to one of the threads that wait for one, up to 20
 * ms late if several do. A virtual thread looks again and again while it waits, at most every 20
 * ms, because such a socket has no descriptor: let platform threads, a poller or an event loop wait
 * for many. {@link #close} ends the waits of all threads, and {@link #cancel} one of them, or the
 * next. {@link #handOver} does nothing. Such a socket may be in several pollers, and on an event
 * loop, while other threads use it. A {@link Message} still belongs to one thread.
 *
 * <p><strong>Leaks.</strong> A socket that becomes garbage without {@link #close} stays open until
 * its context is closed, and a warning is logged, see <a href="package-summary.html">the
 * package</a>.
 *
 * <p>All methods that make a thread the owner throw {@link WrongThreadException} if another thread
 * owns the socket, and {@link SocketClosedException} (ENOTSOCK) if it is closed. Those for
 * endpoints and monitors throw {@link ContextTerminatedException} (ETERM) if its context was shut
 * down.
 *
 * <p>The methods of this interface return at once, with two exceptions: {@link #bind} and {@link
 * #connect} look up host names in a few rarely used transports, and {@link #close} waits for a call
 * of another thread that does not end. {@link Sender} and {@link Receiver} have the methods that
 * wait.
 */
public sealed interface Socket extends AutoCloseable
        permits SendingSocket, ReceivingSocket, BaseSocket {

    // ---- endpoints

    /**
     * Accepts peers at an endpoint; may be called several times. If a regular file lies at the path
     * of an ipc endpoint, it is not deleted, and the bind fails with EADDRINUSE. An endpoint that a
     * socket of this JVM has just given up, by {@link #unbind} or {@link #close}, is taken for a
     * moment longer, since libzmq closes it in the background: within 0.25 s after that a bind of a
     * taken endpoint tries again, and then fails. C function: {@code zmq_bind}.
     *
     * @param endpoint with an address or a network interface, not a host name: {@code
     *     tcp://127.0.0.1:5555}, {@code tcp://*:5555}, {@code tcp://127.0.0.1:*} for a free port,
     *     {@code tcp://127.0.0.1:[50000-50010]} for the first free one of a range, {@code
     *     tcp://[::1]:5555} with {@link SocketOption#IPV6}, {@code ipc:///tmp/name}, {@code
     *     ipc://@name} for a name without a file (Linux), {@code ipc://*} for a fresh path, {@code
     *     inproc://name}. The file of an ipc path has the mode that the umask of the process gives
     *     it; it stays when the socket is closed, and the next bind takes it over
     * @return the endpoint with the actual port or path, which peers connect to and {@link #unbind}
     *     takes
     * @throws IllegalArgumentException if the endpoint has no transport or address, a NUL, or a
     *     port above 65535, or is an inproc name that a socket of an unfit type has connected to
     * @throws IllegalStateException if the socket uses CURVE and has no secret key, see {@link
     *     SocketSecurity}; if the address is one of IPv6 and {@link SocketOption#IPV6} is off; if a
     *     {@link RouterSocket} failed to make a named connection before; or if a socket connected
     *     to that inproc name and was closed before anybody bound it
     * @throws UnsupportedFeatureException EPROTONOSUPPORT if the transport is unknown;
     *     ENOCOMPATPROTO if this socket type cannot use it; EAFNOSUPPORT if the kernel lacks the
     *     address family
     * @throws ZmqException EADDRINUSE if the endpoint is taken, an ipc path also by a file that is
     *     no socket, or by a socket where somebody answers; EADDRNOTAVAIL if the address is not one
     *     of this machine; ENODEV if there is no such network interface, or a host name was given;
     *     EACCES if it is not permitted; ENOENT if the folder of an ipc path does not exist;
     *     ENAMETOOLONG if an ipc path is too long; EINVAL if the endpoint is not valid; EMTHREAD if
     *     the context has no I/O thread; EMFILE if there are too many sockets or open files
     */
    String bind(String endpoint);

    /**
     * Starts to connect to an endpoint and returns at once; may be called several times. libzmq
     * tries again in the background until it succeeds, and reconnects later. This includes a
     * handshake that fails, as with other keys or another protocol at the other end; another
     * library than the bundled one then gives up for good, and {@link #disconnect} and connect
     * begin anew. That this method returns does not mean that a peer is there: {@link
     * SocketMonitor#awaitConnected} waits for that. C function: {@code zmq_connect}.
     *
     * @param endpoint such as {@code tcp://host:5555}, or what {@link #bind} returned
     * @throws IllegalArgumentException as {@link #bind}
     * @throws IllegalStateException if the socket uses CURVE and has no secret key; if the address
     *     is one of IPv6 and {@link SocketOption#IPV6} is off; if a {@link RouterSocket} failed to
     *     make a named connection before; or if a PAIR that had an endpoint already connects to an
     *     inproc name that nobody has bound
     * @throws UnsupportedFeatureException as {@link #bind}
     * @throws ZmqException EINVAL if the endpoint is not valid; EMTHREAD if the context has no I/O
     *     thread; ENAMETOOLONG if an ipc path is too long; EMFILE if there are too many sockets or
     *     open files
     */
    void connect(String endpoint);

    /**
     * Stops accepting peers at an endpoint, and ends the connections that were made through it, but
     * for inproc. libzmq does both in the background, about a millisecond after this returns.
     * Messages that were received can still be taken. Those that are queued for the peers are still
     * sent, for the time of {@link SocketOption#LINGER}, and then the connection ends; what a peer
     * sends while that goes on is lost. Another library than the bundled one drops them, and ends
     * the connections only when this socket is used again and all that was received is taken. C
     * function: {@code zmq_unbind}.
     *
     * @param endpoint as {@link #bind} returned it
     * @throws IllegalStateException if frames of the last message are still to be received; with
     *     another library than the bundled one, also if the socket was in a poller
     * @throws ZmqException ENOENT if the socket is not bound to it; EINVAL if it is not valid
     */
    void unbind(String endpoint);

    /**
     * Ends all connections to an endpoint. Messages that are queued for them are still sent for the
     * time of {@link SocketOption#LINGER}, and then dropped. C function: {@code zmq_disconnect}.
     *
     * @param endpoint as it was connected
     * @throws IllegalStateException as {@link #unbind}; or if the socket is bound to that inproc
     *     name, or nobody has bound it yet
     * @throws ZmqException ENOENT if the socket is not connected to it; EINVAL if it is not valid
     */
    void disconnect(String endpoint);

    // ---- options

    /**
     * Reads an option, such as {@code socket.get(SocketOption.LINGER)}. C function: {@code
     * zmq_getsockopt}.
     *
     * @param option an option that can be read
     * @param <T> its Java type
     * @return its value
     * @throws IllegalArgumentException if it is not an option of this socket type
     * @throws ZmqException EINVAL if this libzmq does not have it
     */
    <T> T get(SocketOption.Gettable<T> option);

    /**
     * Sets an option, such as {@code socket.set(SocketOption.SNDHWM, 10)}. Most options take effect
     * only for later binds and connects: set them first. C function: {@code zmq_setsockopt}.
     *
     * @param option an option that can be set
     * @param value its value
     * @param <T> its Java type
     * @throws IllegalArgumentException if the value is out of range, or it is not an option of this
     *     socket type
     * @throws IllegalStateException if it is {@link SocketOption#SNDHWM} or {@link
     *     SocketOption#RCVHWM}, after bind or connect
     * @throws UnsupportedFeatureException ENOTSUP if it is safe with the bundled library only
     * @throws ZmqException EINVAL if this libzmq does not have it
     */
    <T> void set(SocketOption.Settable<T> option, T value);

    /**
     * Returns the settings that encrypt the connections of this socket or name its user.
     *
     * @return the settings, which the owner of the socket changes before bind and connect
     */
    SocketSecurity security();

    // ---- monitor

    /**
     * Starts to watch the connections of this socket and returns at once, see {@link
     * SocketMonitor}. Call it before bind and connect to miss no event. A socket has one monitor at
     * a time. C function: {@code zmq_socket_monitor_versioned} if this libzmq was built with
     * drafts, otherwise {@code zmq_socket_monitor}.
     *
     * @return the monitor, which the caller closes
     * @throws IllegalStateException if a monitor of this socket is open
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    SocketMonitor monitor();

    // ---- life

    /**
     * Returns the type of this socket.
     *
     * @return as libzmq names it
     */
    SocketType type();

    /**
     * Returns the context that made this socket.
     *
     * @return the context
     */
    Context context();

    /**
     * Hands the socket over to the next thread that uses it, which becomes its owner and sees
     * everything that this thread did before. Does nothing to a socket that is free.
     *
     * @throws WrongThreadException if it belongs to another thread
     * @throws SocketClosedException if it is closed
     * @throws IllegalStateException within the handler of a {@code receiveBatch} of this socket
     */
    void handOver();

    /**
     * Ends the wait of the thread that waits in a send or receive of this socket: within 50 ms that
     * call throws {@link OperationCancelledException}. If no thread waits, the cancellation is
     * remembered and ends the next wait in the same way; several cancellations count as one until
     * then. A call that succeeds at once or does not wait ({@code trySend}, {@code tryReceive})
     * does not use it up.
     *
     * <p>It does not end the wait of a {@link Poller} or an {@link EventLoop} that has the socket:
     * use {@link Poller#wakeup} there. A cancellation of such a socket would end the first wait in
     * a later send or receive instead. May be called from any thread, returns at once, and does
     * nothing if the socket is closed.
     */
    void cancel();

    /**
     * Returns whether the socket was closed.
     *
     * @return true after {@link #close}, or after the context was closed
     */
    boolean isClosed();

    /**
     * Closes the socket; does nothing if it was closed before. May be called from any thread: a
     * thread that waits in a call of the socket is woken with {@link SocketClosedException}. Queued
     * messages are still sent in the background for the time of {@link SocketOption#LINGER};
     * messages that have arrived and were not received are lost.
     *
     * <p>It returns within milliseconds, unless the owner is in a call that does not return, such
     * as one that looks up a name: then it waits for up to 2 s, and leaves it to the owner to close
     * the socket when that call returns. C function: {@code zmq_close}.
     */
    @Override
    void close();

    /** Returns the type and a number, such as {@code PUSH#3}, as in the texts of exceptions. */
    @Override
    String toString();
}
