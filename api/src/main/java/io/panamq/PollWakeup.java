// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.calls.MessageCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.TransferCalls;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/** Two sockets that are peers: one is polled, through the other any thread ends the wait. */
final class PollWakeup {
    private static final byte[] NOTHING = {};
    private static final int DONTWAIT = 1;

    /** The one that is polled. */
    final SocketCore core;

    private final PairSocket sender;
    private final MemorySegment slot = NativeMemory.scratchSlot();

    /** Empty, before it is sent and after. */
    private final MemorySegment note = NativeMemory.scratchSlot();

    /** A note is under way, and not taken out yet: others need not send one. */
    private final AtomicBoolean pending = new AtomicBoolean();

    /** For the sender. */
    private final NonParkingLock lock = new NonParkingLock();

    PollWakeup(Context context) {
        core = context.open(SocketType.PAIR, "Poller");
        try {
            SocketCore other = context.open(SocketType.PAIR, "Poller");
            other.internal = true;
            sender = new PairSocket(other);
        } catch (RuntimeException | Error e) {
            core.close();
            throw e;
        }
        MessageCalls.init(slot);
        MessageCalls.init(note);
    }

    /** Between enter and exit. */
    void connect() {
        String name = "inproc://panamq-" + core.name.replace('#', '-');
        core.context.endpoints.bind(core, name);
        sender.connect(name);
        sender.release();
    }

    /** From any thread. */
    void send() {
        // Who is told that another one wakes it must be woken.
        StackGuard.requireAmple();
        if (pending.compareAndSet(false, true)) {
            // Only the one before can have it, who has sent and is on the way out.
            lock.lock();
            try {
                sendNote(sender.core);
            } catch (SocketClosedException | ContextTerminatedException e) {
                // Nobody waits any more.
            } finally {
                lock.unlock();
            }
        }
    }

    /** Nothing in it waits, and nothing is allocated. */
    private void sendNote(SocketCore core) {
        core.enter("wakeup");
        boolean sent = false;
        try {
            sent = TransferCalls.sendPlain(note, core.handle, DONTWAIT) >= 0;
        } finally {
            core.exit();
        }
        if (!sent) {
            boolean ignored = sender.trySend(NOTHING);
        }
        sender.release();
    }

    /** What was sent has ended the wait. Between enter and exit. */
    void drain() {
        while (TransferCalls.receivePlain(slot, core.handle, DONTWAIT) >= 0) {
            // Nothing in it.
        }
        // Not earlier: then what is sent in between would be taken, and never be sent again.
        pending.set(false);
    }

    void close() {
        sender.close();
    }
}
