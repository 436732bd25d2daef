// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.watch;

import static io.panamq.bindings.calls.Constants.DONTWAIT;
import static io.panamq.bindings.calls.Constants.EINTR;
import static io.panamq.bindings.calls.Constants.IO_THREADS;

import io.panamq.bindings.calls.ContextCalls;
import io.panamq.bindings.calls.MessageCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.SocketCalls;
import io.panamq.bindings.calls.TransferCalls;
import io.panamq.internal.error.Failures;
import io.panamq.internal.guard.DescriptorCheck;
import io.panamq.internal.guard.StackGuard;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Two connected native sockets in a context of their own: {@link #ring} sends a message to the
 * receiver, which ends a wait for it.
 */
final class Doorbell {
    private static final int PAIR = 0;

    /** The descriptors that libzmq needs for this, and some more. It aborts if it gets too few. */
    private static final int DESCRIPTORS = 10;

    private final MemorySegment capture = NativeMemory.errnoCapture();

    /** An empty message to send, which is empty again after it was sent. */
    private final MemorySegment out = NativeMemory.scratchSlot();

    private final MemorySegment in = NativeMemory.scratchSlot();
    private final MemorySegment context;
    private final MemorySegment sender;
    private final MemorySegment receiver;

    Doorbell() {
        StackGuard.require();
        DescriptorCheck.require(DESCRIPTORS, "a watcher");
        MessageCalls.init(out);
        MessageCalls.init(in);
        context = requireHandle(ContextCalls.create(capture));
        requireSuccess(ContextCalls.set(capture, context, IO_THREADS, 0));
        receiver = requireHandle(ContextCalls.socket(capture, context, PAIR));
        sender = requireHandle(ContextCalls.socket(capture, context, PAIR));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment endpoint =
                    NativeMemory.cString("inproc://panamq-watcher", "endpoint", arena);
            requireSuccess(SocketCalls.bind(capture, receiver, endpoint));
            requireSuccess(SocketCalls.connect(capture, sender, endpoint));
        }
    }

    private MemorySegment requireHandle(MemorySegment handle) {
        requireSuccess(handle.address() == 0 ? ContextCalls.lastError(capture) : 0);
        return handle;
    }

    private static void requireSuccess(int result) {
        if (result < 0) {
            throw Failures.of(result, "creating", "a watcher");
        }
    }

    /** Returns the socket to wait for, which is readable after a {@link #ring}. */
    MemorySegment receiver() {
        return receiver;
    }

    /** Ends the wait. One thread at a time may call this; it does not block. */
    void ring() {
        int result;
        do {
            result = TransferCalls.send(capture, out, sender, DONTWAIT);
        } while (result == EINTR);
    }

    /** Frees all that it has. No thread may use it any more. */
    void close() {
        SocketCalls.close(capture, sender);
        SocketCalls.close(capture, receiver);
        ContextCalls.terminate(capture, context);
    }

    /** Receives all that was sent, so that it does not end the next wait. */
    void silence() {
        while (TransferCalls.receivePlain(in, receiver, DONTWAIT) >= 0) {
            // The message is empty.
        }
    }
}
