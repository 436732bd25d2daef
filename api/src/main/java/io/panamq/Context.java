// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.calls.DraftFunctions;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.NativeLibraryException;
import io.panamq.error.ZmqException;
import io.panamq.internal.context.CloseResult;
import io.panamq.internal.context.ContextSettings;
import io.panamq.internal.context.NativeContext;
import io.panamq.internal.leak.Leak;
import io.panamq.internal.leak.Leaks;
import io.panamq.internal.option.OptionCodec;
import io.panamq.internal.socket.Timeout;
import java.time.Duration;
import java.util.Objects;

/**
 * Owns libzmq's background threads and makes the sockets. A program usually has one. Thread safe.
 *
 * <p>{@link #close()} ends in bounded time, whatever is open, blocked or unsent: it closes the
 * sockets that are still open, from whatever thread, and waits for what is queued to be sent, for
 * the sockets' linger and no longer than {@link Builder#closeTimeout}. The threads of one that is
 * lost without that run on; it is reported, see <a href="package-summary.html">the package</a>.
 */
public final class Context implements AutoCloseable {
    final NativeContext core;
    private final ContextSettings settings;
    private final Leak leak;

    private Context(ContextSettings settings) {
        this.settings = settings;
        this.core = new NativeContext(this, settings);
        this.leak = Leaks.follow(this, "a context", "its threads and sockets stay", Leaks.site());
    }

    /**
     * A context with the defaults of {@link Builder}. Does not block.
     *
     * @return the context
     * @throws NativeLibraryException if there is no usable libzmq
     * @throws ZmqException EMFILE, ENOMEM
     */
    public static Context create() {
        return builder().build();
    }

    /**
     * For a context with other settings.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    // ---- sockets

    /**
     * Makes a PAIR socket. {@code zmq_socket}.
     *
     * @return the socket
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files
     */
    public PairSocket pair() {
        return new PairSocket(this);
    }

    /**
     * Makes a PUB socket, see {@link #pair}.
     *
     * @return the socket
     */
    public PubSocket pub() {
        return new PubSocket(this);
    }

    /**
     * Makes a SUB socket, see {@link #pair}.
     *
     * @return the socket
     */
    public SubSocket sub() {
        return new SubSocket(this);
    }

    /**
     * Makes an XPUB socket, see {@link #pair}.
     *
     * @return the socket
     */
    public XPubSocket xpub() {
        return new XPubSocket(this);
    }

    /**
     * Makes an XSUB socket, see {@link #pair}.
     *
     * @return the socket
     */
    public XSubSocket xsub() {
        return new XSubSocket(this);
    }

    /**
     * Makes a REQ socket, see {@link #pair}.
     *
     * @return the socket
     */
    public ReqSocket req() {
        return new ReqSocket(this);
    }

    /**
     * Makes a REP socket, see {@link #pair}.
     *
     * @return the socket
     */
    public RepSocket rep() {
        return new RepSocket(this);
    }

    /**
     * Makes a DEALER socket, see {@link #pair}.
     *
     * @return the socket
     */
    public DealerSocket dealer() {
        return new DealerSocket(this);
    }

    /**
     * Makes a ROUTER socket, see {@link #pair}.
     *
     * @return the socket
     */
    public RouterSocket router() {
        return new RouterSocket(this);
    }

    /**
     * Makes a PUSH socket, see {@link #pair}.
     *
     * @return the socket
     */
    public PushSocket push() {
        return new PushSocket(this);
    }

    /**
     * Makes a PULL socket, see {@link #pair}.
     *
     * @return the socket
     */
    public PullSocket pull() {
        return new PullSocket(this);
    }

    /**
     * Makes a STREAM socket, see {@link #pair}.
     *
     * @return the socket
     */
    public StreamSocket stream() {
        return new StreamSocket(this);
    }

    /**
     * Makes a poller, for sockets of this and other contexts and for file descriptors. It takes two
     * of this context's sockets for itself. {@code zmq_poller_new} if this libzmq was built with
     * drafts, otherwise nothing.
     *
     * @return the poller
     * @throws ContextTerminatedException if the context is closed or shut down
     * @throws ZmqException EMFILE if there are too many sockets or open files; ENOMEM
     */
    public Poller poller() {
        return Poller.create(this, DraftFunctions.hasPoller());
    }

    // ---- life

    /**
     * Whether the context was closed.
     *
     * @return true after {@link #close()}
     */
    public boolean isClosed() {
        return core.isClosed();
    }

    /**
     * Ends all blocking calls, now and later, with {@link ContextTerminatedException}; from any
     * thread. The sockets still have to be closed, and the context too. Does not block. {@code
     * zmq_ctx_shutdown}.
     */
    public void shutdown() {
        core.shutdown();
    }

