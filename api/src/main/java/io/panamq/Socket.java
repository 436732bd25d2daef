// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.OperationCancelledException;
import io.panamq.error.SocketClosedException;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import io.panamq.internal.option.OptionCodec;
import io.panamq.internal.option.OptionRules;
import io.panamq.internal.socket.Incoming;
import io.panamq.internal.socket.NativeMonitor;
import io.panamq.internal.socket.Outgoing;
import io.panamq.internal.socket.SocketCore;
import io.panamq.internal.socket.SocketHandle;
import io.panamq.internal.socket.SocketTraits;
import io.panamq.loop.EventLoop;
import java.lang.foreign.Arena;
import java.util.Objects;

/**
 * A ZeroMQ socket. There is a final class for each socket type. The types that can send implement
 * {@link Sender}, and those that can receive {@link Receiver}, so that a program that sends on a
 * SUB socket does not compile. A {@link Context} makes sockets.
 *
 * <p><strong>Thread.</strong> A socket is <em>free</em> when it is new, and again after {@link
 * #release}: no thread owns it. The first thread that calls a method of a free socket becomes its
 * owner, and any other thread then gets {@link WrongThreadException}. The methods {@link #close},
 * {@link #isClosed}, {@link #cancel}, {@link #type}, {@link #context} and {@link #toString} make no
 * thread the owner, and all threads may call them at any time. Making a socket does not make it
 * owned either, but {@link #bind}, {@link #connect} and {@link #set} do. If a thread ends while it
 * owns a socket, that socket can only be closed. A virtual thread is a thread like any other, and
 * gives up its carrier while it waits.
 *
 * <p><strong>Leaks.</strong> A socket that becomes garbage without {@link #close} stays open until
 * its context is closed, and a warning is logged, see <a href="package-summary.html">the
 * package</a>.
 *
 * <p>The methods of this class return at once, with two exceptions: {@link #bind} and {@link
 * #connect} look up host names in a few rarely used transports, and {@link #close} waits for a call
 * of another thread that does not end. {@link Sender} and {@link Receiver} have the methods that
 * wait.
 */
