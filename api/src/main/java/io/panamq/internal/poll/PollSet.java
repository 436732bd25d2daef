// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.poll;

import static io.panamq.bindings.calls.Constants.EINTR;
import static io.panamq.bindings.calls.Constants.POLLIN;

import io.panamq.error.ZmqException;
import io.panamq.internal.guard.StackGuard;
import io.panamq.internal.socket.BlockingWait;
import io.panamq.internal.socket.CloseHook;
import io.panamq.internal.socket.SocketCore;
import io.panamq.internal.socket.Timeout;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/**
 * Keeps what is registered with a poller, and polls it. The methods are for the poller's owner, in
 * a call of the poller's own socket. Any thread may close that socket and those that are
 * registered.
 */
final class PollSet {
    static final String POLL = "poll";

    /** The poller's own socket, which the wake-ups reach. */
    final SocketCore core;

    final PollWakeup wakeup;

    /** The entry of that socket. */
    final PollEntry wake;

    /**
     * Held to change what is registered, in Java or natively: by the owner between polls, and by a
     * thread that closes a socket. It cannot meet a call of the owner on that socket in C: the
     * owner enters it first, and a socket is closed only when nobody is inside.
     */
    final Object gate = new Object();

    /** Only the owner changes this, and only under the gate. */
    private PollRounds rounds;

    /** The first one is for wake-ups. The owner only changes this, and only under the gate. */
    PollEntry[] entries = new PollEntry[16];

    int count;

    /** How many of the entries are file descriptors. */
    private int fds;

    /** What the last poll found ready, or closed. */
    PollEntry[] ready = new PollEntry[16];

    int readyCount;

    /** Whether the last poll returned. If it threw, the next one reports what it found closed. */
    private boolean reported = true;

    private boolean destroyed;

    PollSet(PollWakeup wakeup, PollMethod method) {
        this.wakeup = wakeup;
        core = wakeup.core;
        wake = new PollEntry(null, core, -1, POLLIN);
        rounds = method == PollMethod.EPOLL ? new EpollRounds(this) : new ScanRounds(this, method);
        core.addCloseHook(new End(this));
        addToRounds(wake, "creating");
        entries[0] = wake;
        count = 1;
    }

    /** What the poller's own socket knows: the set ends with it. */
    private record End(PollSet set) implements CloseHook {
        @Override
        public void beforeClose() {
            set.destroy();
        }
    }

    /** What the socket of an entry knows. */
    private record Link(PollSet set, PollEntry entry) implements CloseHook {
        @Override
        public void beforeClose() {
            set.forget(entry);
        }
    }

    private void destroy() {
        synchronized (gate) {
            if (destroyed) {
                return; // there was no memory to close the socket the first time
            }
            destroyed = true;
            for (int i = 1; i < count; i++) {
                unlink(entries[i]);
            }
            rounds.destroy();
        }
        wakeup.close();
    }

    /** How many are registered, with those that a poll which threw found closed. */
    int size() {
        int size = count - 1;
        for (int i = 0; !reported && i < readyCount; i++) {
            size += ready[i].isClosed() ? 1 : 0;
        }
        return size;
    }

    /** Copies what is registered, and what the last poll found closed. */
    List<PollEntry> entries() {
        var all = new LinkedHashSet<>(Arrays.asList(entries).subList(1, count));
        for (int i = 0; i < readyCount; i++) {
            if (ready[i].isClosed()) {
                all.add(ready[i]);
            }
        }
        return List.copyOf(all);
    }

    // ---- registrations

    void add(PollEntry entry) {
        assert entry.state == PollEntry.State.NEW : entry;
        // A socket that libzmq polls and that knows nothing of it would be polled when it is gone:
        // so the socket comes first, and nothing afterwards can fail for want of stack or memory.
        StackGuard.require();
        if (entry.core != null) {
            entry.link = new Link(this, entry);
            entry.core.addCloseHook(entry.link);
        }
        try {
            register(entry);
        } finally {
            if (entry.state == PollEntry.State.NEW) {
                unlink(entry);
            }
        }
    }

    private void register(PollEntry entry) {
        synchronized (gate) {
            for (int i = 1; i < count; i++) {
                PollEntry other = entries[i];
                if (isSame(other, entry) && other.isActive()) {
                    throw new IllegalArgumentException(entry + ": is registered already");
                }
            }
            int more = entry.core == null ? 1 : 0;
            PollerCapacity.require(count + 1, fds + more, core.name);
            if (count == entries.length) {
                entries = Arrays.copyOf(entries, 2 * count);
            }
            if (rounds instanceof EpollRounds
                    && entry.core != null
                    && entry.core.signal() == null) {
                scanFromNowOn();
            }
            entry.index = count;
            addToRounds(entry, "add");
            entries[count] = entry;
            count++;
            fds += more;
        }
    }

    private static boolean isSame(PollEntry one, PollEntry other) {
        // The entries of a thread-safe socket each have a core of their own.
        return one.core == null || other.core == null
                ? one.core == other.core && one.fd == other.fd
                : one.core.handle.equals(other.core.handle);
    }

    private void addToRounds(PollEntry entry, String operation) {
        requireAdded(rounds.add(entry), operation);
        entry.state = PollEntry.State.REGISTERED;
    }

    private void requireAdded(int result, String operation) {
        if (result < 0) {
            throw core.failure(result, operation, "");
        }
    }

