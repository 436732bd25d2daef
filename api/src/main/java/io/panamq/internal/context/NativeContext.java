// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import static io.panamq.bindings.calls.Constants.BLOCKY;
import static io.panamq.bindings.calls.Constants.IN_BATCH_SIZE;
import static io.panamq.bindings.calls.Constants.IO_THREADS;
import static io.panamq.bindings.calls.Constants.IPV6;
import static io.panamq.bindings.calls.Constants.LINGER;
import static io.panamq.bindings.calls.Constants.MAX_SOCKETS;
import static io.panamq.bindings.calls.Constants.OUT_BATCH_SIZE;
import static io.panamq.bindings.calls.Constants.RCVTIMEO;
import static io.panamq.bindings.calls.Constants.ROUTER_MANDATORY;
import static io.panamq.bindings.calls.Constants.SNDHWM;
import static io.panamq.bindings.calls.Constants.SNDTIMEO;

import io.panamq.bindings.calls.ContextCalls;
import io.panamq.bindings.calls.DraftFunctions;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.SocketCalls;
import io.panamq.error.Errno;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import io.panamq.internal.error.Failures;
import io.panamq.internal.guard.DescriptorCheck;
import io.panamq.internal.guard.OpenContexts;
import io.panamq.internal.guard.StackGuard;
import io.panamq.internal.memory.SlotRescue;
import io.panamq.internal.option.OptionCodec;
import io.panamq.internal.option.OptionFacts;
import io.panamq.internal.socket.BlockingWait;
import io.panamq.internal.socket.SocketCore;
import io.panamq.internal.socket.SocketHome;
import io.panamq.internal.socket.SocketTraits;
import io.panamq.internal.socket.ThreadSafeCore;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The native context of libzmq: it makes the native sockets, and closes them before it ends. */
public final class NativeContext implements SocketHome {
    public final Endpoints endpoints;

    /** The public context, which does not count as lost while one of its sockets is in use. */
    @SuppressWarnings("UnusedVariable")
    private final Object face;

    private final ContextSettings settings;
    private final MemorySegment capture = NativeMemory.errnoCapture();
    private final MemorySegment handle;
    private final SocketRegistry sockets = new SocketRegistry();

    /** Guards the fields that follow. It is not the public context, which users may lock. */
    private final Object lock = new Object();

    private volatile boolean closing;
    private volatile boolean shutDown;
    private boolean started;
    private int ioThreads;
    private int maxSockets;
    private boolean blocky = true;

    /** Made when an option is read or set. */
    private ContextOptions options;

    private int created;
    private CloseResult result;

    /** Whether closing threw an exception, for lack of memory for example: the next goes on. */
    private boolean unfinished;

    /** Makes a native context; {@code face} is the public one. */
    public NativeContext(Object face, ContextSettings settings) {
        this.face = face;
        this.settings = settings;
        this.endpoints = new Endpoints(settings.maxSockets());
        this.ioThreads = settings.ioThreads();
        this.maxSockets = settings.maxSockets();
        this.handle = create();
    }

    private MemorySegment create() {
        StackGuard.require();
        DescriptorCheck.require(4, "creating a context");
        MemorySegment context = ContextCalls.create(capture);
        if (context.address() == 0) {
            throw failure(ContextCalls.lastError(capture), "creating");
        }
        set(context, IO_THREADS, settings.ioThreads());
        set(context, MAX_SOCKETS, nativeLimit(settings.maxSockets()));
        set(context, IPV6, settings.ipv6() ? 1 : 0);
        OpenContexts.add();
        return context;
    }

    /**
     * Returns how many sockets libzmq is told to allow: twice as many as users may open, because
     * terminating needs a socket for each inproc connection to a name that was never bound, and
     * aborts if it gets none. InprocRegistry limits those. Pollers and monitors need some too.
     */
    private static int nativeLimit(int maxSockets) {
        return 2 * maxSockets + 16;
    }

    private void set(MemorySegment context, int option, int value) {
        int result = ContextCalls.set(capture, context, option, value);
        if (result < 0) {
            ContextCalls.terminate(capture, context);
            throw failure(result, "setting option " + option);
        }
    }

    private static ZmqException failure(int result, String operation) {
        return Failures.of(result, operation, "a context");
    }

    // ---- sockets

    /**
     * Makes a native socket with the defaults of this context and no owner, named by the label and
     * a number. If this throws, the native socket is closed, because it would otherwise keep the
     * context from ending.
     */
    public SocketCore openSocket(SocketTraits type, String label) {
        synchronized (lock) {
            String operation = "creating a " + label + " socket";
            if (type.isDraft() && !DraftFunctions.hasSockets()) {
                throw new UnsupportedFeatureException(
                        Errno.ENOTSUP,
                        operation,
                        "",
                        operation
                                + ": the type is a draft, and this libzmq was built without drafts:"
                                + " use the bundled library (Zmq.librarySource())");
            }
            if (closing) {
                throw Failures.terminated(operation, "a context");
            }
            boolean counts = label.equals(type.name());
            if (counts && sockets.counted() >= maxSockets) {
                throw Failures.of(Errno.EMFILE, operation, "a context");
            }
            if (!started) {
                // The first socket starts the threads; libzmq aborts without descriptors for them.
                DescriptorCheck.require(6 + 2 * ioThreads, operation);
                started = true;
            }
            StackGuard.require();
            created++;
            String name = label + "#" + created;
            MemorySegment socket = ContextCalls.socket(capture, handle, type.number());
            if (socket.address() == 0) {
                throw failure(ContextCalls.lastError(capture), operation);
            }
            SocketCore core = null;
            boolean complete = false;
            try {
                core =
                        type.isThreadSafe()
                                ? new ThreadSafeCore(this, type, socket, name)
                                : new SocketCore(this, type, socket, name);
                core.counts = counts;
                setDefaults(core);
                sockets.add(core);
                complete = true;
            } finally {
                if (!complete) {
                    SocketCalls.close(capture, socket);
                    if (core != null) {
                        sockets.remove(core);
                    }
                }
            }
            return core;
        }
    }

