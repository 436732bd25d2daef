// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.Platform;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.SocketQueries;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;

/**
 * The descriptor of one socket, and the thread that is parked until libzmq has something to tell
 * the socket. It becomes readable when a command is put into the socket's empty mailbox, and stays
 * so until the owner makes the socket process its commands: nothing can be missed in between.
 *
 * <p>The owner's calls and the one that closes are never concurrent; {@link #fired} is, with all.
 */
final class Watch {
    private static final int ZMQ_FD = 14;

    final long fd;

    /** Where it is registered, if anywhere; and what that wants to remember. */
    Watcher home;

    MemorySegment event;

    private volatile Thread waiter;
    private volatile boolean armed;

    private Watch(long fd) {
        this.fd = fd;
    }

    /** For a socket, whose owner calls; null if it has no descriptor to give, as after a stop. */
    static Watch of(SocketCore core) {
        boolean wide = Platform.current().os().equals("windows");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(8, 8);
            MemorySegment size = arena.allocate(8, 8);
            NativeMemory.setLong(size.address(), wide ? 8 : 4);
            int result = SocketQueries.getOption(core.capture, core.handle, ZMQ_FD, value, size);
            if (result < 0) {
                return null;
            }
            long address = value.address();
            return new Watch(wide ? NativeMemory.getLong(address) : NativeMemory.getInt(address));
        }
    }

    boolean isArmed() {
        return armed;
    }

    /** Before the watcher is told: it may fire at once. */
    void arm() {
        armed = true;
    }

    /** It is readable, or its watcher has ended: the waiter, if there is one, looks again. */
    void fired() {
        // In this order: who reads true afterwards relies on the unpark, which it will see.
        armed = false;
        LockSupport.unpark(waiter);
    }

    /**
     * Parks until it is readable, for so long at most, or for no reason. Returns false, without
     * waiting, if nobody watches descriptors here.
     */
    boolean park(SocketCore core, long nanos) {
        boolean expecting = expect(core);
        if (expecting) {
            // Whoever ends the wait wakes this thread; that is used up if it came with a lock held.
            if (!core.isEnding()) {
                parkThread(core, nanos);
            }
            expectNothing();
        }
        return expecting;
    }

    /**
     * From now on the calling thread is unparked when it is readable, also if it is that already;
     * until {@link #expectNothing}. Returns false if nobody watches descriptors here.
     */
    boolean expect(SocketCore core) {
        waiter = Thread.currentThread();
        if (!armed) {
            Watcher watcher = Watcher.get();
            if (home != null && home != watcher) {
                home.forget(this, core.capture);
                home = null;
            }
            if (watcher == null || !watcher.watch(this, core.capture)) {
                waiter = null;
                return false;
            }
        }
        return true;
    }

    void expectNothing() {
        waiter = null;
    }

    /** For so long at most, or for no reason. */
    static void parkThread(SocketCore core, long nanos) {
        if (nanos == Timeout.FOREVER) {
            LockSupport.park(core);
        } else {
            LockSupport.parkNanos(core, nanos);
        }
    }

    /** Before the socket is closed, and its descriptor with it. */
    void end(MemorySegment capture) {
        if (home != null) {
            home.forget(this, capture);
        }
    }
}
