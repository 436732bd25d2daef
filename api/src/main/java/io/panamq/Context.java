// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.ContextTerminatedException;
import io.panamq.error.NativeLibraryException;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import io.panamq.internal.context.CloseResult;
import io.panamq.internal.context.ContextSettings;
import io.panamq.internal.context.NativeContext;
import io.panamq.internal.guard.StackGuard;
import io.panamq.internal.leak.Leak;
import io.panamq.internal.leak.Leaks;
import io.panamq.internal.option.OptionCodec;
import io.panamq.internal.poll.PollMethod;
import io.panamq.internal.socket.Timeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Owns libzmq's background threads and makes the sockets. A program usually has one. Thread safe.
 *
 * {@snippet class="io.panamq.snippets.PackageSnippets" region="first"}
 *
 * <p>{@link #close()} also closes the sockets that are still open, whichever thread owns them; but
 * a socket to which the program keeps no reference is reported as lost before that. It waits until
 * queued messages are sent: up to the linger of the sockets (5 s by default, {@link
 * Builder#linger}), and never longer than {@link Builder#closeTimeout} (10 s by default). So a
 * program whose peer is not there ends 5 s later than one of JeroMQ's {@code ZContext}, which does
 * not wait: set {@code linger(Duration.ZERO)} if unsent messages may be lost. If a context becomes
 * garbage without having been closed, its threads go on running, and a warning is logged, see <a
 * href="package-summary.html">the package</a>.
 *
 * <p><strong>Close it.</strong> A {@code main} that returns, or a {@code System.exit}, without a
 * close ends the process while messages are still queued, and these are lost: a send has only
 * queued them. A try statement as above waits until they are sent.
 */
public final class Context implements AutoCloseable {
    final NativeContext core;
    private final Leak leak;

    private Context(ContextSettings settings) {
        this.core = new NativeContext(this, settings);
        this.leak = Leaks.follow(this, "a context", "its threads and sockets stay", Leaks.site());
    }

    /**
     * Makes a context with the defaults of {@link Builder}. Returns at once.
     *
     * @return the context, which the caller closes
     * @throws NativeLibraryException if there is no usable libzmq
     * @throws ZmqException EMFILE if there are too many open files; ENOMEM if there is no memory
     */
    public static Context create() {
        return builder().build();
    }

    /**
     * Returns a builder of a context with other settings.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets what a builder was told; closes this context if that fails. */
    private void apply(List<Builder.Setting<?>> settings) {
        boolean done = false;
        try {
            for (Builder.Setting<?> setting : settings) {
                setting.applyTo(this);
            }
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    // ---- sockets

    /**
     * Makes a PAIR socket, which exchanges messages with one other PAIR; either end sends at any
     * time. C function: {@code zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public PairSocket pair() {
        return new PairSocket(this);
    }

    /**
     * Makes a PUB socket, which publishes to all subscribers. C function: {@code zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public PubSocket pub() {
        return new PubSocket(this);
    }

    /**
     * Makes a SUB socket, which receives what it has subscribed to. C function: {@code zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public SubSocket sub() {
        return new SubSocket(this);
    }

    /**
     * Makes an XPUB socket, which publishes and sees who subscribes. C function: {@code
     * zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public XPubSocket xpub() {
        return new XPubSocket(this);
    }

    /**
     * Makes an XSUB socket, which subscribes by sending, for proxies. C function: {@code
     * zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public XSubSocket xsub() {
        return new XSubSocket(this);
    }

    /**
     * Makes a REQ socket, which sends a request and receives its reply, in turns. C function:
     * {@code zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public ReqSocket req() {
        return new ReqSocket(this);
    }

    /**
     * Makes a REP socket, which receives a request and replies to it, in turns. C function: {@code
     * zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public RepSocket rep() {
        return new RepSocket(this);
    }

    /**
     * Makes a DEALER socket, which sends requests and receives replies in any order. C function:
     * {@code zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public DealerSocket dealer() {
        return new DealerSocket(this);
    }

    /**
     * Makes a ROUTER socket, which addresses each peer by its routing id. C function: {@code
     * zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public RouterSocket router() {
        return new RouterSocket(this);
    }

    /**
     * Makes a PUSH socket, which shares work out among PULL sockets. C function: {@code
     * zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public PushSocket push() {
        return new PushSocket(this);
    }

    /**
     * Makes a PULL socket, which collects the work of PUSH sockets. C function: {@code zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public PullSocket pull() {
        return new PullSocket(this);
    }

    /**
     * Makes a STREAM socket, which exchanges bytes with plain TCP peers. C function: {@code
     * zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public StreamSocket stream() {
        return new StreamSocket(this);
    }

    /**
     * Makes a CLIENT socket, which sends requests and receives replies, from many threads. C
     * function: {@code zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws UnsupportedFeatureException ENOTSUP if libzmq was built without drafts
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public ClientSocket client() {
        return new ClientSocket(this);
    }

    /**
     * Makes a SERVER socket, which addresses each CLIENT by its routing id, from many threads. C
     * function: {@code zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws UnsupportedFeatureException ENOTSUP if libzmq was built without drafts
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public ServerSocket server() {
        return new ServerSocket(this);
    }

    /**
     * Makes a RADIO socket, which publishes messages to groups, from many threads. C function:
     * {@code zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws UnsupportedFeatureException ENOTSUP if libzmq was built without drafts
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public RadioSocket radio() {
        return new RadioSocket(this);
    }

    /**
     * Makes a DISH socket, which receives the messages of groups, in many threads. C function:
     * {@code zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws UnsupportedFeatureException ENOTSUP if libzmq was built without drafts
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public DishSocket dish() {
        return new DishSocket(this);
    }

    /**
     * Makes a SCATTER socket, which shares work out among GATHER sockets, from many threads. C
     * function: {@code zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws UnsupportedFeatureException ENOTSUP if libzmq was built without drafts
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public ScatterSocket scatter() {
        return new ScatterSocket(this);
    }

    /**
     * Makes a GATHER socket, which collects the work of SCATTER sockets, in many threads. C
     * function: {@code zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws UnsupportedFeatureException ENOTSUP if libzmq was built without drafts
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public GatherSocket gather() {
        return new GatherSocket(this);
    }

    /**
     * Makes a PEER socket, which addresses other PEER sockets by their routing ids, from many
     * threads. C function: {@code zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws UnsupportedFeatureException ENOTSUP if libzmq was built without drafts
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public PeerSocket peer() {
        return new PeerSocket(this);
    }

    /**
     * Makes a CHANNEL socket, which exchanges messages with one other CHANNEL, from many threads. C
     * function: {@code zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws UnsupportedFeatureException ENOTSUP if libzmq was built without drafts
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public ChannelSocket channel() {
        return new ChannelSocket(this);
    }

    /**
     * Makes a DGRAM socket, which exchanges datagrams over udp. C function: {@code zmq_socket}.
     *
     * @return the socket, which the caller closes
     * @throws UnsupportedFeatureException ENOTSUP if libzmq was built without drafts
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public DatagramSocket datagram() {
        return new DatagramSocket(this);
    }

    /**
     * Makes a socket of the given type, for programs that read the type from a configuration. C
     * function: {@code zmq_socket}.
     *
     * @param type such as {@code SocketType.valueOf("PUSH")}
     * @return the socket, which the caller closes: a {@link PushSocket} for PUSH, and so on
     * @throws UnsupportedFeatureException ENOTSUP if it is a draft, and libzmq was built without
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public Socket socket(SocketType type) {
        return switch (Objects.requireNonNull(type, "type")) {
            case PAIR -> pair();
            case PUB -> pub();
            case SUB -> sub();
            case REQ -> req();
            case REP -> rep();
            case DEALER -> dealer();
            case ROUTER -> router();
            case PULL -> pull();
            case PUSH -> push();
            case XPUB -> xpub();
            case XSUB -> xsub();
            case STREAM -> stream();
            case CLIENT -> client();
            case SERVER -> server();
            case RADIO -> radio();
            case DISH -> dish();
            case SCATTER -> scatter();
            case GATHER -> gather();
            case PEER -> peer();
            case CHANNEL -> channel();
            case DGRAM -> datagram();
        };
    }

    /**
     * Makes two PAIR sockets that are connected to each other, for two threads of this process.
     * Both are free, so each belongs to the first thread that uses it. C functions: {@code
     * zmq_socket}, {@code zmq_bind}, {@code zmq_connect}.
     *
     * @return both ends, which the caller closes
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public SocketPair pipe() {
        return SocketPair.connected(pair(), this);
    }

    /**
     * Makes a poller, for sockets of this and other contexts and for file descriptors. C function:
     * {@code zmq_poller_new}, in whose place Linux's epoll is used where that is possible.
     *
     * @return the poller, which the caller closes
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files; ENOMEM if there is
     *     no memory
     */
    public Poller poller() {
        return Poller.create(this, PollMethod.current());
    }

    // ---- options

    /**
     * Reads an option. May be called from any thread; returns at once. C functions: {@code
     * zmq_ctx_get}; {@code zmq_ctx_get_ext} for text.
     *
     * @param option a constant of {@link ContextOption}
     * @param <T> type of its value
     * @return the value
     * @throws ContextTerminatedException if the context is closed
     * @throws UnsupportedFeatureException ENOTSUP if this libzmq does not have the option
     */
    public <T> T get(ContextOption.Gettable<T> option) {
        TypedContextOption<T> typed =
                (TypedContextOption<T>) Objects.requireNonNull(option, "option");
        return core.getOption(typed.facts, typed.codec);
    }

    /**
     * Sets an option. May be called from any thread; returns at once. C functions: {@code
     * zmq_ctx_set}; {@code zmq_ctx_set_ext} for text.
     *
     * @param option a constant of {@link ContextOption}
     * @param value the new value
     * @param <T> type of its value
     * @throws IllegalArgumentException if the value is out of range
     * @throws IllegalStateException if it must be set before the first socket, and there was one
     * @throws ContextTerminatedException if the context is closed
     * @throws UnsupportedFeatureException ENOTSUP if this libzmq or system does not have the option
     * @throws ZmqException EPERM or EINVAL if the system does not let threads be scheduled so
     */
    public <T> void set(ContextOption.Settable<T> option, T value) {
        TypedContextOption<T> typed =
                (TypedContextOption<T>) Objects.requireNonNull(option, "option");
        core.setOption(typed.facts, typed.codec, Objects.requireNonNull(value, option.name()));
    }

    // ---- life

    /**
     * Returns whether the context was closed.
     *
     * @return true once {@link #close()} was called; {@link #shutdown} alone does not count
     */
    public boolean isClosed() {
        return core.isClosed();
    }

    /**
     * Ends all calls that wait in a socket of this context with {@link ContextTerminatedException}.
     * Later calls of its sockets throw it too, also {@code trySend} and {@code tryReceive}, except
     * for {@code close()}. Sockets and context stay open: call {@link #close()} afterwards, which
     * closes both. May be called from any thread; returns at once. C function: {@code
     * zmq_ctx_shutdown}.
     */
    public void shutdown() {
        core.shutdown();
    }

    /**
     * Closes the context and all sockets that are still open; does nothing if it was closed before.
     * Waits until all queued messages are sent, or until the linger of the sockets is over (5 s by
     * default), but never longer than {@link Builder#closeTimeout} (10 s by default). If libzmq has
     * not ended by then, a warning is logged, and libzmq ends in the background. An interrupt does
     * not end the wait, and the interrupt flag stays set. C functions: {@code zmq_close}, {@code
     * zmq_ctx_term}.
     */
    @Override
    public void close() {
        close(core.closeTimeout());
    }

    /**
     * Closes the context and all sockets that are still open, and reports which sockets these were
     * and where they were made. Threads that wait in a call of a socket are woken with {@link
     * ContextTerminatedException}. Waits up to the given time, even if the linger of the sockets is
     * longer or another thread is closing the context. An interrupt does not end the wait, and the
     * interrupt flag stays set. C functions: {@code zmq_close}, {@code zmq_ctx_term}.
     *
     * @param timeout how long to wait at most; a time below 0.2 s is taken as 0.2 s, so that libzmq
     *     has the moment that it needs to end
     * @return which sockets were open, and whether all could be closed. Only the first call closes;
     *     a later call waits for it and returns the same report. If the time is over before, the
     *     report has what is known so far, and {@code terminated} is false
     * @throws IllegalArgumentException if the time is negative
     */
    public CloseReport close(Duration timeout) {
        long nanos = Math.min(Timeout.nanos(timeout), Long.MAX_VALUE / 4);
        StackGuard.require(); // or it could count as closed and not be
        if (leak != null) {
            leak.markClosed();
        }
        CloseResult found = core.close(nanos);
        return new CloseReport(
                found.terminated(), found.stillOpen(), found.abandoned(), found.createdAt());
    }

    /** Returns how many sockets are open, and whether the context was closed. */
    @Override
    public String toString() {
        return "Context[" + core.size() + " open sockets" + (isClosed() ? ", closed]" : "]");
    }

    /** Collects the settings of a context and makes it. Not thread safe. */
    public static final class Builder {
        private int ioThreads = 1;
        private int maxSockets = 1023;
        private boolean ipv6;
        private Duration linger = Duration.ofSeconds(5);
        private Duration closeTimeout = Duration.ofSeconds(10);
        private int batchSize = 256 * 1024;

        /** What is set in turn when the context is made; null for nothing. */
        private @Nullable List<Setting<?>> more;

        private Builder() {}

        /**
         * Sets how many threads of libzmq move data. Each connection is served by one of them, and
         * one thread moved two gigabytes a second when we measured it: more can only help with
         * several connections and idle cores. C option: {@code ZMQ_IO_THREADS}.
         *
         * @param count 0 to 128, with 0 only inproc works; default 1
         * @return this
         * @throws IllegalArgumentException if it is out of that range
         */
        public Builder ioThreads(int count) {
            ioThreads = inRange("ioThreads", count, 0, 128);
            return this;
        }

        /**
         * Sets how many sockets can be open at the same time; one more throws {@link ZmqException}
         * EMFILE. Pollers and monitors do not count. libzmq needs sockets of its own, so it is told
         * a limit of {@code 2 * count + 16}. C option: {@code ZMQ_MAX_SOCKETS}.
         *
         * @param count 1 to 1,000,000; default 1023
         * @return this
         * @throws IllegalArgumentException if it is out of that range
         */
        public Builder maxSockets(int count) {
            maxSockets = inRange("maxSockets", count, 1, 1_000_000);
            return this;
        }

        /**
         * Sets whether new sockets allow IPv6 beside IPv4. C option: {@code ZMQ_IPV6}.
         *
         * @param enabled default false
         * @return this
         */
        public Builder ipv6(boolean enabled) {
            ipv6 = enabled;
            return this;
        }

        /**
         * Sets the linger of new sockets: for how long after a close libzmq still tries to send
         * queued messages, in the background. libzmq's own default has no limit. SUB and XSUB
         * sockets always start with 0. C option: {@code ZMQ_LINGER}.
         *
         * @param time 0 or more, or {@link SocketOption#FOREVER}; default 5 s
         * @return this
         * @throws IllegalArgumentException if it is negative, or too long for libzmq (24 days)
         */
        public Builder linger(Duration time) {
            OptionCodec.MILLIS.check("linger", Objects.requireNonNull(time, "linger"));
            linger = time;
            return this;
        }

        /**
         * Sets how long {@link Context#close()} waits at most.
         *
         * @param time 0 or more; default 10 s
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder closeTimeout(Duration time) {
            Timeout.nanos(time, "closeTimeout");
            closeTimeout = time;
            return this;
        }

        /**
         * Sets how many bytes new tcp and ipc sockets move at once, if this libzmq was built with
         * drafts; otherwise it is always 8 KiB. C options: {@code ZMQ_IN_BATCH_SIZE}, {@code
         * ZMQ_OUT_BATCH_SIZE}.
         *
         * @param bytes 256 to 16 MiB; default 256 KiB
         * @return this
         * @throws IllegalArgumentException if it is out of that range
         */
        public Builder batchSize(int bytes) {
            batchSize = inRange("batchSize", bytes, 256, 16 << 20);
            return this;
        }

        /**
         * Sets any other option of the context, when it is made; in the order of these calls.
         *
         * @param option a constant of {@link ContextOption}
         * @param value the value, which {@link #build} may find not to be possible here
         * @param <T> type of its value
         * @return this
         * @throws IllegalArgumentException if the value is out of range
         */
        public <T> Builder set(ContextOption.Settable<T> option, T value) {
            TypedContextOption<T> typed =
                    (TypedContextOption<T>) Objects.requireNonNull(option, "option");
            Objects.requireNonNull(value, option.name());
            typed.codec.check(option.name(), value);
            if (more == null) {
                more = new ArrayList<>();
            }
            more.add(new Setting<>(option, value));
            return this;
        }

        private record Setting<T>(ContextOption.Settable<T> option, T value) {
            void applyTo(Context context) {
                context.set(option, value);
            }
        }

        /**
         * Makes the context. Returns at once.
         *
         * @return the context, which the caller closes
         * @throws NativeLibraryException if there is no usable libzmq
         * @throws UnsupportedFeatureException ENOTSUP if this libzmq or system does not have an
         *     option that was {@link #set}
         * @throws ZmqException EMFILE if there are too many open files; ENOMEM if there is no
         *     memory; EPERM or EINVAL if the system does not let threads be scheduled as was set
         */
        public Context build() {
            // Before all else: without the library nothing here can even be initialised.
            Zmq.load();
            boolean drafts = Zmq.has(Capability.DRAFT);
            Context context =
                    new Context(
                            new ContextSettings(
                                    ioThreads,
                                    maxSockets,
                                    ipv6,
                                    OptionCodec.MILLIS.toInt(linger),
                                    closeTimeout,
                                    drafts ? batchSize : 0));
            if (more != null) {
                context.apply(more);
            }
            return context;
        }

        private static int inRange(String name, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(
                        name + " is " + value + ", not in " + least + " to " + most);
            }
            return value;
        }
    }
}