    private void setDefaults(SocketCore core) {
        if (core.type == SocketTraits.SUB || core.type == SocketTraits.XSUB) {
            // What they send are subscriptions: libzmq would drop those that exceed its limit of
            // 1000, without a word. They keep libzmq's linger of 0.
            core.setInt(SNDHWM, 0);
        } else if (blocky) {
            core.setInt(LINGER, settings.linger());
        }
        if (core.type == SocketTraits.ROUTER) {
            core.setInt(ROUTER_MANDATORY, 1); // it drops nothing behind the user's back
        }
        core.setInt(RCVTIMEO, BlockingWait.SLICE_MILLIS);
        core.setInt(SNDTIMEO, BlockingWait.SLICE_MILLIS);
        if (settings.batchSize() != 0) {
            core.setInt(IN_BATCH_SIZE, settings.batchSize());
            core.setInt(OUT_BATCH_SIZE, settings.batchSize());
        }
    }

    @Override
    public void close(SocketCore core) {
        synchronized (endpoints.inproc) {
            core.closeHandle();
            endpoints.inproc.forget(core);
            FreedAddresses.add(core.bound);
        }
        sockets.remove(core);
    }

    // ---- options

    /** Reads an option of the context. */
    public <T> T getOption(OptionFacts option, OptionCodec<T> codec) {
        StackGuard.require();
        synchronized (lock) {
            ContextOptions open = openOptions("get");
            if (option.number() == MAX_SOCKETS) {
                @SuppressWarnings("unchecked") // numbers are Integers
                T value = (T) (Integer) maxSockets;
                return value;
            }
            return open.get(option, codec);
        }
    }

    /** Checks the value, and sets an option of the context. */
    public <T> void setOption(OptionFacts option, OptionCodec<T> codec, T value) {
        codec.check(option.name(), value);
        StackGuard.require();
        synchronized (lock) {
            ContextOptions open = openOptions("set");
            if (option.number() == MAX_SOCKETS) {
                open.set(option, OptionCodec.INT, nativeLimit((Integer) value), started);
                maxSockets = (Integer) value;
                endpoints.inproc.setMostPending(maxSockets);
                return;
            }
            open.set(option, codec, value, started);
            switch (option.number()) {
                case IO_THREADS -> ioThreads = (Integer) value;
                case BLOCKY -> blocky = (Boolean) value;
                default -> {}
            }
        }
    }

    private ContextOptions openOptions(String operation) {
        if (closing) {
            throw Failures.terminated(operation, "a context");
        }
        if (options == null) {
            options = new ContextOptions(capture, handle);
        }
        return options;
    }

    /** Returns the number of open sockets. */
    public int size() {
        return sockets.size();
    }

    /** Returns how long closing may take. */
    public Duration closeTimeout() {
        return settings.closeTimeout();
    }

    // ---- life

    @Override
    public boolean isClosed() {
        return closing;
    }

    @Override
    public boolean isShutDown() {
        return shutDown || closing;
    }

    /** Ends all blocking calls on the sockets: {@code zmq_ctx_shutdown}. */
    public void shutdown() {
        synchronized (lock) {
            if (!closing) {
                shutDown = true;
                ContextCalls.shutdown(capture, handle);
            }
        }
    }

    /**
     * Closes all sockets and the context within a number of nanoseconds. Later calls return the
     * result of the first.
     */
    public CloseResult close(long nanos) {
        StackGuard.require();
        synchronized (lock) {
            if (closing && !unfinished) {
                return awaitFirst(Math.max(nanos, SocketRegistry.GRACE));
            }
            closing = true;
            unfinished = false;
            result = null;
        }
        CloseResult found = null;
        try {
            found = sockets.closeAll(handle, endpoints.inproc, nanos);
        } finally {
            // This also ends the waits of other threads in awaitFirst.
            synchronized (lock) {
                unfinished = found == null;
                if (found != null && found.terminated() && OpenContexts.remove()) {
                    SlotRescue.rest();
                }
                result = unfinished ? sockets.found() : found;
                lock.notifyAll();
            }
        }
        return found;
    }

    /**
     * Waits up to the given time in nanoseconds for the result of the thread that closes the
     * context. After that time, returns what is known so far. The caller must hold the lock.
     */
    private CloseResult awaitFirst(long nanos) {
        assert Thread.holdsLock(lock);
        long deadline = System.nanoTime() + nanos;
        boolean interrupted = false;
        long left = nanos;
        while (result == null && left > 0) {
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
        return result == null ? sockets.found() : result;
    }
}
