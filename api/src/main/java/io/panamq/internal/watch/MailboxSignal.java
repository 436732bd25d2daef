// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.watch;

import static io.panamq.bindings.calls.Constants.FD;

import io.panamq.bindings.Platform;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.SocketQueries;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells a parked thread that libzmq has news for its socket. The descriptor of a socket becomes
 * readable when a command is put into the socket's empty mailbox, and stays readable until the
 * owner makes the socket process its commands: nothing can be missed in between.
 *
 * <p>The calls of the owner and of the thread that closes the socket are never concurrent. {@link
 * #fire} may be concurrent with all of them.
 */
public final class MailboxSignal {
    /** The descriptor, an int or on Windows a handle. */
    final long descriptor;

    /** The watcher that knows the descriptor; null if none does. */
    Watcher home;

    /** What an {@link EpollWatcher} registers the descriptor with. */
    MemorySegment event;

    private volatile Thread waiter;
    private volatile boolean armed;

    private MailboxSignal(long descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Makes the signal of a socket that this thread may use. Returns null if the socket has no
     * descriptor to give, as after a shutdown of its context.
     */
    public static MailboxSignal of(MemorySegment socket, MemorySegment capture) {
        boolean wide = Platform.current().os().equals("windows");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(8, 8);
            MemorySegment size = arena.allocate(8, 8);
            NativeMemory.setLong(size.address(), wide ? 8 : 4);
            if (SocketQueries.getOption(capture, socket, FD, value, size) < 0) {
                return null;
            }
            long address = value.address();
            return new MailboxSignal(
                    wide ? NativeMemory.getLong(address) : NativeMemory.getInt(address));
        }
    }

    /** Whether a watcher will fire this signal. */
    public boolean isArmed() {
        return armed;
    }

    /** Says that a watcher will fire this signal, which may happen as soon as the watcher knows. */
    void arm() {
        assert home != null : "a watcher arms its own signals";
        armed = true;
    }

    /** Makes the waiter look again: the descriptor is readable, or its watcher has ended. */
    void fire() {
        // In this order: a thread that sees it armed afterwards relies on the unpark to come.
        armed = false;
        LockSupport.unpark(waiter);
    }

    /**
     * Has the calling thread unparked when the descriptor is readable, also if it is that already,
     * until {@link #expectNothing}. Returns false if there is no watcher now.
     */
    public boolean expect(MemorySegment capture) {
        waiter = Thread.currentThread();
        if (!armed) {
            Watcher watcher = Watchers.current();
            if (home != watcher) {
                forget(capture);
            }
            if (watcher == null || !watcher.watch(this, capture)) {
                waiter = null;
                return false;
            }
        }
        return true;
    }

    public void expectNothing() {
        waiter = null;
    }

    /** Makes its watcher forget the descriptor. Must come before the socket is closed. */
    public void forget(MemorySegment capture) {
        if (home != null) {
            home.forget(this, capture);
            home = null;
        }
    }
}
