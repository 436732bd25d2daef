// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.calls.ContextCalls;
import io.panamq.bindings.calls.DraftFunctions;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Owns libzmq's background threads and makes the sockets. A program usually has one. Thread safe.
 *
 * <p>{@link #close()} ends in bounded time, whatever is open, blocked or unsent: it closes the
 * sockets that are still open, from whatever thread, and waits for what is queued to be sent, for
 * the sockets' linger and no longer than {@link Builder#closeTimeout}. The threads of one that is
 * lost without that run on; it is reported, see <a href="package-summary.html">the package</a>.
 */
public final class Context implements AutoCloseable {
    final Endpoints endpoints;
    private final ContextSettings settings;
    private final MemorySegment handle;
    private final SocketRegistry sockets = new SocketRegistry();

    /** Not the context itself, which others may lock for as long as they like. */
    private final Object lock = new Object();

    private volatile boolean closing;
    private volatile boolean shutDown;
    private boolean started;
    private CloseReport report;
    private final Leak leak;

    /** Closing threw, as without memory for a thread: the next one who closes goes on. */
    private boolean unfinished;

    private Context(ContextSettings settings) {
        this.settings = settings;
        this.endpoints = new Endpoints(settings.maxSockets());
        this.handle = settings.createNative();
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
        return new PairSocket(open(SocketTraits.PAIR));
    }

    /**
     * Makes a PUB socket, see {@link #pair}.
     *
     * @return the socket
     */
    public PubSocket pub() {
        return new PubSocket(open(SocketTraits.PUB));
    }

    /**
     * Makes a SUB socket, see {@link #pair}.
     *
     * @return the socket
     */
    public SubSocket sub() {
        return new SubSocket(open(SocketTraits.SUB));
    }

    /**
     * Makes an XPUB socket, see {@link #pair}.
     *
     * @return the socket
     */
    public XPubSocket xpub() {
        return new XPubSocket(open(SocketTraits.XPUB));
    }

    /**
     * Makes an XSUB socket, see {@link #pair}.
     *
     * @return the socket
     */
    public XSubSocket xsub() {
        return new XSubSocket(open(SocketTraits.XSUB));
    }

    /**
     * Makes a REQ socket, see {@link #pair}.
     *
     * @return the socket
     */
    public ReqSocket req() {
        return new ReqSocket(open(SocketTraits.REQ));
    }

    /**
     * Makes a REP socket, see {@link #pair}.
     *
     * @return the socket
     */
    public RepSocket rep() {
        return new RepSocket(open(SocketTraits.REP));
    }

    /**
     * Makes a DEALER socket, see {@link #pair}.
     *
     * @return the socket
     */
    public DealerSocket dealer() {
        return new DealerSocket(open(SocketTraits.DEALER));
    }

    /**
     * Makes a ROUTER socket, see {@link #pair}.
     *
     * @return the socket
     */
    public RouterSocket router() {
        return new RouterSocket(open(SocketTraits.ROUTER));
    }

    /**
     * Makes a PUSH socket, see {@link #pair}.
     *
     * @return the socket
     */
    public PushSocket push() {
        return new PushSocket(open(SocketTraits.PUSH));
    }

    /**
     * Makes a PULL socket, see {@link #pair}.
     *
     * @return the socket
     */
    public PullSocket pull() {
        return new PullSocket(open(SocketTraits.PULL));
    }

    /**
     * Makes a STREAM socket, see {@link #pair}.
     *
     * @return the socket
     */
    public StreamSocket stream() {
        return new StreamSocket(open(SocketTraits.STREAM));
    }

    private SocketCore open(SocketTraits type) {
        return open(type, type.name());
    }

    /** Also for the sockets within pollers and monitors. */
    SocketCore open(SocketTraits type, String label) {
        synchronized (lock) {
            String operation = "creating a " + label + " socket";
            if (closing) {
                throw Failures.terminated(operation, "a context");
            }
            if (!started) {
                // The first socket starts the threads, and libzmq aborts if that lacks descriptors.
                Descriptors.require(6 + 2 * settings.ioThreads(), operation);
                started = true;
            }
            return settings.openSocket(this, handle, type, label);
        }
    }

    void remember(SocketCore core) {
        sockets.add(core);
    }

    /** Whether its sockets may answer ETERM to everything. */
    boolean isShutDown() {
        return shutDown || closing;
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
        return Poller.create(this, DraftFunctions.poller());
    }

    void forget(SocketCore core) {
        if (core != null) {
            sockets.remove(core);
        }
    }

    // ---- life

    /**
     * Whether the context was closed.
     *
     * @return true after {@link #close()}
     */
    public boolean isClosed() {
        return closing;
    }

    /**
     * Ends all blocking calls, now and later, with {@link ContextTerminatedException}; from any
     * thread. The sockets still have to be closed, and the context too. Does not block. {@code
     * zmq_ctx_shutdown}.
     */
    public void shutdown() {
        synchronized (lock) {
            if (!closing) {
                shutDown = true;
                ContextCalls.shutdown(settings.capture(), handle);
            }
        }
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
        StackGuard.require();
        synchronized (lock) {
            if (closing && !unfinished) {
                return awaitFirst(Math.max(nanos, SocketRegistry.GRACE));
            }
            closing = true;
            unfinished = false;
            report = null;
        }
        CloseReport found = null;
        try {
            if (leak != null) {
                leak.closed();
            }
            found = sockets.closeAll(handle, endpoints.inproc, nanos);
        } finally {
            // Whatever happens, nobody waits in vain in awaitFirst.
            synchronized (lock) {
                unfinished = found == null;
                report = unfinished ? sockets.found() : found;
                lock.notifyAll();
            }
        }
        return found;
    }

    /** Another thread closes: what it found, or so far if it takes longer than that. */
    private CloseReport awaitFirst(long nanos) {
        long deadline = System.nanoTime() + nanos;
        boolean interrupted = false;
        long left = nanos;
        while (report == null && left > 0) {
            try {
                TimeUnit.NANOSECONDS.timedWait(lock, left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = deadline - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return report == null ? sockets.found() : report;
    }

    @Override
    public String toString() {
        return "Context[" + sockets.size() + " open sockets" + (closing ? ", closed]" : "]");
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
            return new Context(
                    new ContextSettings(
                            ioThreads, maxSockets, ipv6, linger, closeTimeout, batchSize));
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
