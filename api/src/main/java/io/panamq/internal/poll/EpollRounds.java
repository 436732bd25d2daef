// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.poll;

import static io.panamq.bindings.calls.Constants.EVENTS;
import static io.panamq.bindings.calls.Constants.POLLIN;

import io.panamq.bindings.calls.EpollCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.SocketQueries;
import io.panamq.error.Errno;
import io.panamq.internal.error.Failures;
import io.panamq.internal.guard.StackGuard;
import io.panamq.internal.socket.SocketCore;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Rounds whose cost depends on what is ready, and not on what is registered: only the suspects are
 * asked for their events (ZMQ_EVENTS).
 *
 * <p>The descriptor of a socket (ZMQ_FD) becomes readable when its idle mailbox gets a command, and
 * stays so until a call on the socket processes that. Between two such calls only commands change
 * what the socket is ready for. So a socket is a suspect if its descriptor is readable, which epoll
 * tells as long as it is; if there was a call on it, or a change of its entry, since it was asked;
 * and if it was ready when it was asked. It is no suspect any more when it was asked and nothing
 * was ready.
 *
 * <p>Only sockets of the poller's owner tell of their calls. After a hand-over the next poll goes
 * through all entries once. A socket leaves the epoll before libzmq closes its descriptor, whose
 * number may then be that of another file.
 */
final class EpollRounds implements PollRounds {
    private final PollSet set;
    private final SocketCore core;
    private final int epoll;
    private final EpollParking parking;

    /** Receives errno of what is done under the gate, perhaps while the owner waits. */
    private final MemorySegment gateCapture = NativeMemory.errnoCapture();

    /** The event with which descriptors are added, under the gate. */
    private final MemorySegment added = EpollCalls.events(1);

    /** What epoll finds; there is room for all entries. */
    private MemorySegment events = EpollCalls.events(16);

    private int most = 16;

    /** The entries of sockets by descriptor; written under the gate. */
    private PollEntry[] entries = new PollEntry[64];

    /** There is room for all entries, because nothing may fail after a call on a socket. */
    private EpollLink[] suspects = new EpollLink[16];

    private int suspectCount;

    /** The entries whose sockets were closed, to be evicted; under the gate, with room for all. */
    private PollEntry[] closed = new PollEntry[16];

    private volatile int closedCount;

    /** The file descriptors of the user; null if there were none yet. */
    private DescriptorItems descriptors;

    /** Whether there may be an entry whose socket is not attached. */
    private boolean strayed;

    private boolean destroyed;

    /** Where ZMQ_EVENTS is written to, and its size in bytes. */
    private final MemorySegment value = Arena.ofAuto().allocate(Integer.BYTES, Integer.BYTES);

    private final MemorySegment size = Arena.ofAuto().allocate(Long.BYTES, Long.BYTES);

    EpollRounds(PollSet set) {
        this.set = set;
        core = set.core;
        epoll = EpollCalls.create(core.capture);
        if (epoll < 0) {
            throw Failures.of(epoll, "creating", "a poller");
        }
        parking = new EpollParking(core, epoll);
    }

    // ---- registrations

    @Override
    public int add(PollEntry entry) {
        reserve(set.count + 1);
        if (entry.core == null) {
            if (descriptors == null) {
                descriptors = new DescriptorItems(epoll);
            }
            descriptors.add(entry);
            return 0;
        }
        int fd = entry.core.signal().descriptor();
        var link = new EpollLink(this, entry, fd);
        if (fd >= entries.length) {
            entries = Arrays.copyOf(entries, Math.max(fd + 1, 2 * entries.length));
        }
        EpollCalls.setReadable(added, fd);
        int result = EpollCalls.add(gateCapture, epoll, fd, added);
        if (result >= 0) {
            entries[fd] = entry;
            entry.news = link;
            if (entry != set.wake) {
                link.attach();
            }
        }
        return result;
    }

    private void reserve(int count) {
        if (count > most) {
            int more = 2 * count;
            events = EpollCalls.events(more);
            suspects = Arrays.copyOf(suspects, more);
            closed = Arrays.copyOf(closed, more);
            most = more;
        }
    }

    @Override
    public int update(PollEntry entry) {
        if (entry.core == null) {
            descriptors.update(entry);
        } else {
            suspect(entry.news);
        }
        return 0;
    }

    @Override
    public void move(PollEntry entry) {
        // Nothing here goes by the index.
    }

    @Override
    public void remove(PollEntry entry) {
        if (entry.core == null) {
            descriptors.remove(entry);
        } else {
            int fd = entry.news.descriptor;
            int ignored = EpollCalls.remove(gateCapture, epoll, fd);
            entries[fd] = null;
        }
    }

    @Override
    public void close(PollEntry entry) {
        synchronized (set.gate) {
            closed[closedCount] = entry;
            closedCount++;
        }
        core.unparkOwner();
    }

    @Override
    public void drop(PollEntry entry) {
        if (entry.core != null) {
            entry.news.detach();
            if (entry.news.suspect >= 0) {
                acquit(entry.news);
            }
        }
    }

    // ---- suspects

    /** Lets the next look ask a socket. For the poller's owner, who has the socket, too. */
    void suspect(EpollLink link) {
        if (link.suspect < 0) {
            link.suspect = suspectCount;
            suspects[suspectCount] = link;
            suspectCount++;
        }
    }

