// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.poll;

import static io.panamq.bindings.calls.Constants.EAGAIN;
import static io.panamq.bindings.calls.Constants.EINTR;
import static io.panamq.bindings.calls.Constants.POLLIN;

import io.panamq.error.Errno;
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
    private final SocketCore core;

    private final PollWakeup wakeup;

    /** The entry of that socket. */
    private final PollEntry wake;

    /**
     * Held to change what is registered, in Java or natively: by the owner between polls, and by a
     * thread that closes a socket. It cannot meet a poll in C: that begins only when the socket of
     * every entry was entered, and a socket is closed only when nobody is inside.
     */
    private final Object gate = new Object();

    private final PollBackend backend;
    private final PollParking parking = new PollParking();

    /** The first one is for wake-ups. The owner only changes this, and only under the gate. */
    private PollEntry[] entries = new PollEntry[16];

    private int count;

    /** How many of the entries are file descriptors. */
    private int fds;

    /** What the last poll found ready, or closed. */
    private PollEntry[] ready = new PollEntry[16];

    private int readyCount;

    /** Whether the last poll returned. If it threw, the next one reports what it found closed. */
    private boolean reported = true;

    /** How many entries, from the first on, have their sockets entered by this poll. */
    private int entered;

    /** Whether the next poll makes libzmq's poller ask all sockets for their descriptors. */
    private volatile boolean changed = true;

    private boolean destroyed;

    PollSet(PollWakeup wakeup, boolean draft) {
        this.wakeup = wakeup;
        core = wakeup.core;
        wake = new PollEntry(null, core, -1, POLLIN);
        backend = draft ? new ZmqPollerBackend(core.capture) : new ZmqPollBackend(core.capture);
        core.addCloseHook(new End(this));
        addToBackend(wake, "creating");
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
            backend.destroy();
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
            entry.index = count;
            addToBackend(entry, "add");
            entries[count] = entry;
            count++;
            fds += more;
            changed = true;
        }
    }

    private static boolean isSame(PollEntry one, PollEntry other) {
        if (one.core == null || other.core == null) {
            return one.core == other.core && one.fd == other.fd;
        }
        // The entries of a thread-safe socket each have a core of their own.
        return one.core.handle.equals(other.core.handle);
    }

    private void addToBackend(PollEntry entry, String operation) {
        int result = backend.add(entry);
        if (result < 0) {
            throw core.failure(result, operation, "");
        }
        entry.state = PollEntry.State.REGISTERED;
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
            int result = backend.update(entry);
            changed = true;
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
            leaveBackend(entry, end);
            count--;
            PollEntry last = entries[count];
            entries[count] = null;
            if (last != entry) {
                last.index = entry.index;
                entries[last.index] = last;
                if (last.isActive()) {
                    int ignored = backend.update(last);
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
    private void forget(PollEntry entry) {
        synchronized (gate) {
            if (entry.isActive()) {
                leaveBackend(entry, PollEntry.State.CLOSED);
            }
        }
    }

    private void leaveBackend(PollEntry entry, PollEntry.State end) {
        assert Thread.holdsLock(gate);
        if (entry.isActive() && !destroyed) {
            backend.remove(entry);
        }
        entry.state = end;
        changed = true;
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
            entered = 1;
            enterAll();
            int result = await(timeout);
            reported = true;
            return result;
        } finally {
            leaveAll();
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

    /** Enters all sockets; those that are closed are taken out, and will be reported. */
    private void enterAll() {
        while (entered < count) {
            SocketCore socket = entries[entered].core;
            if (socket == null || socket.tryEnter() || enterUnowned(socket)) {
                entered++;
            } else {
                evict(entries[entered]);
            }
        }
    }

    /** Returns false if the socket is closed. */
    private static boolean enterUnowned(SocketCore socket) {
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

    private void evict(PollEntry entry) {
        makeRoom(1); // before it is out, or nobody would be told if there is no memory
        drop(entry, PollEntry.State.CLOSED);
        ready[readyCount] = entry;
        readyCount++;
    }

    private void makeRoom(int more) {
        if (readyCount + more > ready.length) {
            ready = Arrays.copyOf(ready, 2 * (readyCount + more));
        }
    }

    private void leaveAll() {
        for (int i = 1; i < entered; i++) {
            if (entries[i].core != null) {
                entries[i].core.exit();
            }
        }
        entered = 1;
    }

    private int await(long timeout) {
        if (changed) {
            checkContexts();
            changed = false;
        }
        makeRoom(count);
        boolean ahead = isAnyAhead();
        long time = readyCount > 0 || ahead ? Timeout.NOT : timeout;
        long deadline = Timeout.deadline(time);
        long left = time;
        boolean virtual = core.dontWait != 0;
        boolean parks = virtual;
        parking.begin();
        while (true) {
            long millis = parks ? 0 : slice(left);
            int result = backend.poll(entries, count, millis, ready, readyCount);
            boolean cutShort = result == EINTR;
            if (result < 0 && result != EAGAIN && !cutShort) {
                throw core.failure(result, POLL, "");
            }
            if (result > 0) {
                acceptReady(result);
            }
            if (ahead && !cutShort) {
                addAhead();
            }
            if (result > 0 || (time == Timeout.NOT && !cutShort)) {
                return readyCount;
            }
            if (time == Timeout.NOT) {
                continue;
            }
            core.checkWait(POLL);
            evictClosed();
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
            if (!cutShort && (parks || parking.isIdle(entries, count))) {
                // A platform thread goes back to its slices if not all can be watched.
                parks = parking.park(core, entries, count, left) || virtual;
            }
        }
    }

    /** Whether it has frames that a batch left behind, which libzmq does not know any more. */
    private static boolean isAhead(PollEntry entry) {
        return entry.core != null && entry.core.hasLeftovers() && (entry.events & POLLIN) != 0;
    }

    private boolean isAnyAhead() {
        for (int i = 1; i < count; i++) {
            if (isAhead(entries[i])) {
                return true;
            }
        }
        return false;
    }

    private void addAhead() {
        for (int i = 1; i < count; i++) {
            PollEntry entry = entries[i];
            if (isAhead(entry)) {
                if (entry.found == 0) {
                    ready[readyCount] = entry;
                    readyCount++;
                }
                entry.found |= POLLIN;
            }
        }
    }

    /** Converts nanoseconds into milliseconds, rounded up, and no more than a slice. */
    private static long slice(long nanos) {
        return nanos > BlockingWait.SLICE_MILLIS * 1_000_000L
                ? BlockingWait.SLICE_MILLIS
                : (nanos + 999_999) / 1_000_000;
    }

    /** Counts what the backend has written, without the entry for wake-ups, which comes first. */
    private void acceptReady(int more) {
        int end = readyCount + more;
        if (ready[readyCount] == wake) {
            end--;
            ready[readyCount] = ready[end];
            ready[end] = null;
            wake.found = 0;
            wakeup.drain();
        }
        readyCount = end;
    }

    private void evictClosed() {
        for (int i = 1; i < entered; i++) {
            PollEntry entry = entries[i];
            if (entry.core != null && entry.core.isClosed()) {
                evict(entry); // the last entry, which was entered too, takes its place
                entered--;
                i--;
                entry.core.exit();
            }
        }
    }

    /**
     * Throws if the context of a socket is shut down. A socket that has learned of that does not
     * give its descriptor any more, and libzmq's poller ends the process then.
     */
    private void checkContexts() {
        for (int i = 0; i < count; i++) {
            SocketCore socket = entries[i].core;
            if (socket != null && socket.home.isShutDown()) {
                throw core.failure(Errno.ETERM, POLL, "");
            }
        }
    }
}