@SuppressWarnings("exports") // what it extends is hidden
public abstract sealed class Socket extends SocketHandle implements AutoCloseable
        permits DealerSocket,
                PairSocket,
                PubSocket,
                PullSocket,
                PushSocket,
                RepSocket,
                ReqSocket,
                RouterSocket,
                StreamSocket,
                SubSocket,
                XPubSocket,
                XSubSocket {
    private final Context context;

    Socket(Context context, SocketTraits type) {
        super(context.core.openSocket(type, type.name()), Message.FACTORY);
        this.context = context;
    }

    // ---- for the other types of this package

    final SocketCore core() {
        return core;
    }

    final Outgoing outgoing() {
        return outgoing;
    }

    final Incoming incoming() {
        return incoming;
    }

    // ---- endpoints

    /**
     * Accepts peers at an endpoint; may be called several times. If a regular file lies at the path
     * of an ipc endpoint, it is not deleted, and the bind fails with EADDRINUSE. C function: {@code
     * zmq_bind}.
     *
     * @param endpoint such as {@code tcp://127.0.0.1:5555}, {@code tcp://127.0.0.1:*} for a free
     *     port, {@code ipc:///tmp/name}, {@code ipc://*} for a fresh path, {@code inproc://name}
     * @return the endpoint with the actual port or path, which peers connect to and {@link #unbind}
     *     takes
     * @throws IllegalArgumentException if the endpoint has no transport or address, a NUL, or a
     *     port above 65535, or is an inproc name that a socket of an unfit type has connected to
     * @throws UnsupportedFeatureException EPROTONOSUPPORT if the transport is unknown;
     *     ENOCOMPATPROTO if this socket type cannot use it; EAFNOSUPPORT if the kernel lacks the
     *     address family
     * @throws ZmqException EADDRINUSE if the endpoint is taken; EADDRNOTAVAIL if the address is not
     *     one of this machine; ENODEV if there is no such network interface, or a host name was
     *     given; EACCES if it is not permitted; ENOENT if the folder of an ipc path does not exist;
     *     ENAMETOOLONG if an ipc path is too long; EINVAL if the endpoint is not valid; EMTHREAD if
     *     the context has no I/O thread; EMFILE if there are too many sockets or open files
     */
    public String bind(String endpoint) {
        Objects.requireNonNull(endpoint, "endpoint");
        core.enter("bind");
        try {
            beforeUnnamedPeers();
            return context.core.endpoints.bind(core, endpoint);
        } finally {
            core.exit();
        }
    }

    /**
     * Starts to connect to an endpoint and returns at once; may be called several times. libzmq
     * tries again in the background until it succeeds, and reconnects later. That this method
     * returns does not mean that a peer is there: {@link SocketMonitor#awaitConnected} waits for
     * that. C function: {@code zmq_connect}.
     *
     * @param endpoint such as {@code tcp://host:5555}, or what {@link #bind} returned
     * @throws IllegalArgumentException as {@link #bind}
     * @throws UnsupportedFeatureException as {@link #bind}
     * @throws ZmqException EINVAL if the endpoint is not valid; EMTHREAD if the context has no I/O
     *     thread; ENAMETOOLONG if an ipc path is too long; EMFILE if there are too many sockets or
     *     open files
     */
    public void connect(String endpoint) {
        Objects.requireNonNull(endpoint, "endpoint");
        core.enter("connect");
        try {
            context.core.endpoints.checkConnect(core, endpoint);
            beforeUnnamedPeers();
            context.core.endpoints.connect(core, endpoint);
        } finally {
            core.exit();
        }
    }

    /**
     * Stops accepting peers at an endpoint, and ends the connections that were made through it. C
     * function: {@code zmq_unbind}.
     *
     * @param endpoint as {@link #bind} returned it
     * @throws ZmqException ENOENT if the socket is not bound to it; EINVAL if it is not valid
     */
    public void unbind(String endpoint) {
        Objects.requireNonNull(endpoint, "endpoint");
        core.enter("unbind");
        try {
            context.core.endpoints.unbind(core, endpoint);
        } finally {
            core.exit();
        }
    }

    /**
     * Ends all connections to an endpoint. Messages that are queued for them are still sent for the
     * time of {@link SocketOption#LINGER}, and then dropped. C function: {@code zmq_disconnect}.
     *
     * @param endpoint as it was connected
     * @throws ZmqException ENOENT if the socket is not connected to it; EINVAL if it is not valid
     */
    public void disconnect(String endpoint) {
        Objects.requireNonNull(endpoint, "endpoint");
        core.enter("disconnect");
        try {
            context.core.endpoints.disconnect(core, endpoint);
        } finally {
            core.exit();
        }
    }

    /** Peers that come from here on choose their own routing id. */
    void beforeUnnamedPeers() {}

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
    public <T> T get(SocketOption.Gettable<T> option) {
        Objects.requireNonNull(option, "option");
        core.enter("get");
        try (Arena arena = Arena.ofConfined()) {
            TypedOption<T> typed = (TypedOption<T>) option;
            typed.checkTypeOf(core);
            return OptionRules.get(core, typed.number(), typed.codec, arena);
        } finally {
            core.exit();
        }
    }

    /**
     * Sets an option, such as {@code socket.set(SocketOption.SNDHWM, 10)}. Most options take effect
     * only for later binds and connects: set them first. C function: {@code zmq_setsockopt}.
     *
     * @param option an option that can be set
     * @param value its value
     * @param <T> its Java type
     * @throws IllegalArgumentException if the value is out of range, or it is not an option of this
     *     socket type
     * @throws ZmqException EINVAL if this libzmq does not have it
     */
    public <T> void set(SocketOption.Settable<T> option, T value) {
        Objects.requireNonNull(option, "option");
        Objects.requireNonNull(value, option.name());
        core.enter("set");
        try (Arena arena = Arena.ofConfined()) {
            TypedOption<T> typed = (TypedOption<T>) option;
            typed.checkTypeOf(core);
            OptionRules.set(core, typed.number(), typed.name(), typed.codec, value, arena);
        } finally {
            core.exit();
        }
    }

    /** For options that are methods. */
    final void setBytes(int option, String operation, byte[] value) {
        Objects.requireNonNull(value, operation);
        core.enter(operation);
        try (Arena arena = Arena.ofConfined()) {
            OptionCodec.BYTES.write(core, option, value, arena);
        } finally {
            core.exit();
        }
    }

    /**
     * Makes this socket the CURVE server of its connections, whether it binds or connects. They are
     * encrypted. Every client that knows the public key may connect, unless there is a ZAP handler:
     * a REP or ROUTER socket of the same context, bound to {@code inproc://zeromq.zap.01}, that
     * decides by answering the requests of ZeroMQ RFC 27. PanaMQ has no class for such a handler
     * yet. Call this before bind and connect. C options: {@code ZMQ_CURVE_SERVER}, {@code
     * ZMQ_CURVE_SECRETKEY}.
     *
     * @param server its long-term keys
     * @throws UnsupportedFeatureException ENOTSUP if libzmq was built without CURVE
     */
    public void curveServer(CurveKeyPair server) {
        Objects.requireNonNull(server, "server");
        Curve.requireSupported();
        set(SocketOption.CURVE_SERVER, true);
        set(SocketOption.CURVE_PUBLICKEY, server.publicKey());
        set(SocketOption.CURVE_SECRETKEY, server.secretKey());
    }

    /**
     * Makes this socket a CURVE client. Call this before bind and connect. C options: {@code
     * ZMQ_CURVE_SERVERKEY}, {@code ZMQ_CURVE_PUBLICKEY}, {@code ZMQ_CURVE_SECRETKEY}.
     *
     * @param serverPublicKey the server's public key, 40 characters Z85
     * @param client its own keys
     * @throws IllegalArgumentException if the server key is not 40 characters of Z85
     * @throws UnsupportedFeatureException ENOTSUP if libzmq was built without CURVE
     */
    public void curveClient(String serverPublicKey, CurveKeyPair client) {
        Objects.requireNonNull(client, "client");
        Curve.requireSupported();
        set(SocketOption.CURVE_SERVERKEY, serverPublicKey);
        set(SocketOption.CURVE_PUBLICKEY, client.publicKey());
        set(SocketOption.CURVE_SECRETKEY, client.secretKey());
    }

    /**
     * Makes this socket the PLAIN server of its connections. A ZAP handler in the same context
     * checks names and passwords, see {@link #curveServer}; without one every client is refused.
     * Nothing is encrypted. Call this before bind and connect. C option: {@code ZMQ_PLAIN_SERVER}.
     */
    public void plainServer() {
        set(SocketOption.PLAIN_SERVER, true);
    }

    /**
     * Makes this socket a PLAIN client. Call this before bind and connect. C options: {@code
     * ZMQ_PLAIN_USERNAME}, {@code ZMQ_PLAIN_PASSWORD}.
     *
     * @param user 1 to 255 bytes of UTF-8
     * @param password 1 to 255 bytes of UTF-8
     */
    public void plainClient(String user, String password) {
        set(SocketOption.PLAIN_USERNAME, user);
        set(SocketOption.PLAIN_PASSWORD, password);
    }

    // ---- for Receiver

    /** Returns null when the time is over. */
    final Message receiveNew(long timeout) {
        Message message = Message.create();
        boolean received = false;
        try {
            received = incoming.receive(message, timeout);
        } finally {
            if (!received) {
                message.close();
            }
        }
        return received ? message : null;
    }

    /** Returns null when the time is over. */
    final Multipart receiveNewMultipart(long timeout) {
        Multipart multipart = Multipart.create();
        boolean received = false;
        try {
            received = incoming.receive(multipart, timeout);
        } finally {
            if (!received) {
                multipart.close();
            }
        }
        return received ? multipart : null;
    }

    // ---- monitor

    /**
     * Starts to watch the connections of this socket and returns at once, see {@link
     * SocketMonitor}. Call it before bind and connect to miss no event. A socket has one monitor at
     * a time. C function: {@code zmq_socket_monitor_versioned} if this libzmq was built with
     * drafts, otherwise {@code zmq_socket_monitor}.
     *
     * @return the monitor, to be closed by the caller
     * @throws IllegalStateException if a monitor of this socket is open
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public SocketMonitor monitor() {
        core.enter("monitor");
        try {
            return SocketMonitor.start(context.core, core, NativeMonitor.version());
        } finally {
            core.exit();
        }
    }

    // ---- life

    /**
     * Returns the type of this socket.
     *
     * @return as libzmq names it
     */
    public final SocketType type() {
        return SocketType.of(core.type);
    }

    /**
     * Returns the context that made this socket.
     *
     * @return the context
     */
    public final Context context() {
        return context;
    }

    /**
     * Gives the socket up, so that it is free: the next thread that uses it becomes its owner, and
     * sees everything that this thread did before. Does nothing to a socket that is free.
     *
     * @throws WrongThreadException if it belongs to another thread
     * @throws SocketClosedException if it is closed
     * @throws IllegalStateException within the handler of a {@code receiveBatch} of this socket
     */
    @Override
    public final void release() {
        super.release();
    }

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
    public final void cancel() {
        core.cancel();
    }

    /**
     * Returns whether the socket was closed.
     *
     * @return true after {@link #close}, or after the context was closed
     */
    @Override
    public final boolean isClosed() {
        return super.isClosed();
    }

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
    public final void close() {
        super.close();
    }

    /** Returns the type and a number, such as {@code PUSH#3}, as in the texts of exceptions. */
    @Override
    public final String toString() {
        return super.toString();
    }
}
