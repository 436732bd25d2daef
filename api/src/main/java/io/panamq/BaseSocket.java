// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static io.panamq.bindings.calls.Constants.CURVE_SECRETKEY;

import io.panamq.error.SocketClosedException;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import io.panamq.internal.option.OptionCodec;
import io.panamq.internal.option.OptionRules;
import io.panamq.internal.socket.NativeMonitor;
import io.panamq.internal.socket.ReceivePath;
import io.panamq.internal.socket.SendPath;
import io.panamq.internal.socket.SocketCore;
import io.panamq.internal.socket.SocketHandle;
import io.panamq.internal.socket.SocketTraits;
import io.panamq.internal.socket.Timeout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The base of all socket types: does what {@link Socket} says.
 *
 * @hidden
 */
@SuppressWarnings("exports") // what it extends is hidden
abstract sealed class BaseSocket extends SocketHandle implements Socket
        permits ChannelSocket,
                ClientSocket,
                DatagramSocket,
                DealerSocket,
                DishSocket,
                GatherSocket,
                PairSocket,
                PeerSocket,
                PubSocket,
                PullSocket,
                PushSocket,
                RadioSocket,
                RepSocket,
                ReqSocket,
                RouterSocket,
                ScatterSocket,
                ServerSocket,
                StreamSocket,
                SubSocket,
                XPubSocket,
                XSubSocket {
    final BulkSender bulkSender = new BulkSender(outgoing);
    final BulkReceiver bulkReceiver = new BulkReceiver(this);
    private final Context context;

    BaseSocket(Context context, SocketTraits type) {
        super(context.core.openSocket(type, type.name()), Message.FACTORY);
        this.context = context;
    }

    // ---- for the other types of this package

    /** Returns the base of a socket; all sockets have it. */
    static BaseSocket of(Socket socket) {
        return (BaseSocket) Objects.requireNonNull(socket, "socket");
    }

    final SocketCore core() {
        return core;
    }

    final SendPath outgoing() {
        return outgoing;
    }

    final ReceivePath incoming() {
        return incoming;
    }

    // ---- for Receiver

    /** Returns what a receive without a time-out returned, which is never null. */
    static <T> T received(@Nullable T message) {
        return Objects.requireNonNull(message);
    }

    /** Returns null when the time is over. */
    final @Nullable Message receiveNew(long timeout) {
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
    final @Nullable Multipart receiveNewMultipart(long timeout) {
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

    /**
     * Returns the time-out of a method that must return a message. Throws if RCVTIMEO is set, since
     * such a method could not say that the time is over.
     */
    final long withoutTimeout(String method) {
        if (core.receiveTimeout != Timeout.FOREVER) {
            throw new IllegalStateException(
                    method
                            + "() on "
                            + core.name
                            + " has no result that says that the time of ZMQ_RCVTIMEO is over:"
                            + " call "
                            + method
                            + "(Duration), which returns an Optional, and leave the option unset");
        }
        return Timeout.FOREVER;
    }

    // ---- endpoints

    /**
     * @throws IllegalArgumentException {@inheritDoc}
     * @throws IllegalStateException {@inheritDoc}
     * @throws UnsupportedFeatureException {@inheritDoc}
     * @throws ZmqException {@inheritDoc}
     */
    @Override
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
     * @throws IllegalArgumentException {@inheritDoc}
     * @throws IllegalStateException {@inheritDoc}
     * @throws UnsupportedFeatureException {@inheritDoc}
     * @throws ZmqException {@inheritDoc}
     */
    @Override
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
     * @throws IllegalStateException {@inheritDoc}
     * @throws ZmqException {@inheritDoc}
     */
    @Override
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
     * @throws IllegalStateException {@inheritDoc}
     * @throws ZmqException {@inheritDoc}
     */
    @Override
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
     * @throws IllegalArgumentException {@inheritDoc}
     * @throws ZmqException {@inheritDoc}
     */
    @Override
    public <T> T get(SocketOption.Gettable<T> option) {
        Objects.requireNonNull(option, "option");
        core.enter("get");
        try (Arena arena = Arena.ofConfined()) {
            TypedOption<T> typed = (TypedOption<T>) option;
            typed.checkTypeOf(core);
            return OptionRules.get(core, typed.facts, typed.codec, arena);
        } finally {
            core.exit();
        }
    }

    /**
     * @throws IllegalArgumentException {@inheritDoc}
     * @throws IllegalStateException {@inheritDoc}
     * @throws UnsupportedFeatureException {@inheritDoc}
     * @throws ZmqException {@inheritDoc}
     */
    @Override
    public <T> void set(SocketOption.Settable<T> option, T value) {
        Objects.requireNonNull(option, "option");
        Objects.requireNonNull(value, option.name());
        core.enter("set");
        try (Arena arena = Arena.ofConfined()) {
            TypedOption<T> typed = (TypedOption<T>) option;
            typed.checkTypeOf(core);
            OptionRules.set(core, typed.facts, typed.codec, value, arena);
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
     * Sets the secret key for CURVE, and wipes the native copy of the array, which is not wiped.
     */
    final void setCurveSecretKey(byte[] key) {
        core.enter("set");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment secret = arena.allocate(key.length);
            secret.copyFrom(MemorySegment.ofArray(key));
            try {
                core.setOption(CURVE_SECRETKEY, secret);
                core.security.curveSecretKey = true;
            } finally {
                secret.fill((byte) 0);
            }
        } finally {
            core.exit();
        }
    }

    @Override
    public SocketSecurity security() {
        return new SocketSecurity(this);
    }

    // ---- monitor

    /**
     * @throws IllegalStateException {@inheritDoc}
     * @throws ZmqException {@inheritDoc}
     */
    @Override
    public SocketMonitor monitor() {
        core.enter("monitor");
        try {
            return SocketMonitor.start(context.core, core, NativeMonitor.version());
        } finally {
            core.exit();
        }
    }

    // ---- life

    @Override
    public SocketType type() {
        return SocketType.of(core.type);
    }

    @Override
    public Context context() {
        return context;
    }

    /**
     * @throws WrongThreadException {@inheritDoc}
     * @throws SocketClosedException {@inheritDoc}
     * @throws IllegalStateException {@inheritDoc}
     */
    @Override
    public void handOver() {
        super.handOver();
    }

    @Override
    public void cancel() {
        core.cancel();
    }

    @Override
    public boolean isClosed() {
        return super.isClosed();
    }

    @Override
    public void close() {
        super.close();
    }

    @Override
    public String toString() {
        return super.toString();
    }
}