    /**
     * Leaves the rest to libzmq, because a socket has no descriptor: those that many threads may
     * use have none, and after a shutdown of its context no socket gives it.
     */
    private void scanFromNowOn() {
        var scan = new ScanRounds(this, PollMethod.ofLibzmq());
        boolean done = false;
        try {
            for (int i = 0; i < count; i++) {
                if (entries[i].isActive()) {
                    requireAdded(scan.add(entries[i]), "add");
                }
            }
            done = true;
        } finally {
            if (!done) {
                scan.destroy();
            }
        }
        rounds.release();
        rounds.destroy();
        rounds = scan;
    }

    private static void unlink(PollEntry entry) {
        if (entry.core != null) {
            entry.core.removeCloseHook(entry.link);
        }
    }

    void modify(PollEntry entry, int events) {
        synchronized (gate) {
            if (!entry.isActive()) {
                throw new IllegalStateException(entry + ": is not registered any more");
            }
            int before = entry.events;
            entry.events = events;
            int result = rounds.update(entry);
            if (result < 0) {
                entry.events = before;
                throw core.failure(result, "watch", "");
            }
        }
    }

    /** Takes an entry out, if it is registered. */
    void remove(PollEntry entry) {
        if (entry.isActive()) {
            drop(entry, PollEntry.State.REMOVED);
        }
    }

    /** Takes an entry out of all arrays; the last entry takes its place. */
    private void drop(PollEntry entry, PollEntry.State end) {
        StackGuard.require();
        synchronized (gate) {
            leaveRounds(entry, end);
            rounds.drop(entry);
            count--;
            PollEntry last = entries[count];
            entries[count] = null;
            if (last != entry) {
                last.index = entry.index;
                entries[last.index] = last;
                if (last.isActive()) {
                    rounds.move(last);
                }
            }
            fds -= entry.core == null ? 1 : 0;
        }
        unlink(entry);
    }

    /** Returns how many entries the last round found ready, or closed. */
    int readyCount() {
        return readyCount;
    }

    /** Keeps an entry away from C, because any thread is about to close its socket. */
    void forget(PollEntry entry) {
        synchronized (gate) {
            if (entry.isActive()) {
                leaveRounds(entry, PollEntry.State.CLOSED);
                rounds.close(entry);
            }
        }
    }

    private void leaveRounds(PollEntry entry, PollEntry.State end) {
        assert Thread.holdsLock(gate);
        if (entry.isActive() && !destroyed) {
            rounds.remove(entry);
        }
        entry.state = end;
    }

    /** Lets another thread poll from now on. */
    void release() {
        rounds.release();
    }

    // ---- rounds

    PollEntry ready(int index) {
        return ready[Objects.checkIndex(index, readyCount)];
    }

    int poll(long timeout) {
        if (reported) {
            clearReady();
        }
        try {
            rounds.begin();
            int result = await(timeout);
            reported = true;
            return result;
        } finally {
            rounds.end();
        }
    }

    private void clearReady() {
        for (int i = 0; i < readyCount; i++) {
            ready[i].found = 0;
            ready[i] = null;
        }
        readyCount = 0;
        reported = false;
    }

    /**
     * Enters a socket, which becomes the calling thread's if it is free. Returns false if it is
     * closed.
     */
    static boolean enter(SocketCore socket) {
        if (socket.tryEnter()) {
            return true;
        }
        if (socket.isClosed()) {
            return false;
        }
        try {
            socket.enter(POLL);
            return true;
        } catch (ZmqException e) {
            if (socket.isClosed()) {
                return false; // it was closed just now
            }
            throw e;
        }
    }

    /** Takes an entry out whose socket is closed; it will be reported. */
    void evict(PollEntry entry) {
        makeRoom(1); // before it is out, or nobody would be told if there is no memory
        drop(entry, PollEntry.State.CLOSED);
        addReady(entry);
    }

    /** Adds an entry that is ready, or closed; there is room. */
    void addReady(PollEntry entry) {
        ready[readyCount] = entry;
        readyCount++;
    }

    void makeRoom(int more) {
        if (readyCount + more > ready.length) {
            ready = Arrays.copyOf(ready, 2 * (readyCount + more));
        }
    }

    private int await(long timeout) {
        makeRoom(count);
        long time = readyCount > 0 ? Timeout.NOT : timeout;
        long deadline = Timeout.deadline(time);
        long left = time;
        boolean virtual = core.dontWait != 0;
        boolean parks = virtual;
        while (true) {
            int result = rounds.look(parks ? 0 : slice(left));
            boolean cutShort = result == EINTR;
            if (result < 0 && !cutShort) {
                throw core.failure(result, POLL, "");
            }
            if (result > 0 || (time == Timeout.NOT && !cutShort)) {
                return readyCount;
            }
            if (time == Timeout.NOT) {
                continue;
            }
            core.checkWait(POLL);
            rounds.evictClosed();
            if (readyCount > 0) {
                // A context that closes ends the poll, whichever of its sockets comes first.
                if (core.home.isClosed()) {
                    throw core.closedWhile(POLL);
                }
                return readyCount;
            }
            left = Timeout.left(time, deadline);
            if (left <= 0) {
                return 0;
            }
            if (!cutShort && (parks || rounds.isIdle())) {
                // A platform thread goes back to its slices if not all can be watched.
                parks = rounds.park(left) || virtual;
            }
        }
    }

    /** Converts nanoseconds into milliseconds, rounded up, and no more than a slice. */
    private static long slice(long nanos) {
        return nanos > BlockingWait.SLICE_MILLIS * 1_000_000L
                ? BlockingWait.SLICE_MILLIS
                : (nanos + 999_999) / 1_000_000;
    }
}
