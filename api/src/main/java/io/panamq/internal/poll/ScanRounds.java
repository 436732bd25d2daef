// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.poll;

import static io.panamq.bindings.calls.Constants.EAGAIN;
import static io.panamq.bindings.calls.Constants.POLLIN;

import io.panamq.error.Errno;
import io.panamq.internal.socket.SocketCore;

/**
 * Rounds in libzmq, which looks at all entries each time. Every socket is entered for the time of a
 * poll, so that none is closed while libzmq looks at it.
 */
final class ScanRounds implements PollRounds {
    private final PollSet set;
    private final SocketCore core;
    private final PollBackend backend;
    private final PollParking parking = new PollParking();

    /** How many entries, from the first on, have their sockets entered by this poll. */
    private int entered = 1;

    /** Whether the next poll makes libzmq's poller ask all sockets for their descriptors. */
    private volatile boolean changed = true;

    ScanRounds(PollSet set, PollMethod method) {
        this.set = set;
        core = set.core;
        backend =
                method == PollMethod.ZMQ_POLLER
                        ? new ZmqPollerBackend(core.capture)
                        : new ZmqPollBackend(core.capture);
    }

    @Override
    public int add(PollEntry entry) {
        changed = true;
        return backend.add(entry);
    }

    @Override
    public int update(PollEntry entry) {
        changed = true;
        return backend.update(entry);
    }

    @Override
    public void move(PollEntry entry) {
        int ignored = backend.update(entry);
    }

    @Override
    public void remove(PollEntry entry) {
        changed = true;
        backend.remove(entry);
    }

    @Override
    public void close(PollEntry entry) {
        // The next look at all entries finds it.
    }

    @Override
    public void drop(PollEntry entry) {
        changed = true;
    }

    /** Enters all sockets; those that are closed are taken out, and will be reported. */
    @Override
    public void begin() {
        parking.begin();
        entered = 1;
        while (entered < set.count) {
            SocketCore socket = set.entries[entered].core;
            if (socket == null || PollSet.enter(socket)) {
                entered++;
            } else {
                set.evict(set.entries[entered]);
            }
        }
        if (changed) {
            checkContexts();
            changed = false;
        }
    }

    /**
     * Throws if the context of a socket is shut down. A socket that has learned of that does not
     * give its descriptor any more, and libzmq's poller ends the process then.
     */
    private void checkContexts() {
        for (int i = 0; i < set.count; i++) {
            SocketCore socket = set.entries[i].core;
            if (socket != null && socket.home.isShutDown()) {
                throw core.failure(Errno.ETERM, PollSet.POLL, "");
            }
        }
    }

    @Override
    public int look(long millis) {
        boolean ahead = isAnyAhead();
        long time = ahead ? 0 : millis;
        int result = backend.poll(set.entries, set.count, time, set.ready, set.readyCount);
        if (result < 0 && result != EAGAIN) {
            return result;
        }
        int found = Math.max(result, 0);
        if (found > 0) {
            acceptReady(found);
        }
        return ahead ? found + addAhead() : found;
    }

    /** Counts what the backend has written, without the entry for wake-ups, which comes first. */
    private void acceptReady(int more) {
        int end = set.readyCount + more;
        if (set.ready[set.readyCount] == set.wake) {
            end--;
            set.ready[set.readyCount] = set.ready[end];
            set.ready[end] = null;
            set.wake.found = 0;
            set.wakeup.drain();
        }
        set.readyCount = end;
    }

    private boolean isAnyAhead() {
        for (int i = 1; i < set.count; i++) {
            if (set.entries[i].isAhead()) {
                return true;
            }
        }
        return false;
    }

    private int addAhead() {
        int added = 0;
        for (int i = 1; i < set.count; i++) {
            PollEntry entry = set.entries[i];
            if (entry.isAhead()) {
                if (entry.found == 0) {
                    set.addReady(entry);
                    added++;
                }
                entry.found |= POLLIN;
            }
        }
        return added;
    }

    @Override
    public void evictClosed() {
        for (int i = 1; i < entered; i++) {
            PollEntry entry = set.entries[i];
            if (entry.core != null && entry.core.isClosed()) {
                set.evict(entry); // the last entry, which was entered too, takes its place
                entered--;
                i--;
                entry.core.exit();
            }
        }
    }

    @Override
    public boolean isIdle() {
        return parking.isIdle(set.entries, set.count);
    }

    @Override
    public boolean park(long nanos) {
        return parking.park(core, set.entries, set.count, nanos);
    }

    @Override
    public void end() {
        for (int i = 1; i < entered; i++) {
            if (set.entries[i].core != null) {
                set.entries[i].core.exit();
            }
        }
        entered = 1;
    }

    @Override
    public void release() {
        // The next poll enters all sockets in any case.
    }

    @Override
    public void destroy() {
        backend.destroy();
    }
}
