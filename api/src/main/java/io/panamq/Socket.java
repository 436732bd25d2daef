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
 * A ZeroMQ socket. There is a final class for each type; {@link Sender} and {@link Receiver} are
 * what a type can do, so that sending on a SUB socket does not compile. Made by {@link Context}.
 *
 * <p><strong>Thread.</strong> A socket belongs to the thread that first uses it; any other thread
 * gets {@link WrongThreadException}. {@link #release} gives it up, and the next thread that uses it
 * owns it. {@link #close} is legal from any thread. A virtual thread is a thread like any other,
 * and gives up its carrier while it waits.
 *
 * <p><strong>Lost</strong> without {@link #close}, it is reported, see <a
 * href="package-summary.html">the package</a>, and stays open until its context is closed.
 *
 * <p>No method of this class blocks, except for looking up names in a few rare transports, and
 * {@link #close} while another thread is in a call that does not end.
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
     * Accepts peers at an endpoint; may be called several times. A file at an ipc path that is no
     * socket is left alone (EADDRINUSE). {@code zmq_bind}.
     *
     * @param endpoint such as {@code tcp://127.0.0.1:5555}, {@code tcp://127.0.0.1:*} for a free
     *     port, {@code ipc:///tmp/name}, {@code ipc://*} for a fresh path, {@code inproc://name}
     * @return the resolved endpoint, to connect to and to {@link #unbind}
     * @throws IllegalArgumentException if the endpoint has no transport or address, a NUL, or a
     *     port above 65535
     * @throws UnsupportedFeatureException EPROTONOSUPPORT for an unknown transport, ENOCOMPATPROTO,
     *     EAFNOSUPPORT
     * @throws ZmqException EADDRINUSE, EADDRNOTAVAIL, ENODEV, EACCES, ENOENT, ENAMETOOLONG, EINVAL,
     *     EMTHREAD, EMFILE
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
     * Starts to connect to an endpoint, in the background, again and again until it works; may be
     * called several times. Success does not mean that somebody is there: see {@link #monitor}.
     * {@code zmq_connect}.
     *
     * @param endpoint such as {@code tcp://host:5555}, or what {@link #bind} returned
     * @throws IllegalArgumentException as {@link #bind}
     * @throws UnsupportedFeatureException as {@link #bind}
     * @throws ZmqException EINVAL, EMTHREAD, ENAMETOOLONG, EMFILE
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
     * Stops accepting at an endpoint and drops the peers that came through it. {@code zmq_unbind}.
     *
     * @param endpoint as {@link #bind} returned it
     * @throws ZmqException ENOENT if the socket is not bound to it, EINVAL
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
     * Drops all connections to an endpoint, and after the linger what is queued for them. {@code
     * zmq_disconnect}.
     *
     * @param endpoint as it was connected
     * @throws ZmqException ENOENT if the socket is not connected to it, EINVAL
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
     * Reads an option. {@code zmq_getsockopt}.
     *
     * @param option what to read; options that cannot be read do not compile
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
     * Sets an option. Most take effect for later binds and connects only: set them first. {@code
     * zmq_setsockopt}.
     *
     * @param option what to set; options that cannot be set do not compile
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
     * Makes this the CURVE server of its connections, bound or connected: encrypted, and open to
     * every client that knows the public key, unless a ZAP handler in the context decides. Before
     * bind and connect. {@code ZMQ_CURVE_SERVER}, {@code ZMQ_CURVE_SECRETKEY}.
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
     * Makes this a CURVE client. Before bind and connect. {@code ZMQ_CURVE_SERVERKEY}, {@code
     * ZMQ_CURVE_PUBLICKEY}, {@code ZMQ_CURVE_SECRETKEY}.
     *
     * @param serverPublicKey the server's public key, 40 characters Z85
     * @param client its own keys
     * @throws IllegalArgumentException if the key is not such
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
     * Makes this the PLAIN server of its connections. Names and passwords are checked by a ZAP
     * handler in the same context ({@code inproc://zeromq.zap.01}); without one every client is
     * refused. Nothing is encrypted. Before bind and connect. {@code ZMQ_PLAIN_SERVER}.
     */
    public void plainServer() {
        set(SocketOption.PLAIN_SERVER, true);
    }

    /**
     * Makes this a PLAIN client. Before bind and connect. {@code ZMQ_PLAIN_USERNAME}, {@code
     * ZMQ_PLAIN_PASSWORD}.
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
     * Starts to watch the connections of this socket, see {@link SocketMonitor}. Start it before
     * bind and connect to miss nothing. A socket has one monitor at a time. Does not block. {@code
     * zmq_socket_monitor_versioned} if this libzmq was built with drafts, otherwise {@code
     * zmq_socket_monitor}.
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
     * The type of this socket.
     *
     * @return as libzmq names it
     */
    public final SocketType type() {
        return SocketType.of(core.type);
    }

    /**
     * The context that made this socket.
     *
     * @return the context
     */
    public final Context context() {
        return context;
    }

    /**
     * Gives the socket up, with everything this thread did to it: the next thread that uses it owns
     * it.
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
     * Ends the wait of the thread that is in a blocking call of this socket, within 50 ms and from
     * any thread: the call throws {@link OperationCancelledException}. If none waits, the next call
     * that would have to wait ends so at once; several times before that are as one. Calls that
     * find what they want do not wait, and a poll has {@link Poller#wakeup}. So one that is meant
     * for a socket of a poller or an {@link EventLoop}, which nobody waits in, ends the next wait
     * of whoever is given the socket after that. Without effect on a closed socket. Does not block,
     * and calls nothing in C.
     */
    public final void cancel() {
        core.cancel();
    }

    /**
     * Whether the socket was closed.
     *
     * @return true after {@link #close} or the context's
     */
    @Override
    public final boolean isClosed() {
        return super.isClosed();
    }

    /**
     * Closes the socket, from any thread; idempotent. A thread that waits in a call of it is woken
     * with {@link SocketClosedException}. What is queued is still sent in the background for the
     * time of {@link SocketOption#LINGER}; what was received and not read is lost. Returns within
     * milliseconds, but waits up to 2 s for a call of its owner that does not return, such as one
     * that looks up a name; the owner then closes the socket when that call returns. {@code
     * zmq_close}.
     */
    @Override
    public final void close() {
        super.close();
    }

    /** The type and a number, as in the texts of exceptions. */
    @Override
    public final String toString() {
        return super.toString();
    }
}
