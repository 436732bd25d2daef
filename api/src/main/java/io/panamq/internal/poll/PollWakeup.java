// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.poll;

import static io.panamq.bindings.calls.Constants.DONTWAIT;
import static io.panamq.bindings.calls.Constants.EINTR;

import io.panamq.bindings.calls.MessageCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.TransferCalls;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.SocketClosedException;
import io.panamq.internal.context.Endpoints;
import io.panamq.internal.context.NativeContext;
import io.panamq.internal.guard.NonParkingLock;
import io.panamq.internal.guard.StackGuard;
import io.panamq.internal.socket.SocketCore;
import io.panamq.internal.socket.SocketTraits;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/** Two sockets that are peers: one is polled, and through the other any thread ends the wait. */
public final class PollWakeup {
    /** The one that is polled. */
    final SocketCore core;

    /** The other one, handed from thread to thread. */
    private final SocketCore sender;

    private final Endpoints endpoints;
    private final NonParkingLock lock = new NonParkingLock();

    /** Empty, before it is sent and after. */
    private final MemorySegment note = NativeMemory.scratchSlot();

    private final MemorySegment sink = NativeMemory.scratchSlot();

    /** A note was sent, or is about to be, and was not taken out: others need not send one. */
    private final AtomicBoolean pending = new AtomicBoolean();

    public PollWakeup(NativeContext context) {
        endpoints = context.endpoints;
        core = context.openSocket(SocketTraits.PAIR, "Poller");
        try {
            sender = context.openSocket(SocketTraits.PAIR, "Poller");
        } catch (RuntimeException | Error e) {
            core.close();
            throw e;
        }
        sender.internal = true;
        MessageCalls.init(note);
        MessageCalls.init(sink);
    }

    /** Makes the two peers. Within a call of the polled socket. */
    void connect() {
        String name = "inproc://panamq-" + core.name.replace('#', '-');
        endpoints.bind(core, name);
        sender.enter("connect");
        try {
            endpoints.connect(sender, name);
        } finally {
            sender.exit();
        }
        sender.handOver();
    }

    /**
     * Ends the wait, or the next one if nobody waits. Any thread; does not block or allocate. The
     * caller has called {@link StackGuard#require}: a wake-up that is cut off would be lost.
     */
    void send() {
        if (pending.compareAndSet(false, true)) {
            // Only the thread that sent the last note can have the lock, and it is about to leave.
            lock.lock();
            try {
                sendNote();
                sender.handOver();
            } catch (SocketClosedException | ContextTerminatedException e) {
                // Nobody waits any more.
            } finally {
                lock.unlock();
            }
        }
    }

    private void sendNote() {
        sender.enter("wakeup");
        try {
            int result;
            do {
                result = TransferCalls.send(sender.capture, note, sender.handle, DONTWAIT);
            } while (result == EINTR);
            // All other failures mean that there are notes enough, or that nobody waits any more.
        } finally {
            sender.exit();
        }
    }

    /** Takes out what was sent, which has ended the wait. Within a call of the polled socket. */
    void drain() {
        while (TransferCalls.receivePlain(sink, core.handle, DONTWAIT) >= 0) {
            // There is nothing in it.
        }
        // Not earlier: then what is sent in between would be taken, and never be sent again.
        pending.set(false);
    }

    void close() {
        sender.close();
    }
}
