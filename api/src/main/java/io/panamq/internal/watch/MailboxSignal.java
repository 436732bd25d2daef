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
 * Wakes a parked thread when libzmq has a command for its socket, or for one of the sockets that an
 * epoll watches. The descriptor of a socket becomes readable when a command is put into its empty
 * mailbox, and stays readable until the owner makes the socket process its commands. So no command
 * can be missed in between.
 *
 * <p>The owner and the thread that closes the socket never call this at the same time. {@link
 * #fire} may be concurrent with all other methods.
 */
public final class MailboxSignal {
    /** The descriptor: an int, or a handle of 8 bytes on Windows. */
    final long descriptor;

    /** The watcher that knows the descriptor; null if none does. */
    Watcher home;

    /** The event with which an {@link EpollWatcher} adds the descriptor. */
    MemorySegment event;

    private volatile Thread waiter;
    private volatile boolean armed;

    private MailboxSignal(long descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Makes the signal of a socket that this thread may use. Returns null if the socket tells no
     * descriptor, for example after a shutdown of its context.
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

    /** Makes the signal of an epoll, which is readable while something that it watches is. */
    public static MailboxSignal ofEpoll(int epoll) {
        return new MailboxSignal(epoll);
    }

    /** Returns the descriptor, where that is an int: everywhere but on Windows. */
    public int descriptor() {
        return (int) descriptor;
    }

    /** Returns whether a watcher will fire this signal. */
    public boolean isArmed() {
        return armed;
    }

    /** Marks the signal as armed, before its watcher can fire it. */
    void arm() {
        assert home != null : "a watcher arms its own signals";
        armed = true;
    }

    /** Wakes the waiter, because the descriptor is readable or its watcher has ended. */
    void fire() {
        // This order matters: a thread that still sees it armed relies on the unpark that follows.
        armed = false;
        LockSupport.unpark(waiter);
    }

    /**
     * Lets a watcher unpark the calling thread when the descriptor is readable, also if it is
     * readable already, until {@link #expectNothing}. Returns false if there is no watcher now.
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

    /** Ends what {@link #expect} began. */
    public void expectNothing() {
        waiter = null;
    }

    /** Makes the watcher forget the descriptor. This must be called before the socket is closed. */
    public void forget(MemorySegment capture) {
        if (home != null) {
            home.forget(this, capture);
            home = null;
        }
    }
}
