// SPDX-License-Identifier: Apache-2.0
package io.panamq;

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
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The settings of one context, and how they reach the native context and its new sockets. */
final class ContextSettings {

    private final int ioThreads;
    private final int maxSockets;
    private final boolean ipv6;
    private final Duration linger;
    private final Duration closeTimeout;
    private final int batchSize;
    private final MemorySegment capture = NativeMemory.errnoCapture();
    private final AtomicInteger created = new AtomicInteger();

    ContextSettings(
            int ioThreads,
            int maxSockets,
            boolean ipv6,
            Duration linger,
            Duration closeTimeout,
            int batchSize) {
        this.ioThreads = ioThreads;
        this.maxSockets = maxSockets;
        this.ipv6 = ipv6;
        this.linger = linger;
        this.closeTimeout = closeTimeout;
        this.batchSize = batchSize;
    }

    int ioThreads() {
        return ioThreads;
    }

    int maxSockets() {
        return maxSockets;
    }

    Duration closeTimeout() {
        return closeTimeout;
    }

    /** For calls on the context, under its lock. */
    MemorySegment capture() {
        return capture;
    }

    MemorySegment createNative() {
        StackGuard.require();
        Descriptors.require(4, "creating a context");
        MemorySegment context = ContextCalls.create(capture);
        if (context.address() == 0) {
            throw failure(ContextCalls.lastError(capture), "creating");
        }
        set(context, IO_THREADS, ioThreads);
        // Twice as many: terminating needs one for each inproc connection that was never bound,
        // and aborts the process when it gets none (Endpoints limits those).
        set(context, MAX_SOCKETS, 2 * maxSockets + 16);
        set(context, IPV6, ipv6 ? 1 : 0);
        return context;
    }

    private void set(MemorySegment context, int option, int value) {
        int result = ContextCalls.set(capture, context, option, value);
        if (result < 0) {
            ContextCalls.terminate(capture, context);
            throw failure(result, "setting option " + option);
        }
    }

    /**
     * A new native socket with our defaults, unowned; named by the label and a number. It is
     * registered, or it is closed: a native socket that nobody knows keeps the context from ending.
     */
    SocketCore openSocket(Context owner, MemorySegment context, SocketTraits type, String label) {
        StackGuard.require();
        String name = label + "#" + created.incrementAndGet();
        MemorySegment handle = ContextCalls.socket(capture, context, type.number());
        if (handle.address() == 0) {
            throw failure(ContextCalls.lastError(capture), "creating a " + label + " socket");
        }
        SocketCore core = null;
        boolean complete = false;
        try {
            core = new SocketCore(owner, type, handle, name);
            setDefaults(core);
            owner.remember(core);
            complete = true;
        } finally {
            if (!complete) {
                SocketCalls.close(capture, handle);
                owner.forget(core);
            }
        }
        return core;
    }

    private void setDefaults(SocketCore core) {
        try (Arena arena = Arena.ofConfined()) {
            // What subscribers still have to send are subscriptions: libzmq's own linger of 0.
            if (core.type != SocketTraits.SUB && core.type != SocketTraits.XSUB) {
                OptionCodec.MILLIS.write(core, LINGER, linger, arena);
            }
            core.setInt(RCVTIMEO, Waiting.SLICE_MILLIS);
            core.setInt(SNDTIMEO, Waiting.SLICE_MILLIS);
            if (Zmq.has(Capability.DRAFT)) {
                core.setInt(IN_BATCH_SIZE, batchSize);
                core.setInt(OUT_BATCH_SIZE, batchSize);
            }
        }
    }

    private static ZmqException failure(int result, String operation) {
        return Failures.of(result, operation, "a context");
    }
}