    private void acquit(EpollLink link) {
        suspectCount--;
        EpollLink last = suspects[suspectCount];
        suspects[link.suspect] = last;
        suspects[suspectCount] = null;
        last.suspect = link.suspect;
        link.suspect = -1;
    }

    /** Notes that the owner has given a socket up. */
    void markStrayed() {
        strayed = true;
    }

    boolean isDestroyed() {
        return destroyed;
    }

    // ---- rounds

    @Override
    public void begin() {
        if (core.home.isShutDown()) {
            throw core.failure(Errno.ETERM, PollSet.POLL, ""); // without the wait for its news
        }
        parking.begin();
        if (strayed) {
            for (int i = 1; i < set.count; i++) {
                PollEntry entry = set.entries[i];
                if (entry.core != null && entry.isActive() && !entry.news.isAttached()) {
                    attach(entry);
                }
            }
            strayed = false;
        }
        evictClosed();
    }

    private void attach(PollEntry entry) {
        if (PollSet.enter(entry.core)) {
            entry.news.attach();
            entry.core.exit();
        } else {
            set.forget(entry);
        }
    }

    @Override
    public int look(long millis) {
        long time = suspectCount > 0 || closedCount > 0 ? 0 : millis;
        int mark = set.readyCount;
        int found = 0;
        if (descriptors != null && descriptors.count() > 0) {
            int result = descriptors.poll(core.capture, time);
            if (result < 0) {
                return result;
            }
            found = descriptors.collect(set);
            time = 0;
        }
        int told = EpollCalls.await(core.capture, epoll, events, most, (int) time);
        int result = told < 0 ? told : takeNews(told);
        if (result >= 0) {
            found += result;
            result = askSuspects();
        }
        if (result < 0) {
            takeBack(mark);
            return result;
        }
        return found + result;
    }

    /**
     * Makes suspects of those that epoll told of. Returns 1 if there was a wake-up, 0 if not, or a
     * negated error number.
     */
    private int takeNews(int told) {
        int wakeups = 0;
        for (int i = 0; i < told; i++) {
            PollEntry entry = entries[EpollCalls.fd(events, i)];
            if (entry == set.wake) {
                int result = eventsOf(core);
                if (result < 0) {
                    return result;
                }
                if ((result & POLLIN) != 0) {
                    set.wakeup.drain();
                    wakeups = 1;
                }
            } else if (entry != null && entry.news.isAttached()) {
                suspect(entry.news); // null if it was closed just now
            }
        }
        return wakeups;
    }

    /** Adds the suspects that are ready; returns how many, or a negated error number. */
    private int askSuspects() {
        int found = 0;
        // Each one that is ready stays, and the last one takes the place of one that is not.
        while (found < suspectCount) {
            PollEntry entry = suspects[found].entry();
            int result = ask(entry);
            if (result < 0) {
                return result;
            }
            if (result == 0) {
                acquit(entry.news);
            } else {
                entry.found = result;
                set.addReady(entry);
                found++;
            }
        }
        return found;
    }

    /** Returns which of its events have come, or a negated error number. */
    private int ask(PollEntry entry) {
        SocketCore socket = entry.core;
        if (!socket.tryEnter()) {
            set.forget(entry); // it is being closed, because the owner of the poller has it
            return 0;
        }
        try {
            int result = eventsOf(socket);
            if (result < 0) {
                return result;
            }
            int some = result & entry.events;
            return entry.isAhead() ? some | POLLIN : some;
        } finally {
            socket.exit();
        }
    }

    /** Reads ZMQ_EVENTS, for which libzmq takes all news of the socket. */
    private int eventsOf(SocketCore socket) {
        NativeMemory.setLong(size.address(), Integer.BYTES);
        int result = SocketQueries.getOption(core.capture, socket.handle, EVENTS, value, size);
        return result < 0 ? result : NativeMemory.getInt(value.address());
    }

    private void takeBack(int mark) {
        while (set.readyCount > mark) {
            set.readyCount--;
            set.ready[set.readyCount].found = 0;
            set.ready[set.readyCount] = null;
        }
    }

    @Override
    public void evictClosed() {
        while (closedCount > 0) {
            StackGuard.require();
            set.makeRoom(1); // it is taken only when nothing can fail any more
            PollEntry entry;
            synchronized (set.gate) {
                closedCount--;
                entry = closed[closedCount];
                closed[closedCount] = null;
            }
            set.evict(entry);
        }
    }

    @Override
    public boolean isIdle() {
        return parking.isIdle(hasDescriptors());
    }

    @Override
    public boolean park(long nanos) {
        return parking.park(this, hasDescriptors(), nanos);
    }

    /** Whether a file descriptor is waited for, which is not in the epoll. */
    private boolean hasDescriptors() {
        return descriptors != null && descriptors.isAnyWatched();
    }

    /** Whether a socket was closed that is to be evicted. */
    boolean hasClosed() {
        return closedCount > 0;
    }

    @Override
    public void end() {
        // No socket stays entered while this waits.
    }

    @Override
    public void release() {
        for (int i = 1; i < set.count; i++) {
            if (set.entries[i].core != null) {
                set.entries[i].news.detach();
            }
        }
        strayed = true;
    }

    @Override
    public void destroy() {
        destroyed = true;
        parking.destroy();
        int ignored = EpollCalls.close(core.capture, epoll);
    }
}
