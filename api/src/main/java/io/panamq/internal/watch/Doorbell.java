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
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Two native sockets that are peers, in a native context of their own: what is sent to the one ends
 * a wait for the other. They are never closed, like the daemon thread that waits.
 */
final class Doorbell {
    private static final int PAIR = 0;

    /** How many descriptors libzmq needs for this, with some to spare: it aborts without them. */
    private static final int DESCRIPTORS = 10;

    private final MemorySegment capture = NativeMemory.errnoCapture();

    /** Empty, before it is sent and after. */
    private final MemorySegment note = NativeMemory.scratchSlot();

    private final MemorySegment sink = NativeMemory.scratchSlot();
    private final MemorySegment bell;
    private final MemorySegment ear;

    Doorbell() {
        DescriptorCheck.require(DESCRIPTORS, "a watcher");
        MessageCalls.init(note);
        MessageCalls.init(sink);
        MemorySegment context = requireHandle(ContextCalls.create(capture));
        requireSuccess(ContextCalls.set(capture, context, IO_THREADS, 0));
        ear = requireHandle(ContextCalls.socket(capture, context, PAIR));
        bell = requireHandle(ContextCalls.socket(capture, context, PAIR));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment endpoint =
                    NativeMemory.cString("inproc://panamq-watcher", "endpoint", arena);
            requireSuccess(SocketCalls.bind(capture, ear, endpoint));
            requireSuccess(SocketCalls.connect(capture, bell, endpoint));
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

    /** The socket to wait for. */
    MemorySegment ear() {
        return ear;
    }

    /** Ends the wait. One thread at a time; does not block. */
    void ring() {
        int result;
        do {
            result = TransferCalls.send(capture, note, bell, DONTWAIT);
        } while (result == EINTR);
    }

    /** Takes out what was sent, so that the next wait does not end because of it. */
    void silence() {
        while (TransferCalls.receivePlain(sink, ear, DONTWAIT) >= 0) {
            // There is nothing in it.
        }
    }
}
