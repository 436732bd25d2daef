// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import static io.panamq.bindings.calls.Constants.IN_BATCH_SIZE;
import static io.panamq.bindings.calls.Constants.IO_THREADS;
import static io.panamq.bindings.calls.Constants.IPV6;
import static io.panamq.bindings.calls.Constants.LINGER;
import static io.panamq.bindings.calls.Constants.MAX_SOCKETS;
import static io.panamq.bindings.calls.Constants.OUT_BATCH_SIZE;
import static io.panamq.bindings.calls.Constants.RCVTIMEO;
import static io.panamq.bindings.calls.Constants.SNDTIMEO;

import io.panamq.bindings.calls.ContextCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.SocketCalls;
import io.panamq.error.ZmqException;
import io.panamq.internal.error.Failures;
import io.panamq.internal.guard.DescriptorCheck;
import io.panamq.internal.guard.StackGuard;
import io.panamq.internal.socket.BlockingWait;
import io.panamq.internal.socket.SocketCore;
import io.panamq.internal.socket.SocketHome;
import io.panamq.internal.socket.SocketTraits;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/** The native context and its life: it makes the native sockets, and ends together with them. */
public final class NativeContext implements SocketHome {
    public final Endpoints endpoints;

    /** The public context, kept reachable by each of its sockets: else it would count as lost. */
    @SuppressWarnings("UnusedVariable")
    private final Object face;

    private final ContextSettings settings;
    private final MemorySegment capture = NativeMemory.errnoCapture();
    private final MemorySegment handle;
    private final SocketRegistry sockets = new SocketRegistry();

    /** Guards what follows. It is not the context itself, which users may lock. */
    private final Object lock = new Object();

    private volatile boolean closing;
    private volatile boolean shutDown;
    private boolean started;
    private int created;
    private CloseResult result;

    /** Whether closing threw, as without memory for a thread: then the next close goes on. */
    private boolean unfinished;

    public NativeContext(Object face, ContextSettings settings) {
        this.face = face;
        this.settings = settings;
        this.endpoints = new Endpoints(settings.maxSockets());
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
        // Twice as many: terminating needs one for each inproc connection that was never bound,
        // and aborts the process when it gets none (Endpoints limits those).
        set(context, MAX_SOCKETS, 2 * settings.maxSockets() + 16);
        set(context, IPV6, settings.ipv6() ? 1 : 0);
        return context;
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
     * Makes a native socket with our defaults, unowned and named by the label and a number. It is
     * registered, or it is closed: a native socket that nobody knows keeps the context from ending.
     */
    public SocketCore openSocket(SocketTraits type, String label) {
        synchronized (lock) {
            String operation = "creating a " + label + " socket";
            if (closing) {
                throw Failures.terminated(operation, "a context");
            }
            if (!started) {
                // The first socket starts the threads, and libzmq aborts if that lacks descriptors.
                DescriptorCheck.require(6 + 2 * settings.ioThreads(), operation);
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
                core = new SocketCore(this, type, socket, name);
                setDefaults(core);
                sockets.add(core);
                complete = true;
            } finally {
                if (!complete) {
                    SocketCalls.close(capture, socket);
                    sockets.remove(core);
                }
            }
            return core;
        }
    }

    private void setDefaults(SocketCore core) {
        // What subscribers still have to send are subscriptions: they keep libzmq's linger of 0.
        if (core.type != SocketTraits.SUB && core.type != SocketTraits.XSUB) {
            core.setInt(LINGER, settings.linger());
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
        }
        sockets.remove(core);
    }

    /** Returns how many sockets are open. */
    public int size() {
        return sockets.size();
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

    /** {@code zmq_ctx_shutdown}: ends all blocking calls. */
    public void shutdown() {
        synchronized (lock) {
            if (!closing) {
                shutDown = true;
                ContextCalls.shutdown(capture, handle);
            }
        }
    }

    /**
     * Closes all sockets and the context, in so many nanoseconds; later calls get the first result.
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
            // Whatever happens, nobody waits in vain in awaitFirst.
            synchronized (lock) {
                unfinished = found == null;
                result = unfinished ? sockets.found() : found;
                lock.notifyAll();
            }
        }
        return found;
    }

    /**
     * Waits up to the given time for what another thread finds, which closes the context; returns
     * what that has found so far if it takes longer.
     */
    private CloseResult awaitFirst(long nanos) {
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