    /**
     * Closes the context and all sockets that are still open; idempotent. <strong>Blocks</strong>
     * until what is queued was sent, for the sockets' linger (5 s unless changed) and at most for
     * {@link Builder#closeTimeout} (10 s unless changed); then libzmq goes on in the background,
     * which is logged as a warning. An interrupt does not end it, and stays set.
     */
    @Override
    public void close() {
        close(settings.closeTimeout());
    }

    /**
     * Closes the context and all sockets that are still open, and tells what it found, and where
     * those were made. Threads that wait in a call of a socket are woken with {@link
     * ContextTerminatedException}. <strong>Blocks</strong> for this time at most, however long the
     * sockets' linger, and whoever else closes it. {@code zmq_close}, {@code zmq_ctx_term}.
     *
     * @param timeout how long to wait at most; less than 0.2 s counts as 0.2 s
     * @return what it found and left; on later calls the first report, which they wait for: if that
     *     takes too long, what is known of it, and not terminated
     * @throws IllegalArgumentException if the time is negative
     */
    public CloseReport close(Duration timeout) {
        long nanos = Math.min(Timeout.nanos(timeout), Long.MAX_VALUE / 4);
        if (leak != null) {
            leak.markClosed();
        }
        CloseResult found = core.close(nanos);
        return new CloseReport(
                found.terminated(), found.stillOpen(), found.abandoned(), found.createdAt());
    }

    @Override
    public String toString() {
        return "Context[" + core.size() + " open sockets" + (isClosed() ? ", closed]" : "]");
    }

    /** Settings of a context to be. Not thread safe. */
    public static final class Builder {
        private int ioThreads = 1;
        private int maxSockets = 1023;
        private boolean ipv6;
        private Duration linger = Duration.ofSeconds(5);
        private Duration closeTimeout = Duration.ofSeconds(10);
        private int batchSize = 256 * 1024;

        private Builder() {}

        /**
         * How many threads move data. A connection lives on one of them, and one served two
         * gigabytes a second: more can only help with several connections and idle cores
         * (integration-tests/BENCHMARKS.md). {@code ZMQ_IO_THREADS}.
         *
         * @param count 0 (inproc only) to 128; default 1
         * @return this
         */
        public Builder ioThreads(int count) {
            ioThreads = inRange("ioThreads", count, 0, 128);
            return this;
        }

        /**
         * How many sockets may be open at the same time. {@code ZMQ_MAX_SOCKETS}.
         *
         * @param count 1 to 1,000,000; default 1023
         * @return this
         */
        public Builder maxSockets(int count) {
            maxSockets = inRange("maxSockets", count, 1, 1_000_000);
            return this;
        }

        /**
         * Whether new sockets allow IPv6 beside IPv4. {@code ZMQ_IPV6}.
         *
         * @param enabled default false
         * @return this
         */
        public Builder ipv6(boolean enabled) {
            ipv6 = enabled;
            return this;
        }

        /**
         * The linger of new sockets: how long after close what is queued is still sent. libzmq's
         * own default is for ever. SUB and XSUB start with 0 in any case. {@code ZMQ_LINGER}.
         *
         * @param time 0 or more, or {@link SocketOption#FOREVER}; default 5 s
         * @return this
         */
        public Builder linger(Duration time) {
            OptionCodec.MILLIS.check("linger", Objects.requireNonNull(time, "linger"));
            linger = time;
            return this;
        }

        /**
         * How long {@link Context#close()} may take.
         *
         * @param time 0 or more; default 10 s
         * @return this
         */
        public Builder closeTimeout(Duration time) {
            Timeout.nanos(time);
            closeTimeout = time;
            return this;
        }

        /**
         * How many bytes new tcp and ipc sockets move at once, if this libzmq was built with
         * drafts; otherwise it is always 8 KiB. {@code ZMQ_IN_BATCH_SIZE}, {@code
         * ZMQ_OUT_BATCH_SIZE}.
         *
         * @param bytes 256 to 16 MiB; default 256 KiB
         * @return this
         */
        public Builder batchSize(int bytes) {
            batchSize = inRange("batchSize", bytes, 256, 16 << 20);
            return this;
        }

        /**
         * Makes the context. Does not block.
         *
         * @return the context
         * @throws NativeLibraryException if there is no usable libzmq
         * @throws ZmqException EMFILE, ENOMEM
         */
        public Context build() {
            // Before all else: without the library nothing here can even be initialised.
            Zmq.load();
            boolean drafts = Zmq.has(Capability.DRAFT);
            return new Context(
                    new ContextSettings(
                            ioThreads,
                            maxSockets,
                            ipv6,
                            OptionCodec.MILLIS.toInt(linger),
                            closeTimeout,
                            drafts ? batchSize : 0));
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
