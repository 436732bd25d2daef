// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/**
 * What is registered with a poller, and a round over it. For the poller's owner, between enter and
 * exit; but for {@link #forget} and the end, which may come from any thread.
 */
final class PollSet {
    static final String POLL = "poll";
    private static final Object NOTHING = new Object();
    private static final int EAGAIN = -Errno.EAGAIN.number();
    private static final int EINTR = -Errno.EINTR.number();

    private final SocketCore core;
    private final PollWakeup wakeup;
    private final PollItem wake;

    /**
     * Held to change what is registered, in Java or natively: the owner between polls, and whoever
     * closes a socket. It cannot meet a poll in C: that begins only when every item's socket was
     * entered, and a socket is closed only when nobody is inside.
     */
    private final Object gate = new Object();

    private final PollBackend backend;
    private final PollParking parking = new PollParking();

    /** The first one is for wake-ups. Changed by the owner only. */
    private PollItem[] items = new PollItem[16];

    private int count;
    private int fds;
    private PollItem[] ready = new PollItem[16];
    private int readyCount;

    /** Whether the last poll returned; if it threw, what it found closed is still to be told. */
    private boolean reported = true;

    /** How many items this round has entered, from the first on. */
    private int entered;

    /** libzmq's poller will ask the sockets for their descriptors, and aborts if one refuses. */
    private volatile boolean changed = true;

    private boolean destroyed;

    PollSet(Poller poller, PollWakeup wakeup, boolean draft) {
        this.wakeup = wakeup;
        core = wakeup.core;
        wake = new PollItem(poller, null, core, -1, NOTHING, PollEvent.IN.bit());
        backend = draft ? new ZmqPollerBackend(core.capture) : new ZmqPollBackend(core.capture);
        core.addDependent(new End(this));
        wake.gone = false;
        int result = backend.add(wake);
        if (result < 0) {
            throw core.failure(result, "creating", "");
        }
        items[0] = wake;
        count = 1;
    }

    /** The poller ends with the socket that wakes it. */
    private record End(PollSet set) implements Dependent {
        @Override
        public void beforeClose(SocketCore closing) {
            set.destroy();
        }
    }

    private void destroy() {
        synchronized (gate) {
            if (destroyed) {
                return; // the socket could not be closed the first time
            }
            destroyed = true;
            for (int i = 1; i < count; i++) {
                if (items[i].core != null) {
                    items[i].core.removeDependent(items[i].link);
                }
            }
            backend.destroy();
        }
        wakeup.close();
    }

    /** With what was found closed by a poll that threw: the next one reports it. */
    int size() {
        int size = count - 1;
        for (int i = 0; !reported && i < readyCount; i++) {
            size += ready[i].isClosed() ? 1 : 0;
        }
        return size;
    }

    /** All but the one for wake-ups, and what was found closed. */
    List<PollItem> items() {
        var all = new LinkedHashSet<>(Arrays.asList(items).subList(1, count));
        for (int i = 0; i < readyCount; i++) {
            if (ready[i].isClosed()) {
                all.add(ready[i]);
            }
        }
        return List.copyOf(all);
    }

    // ---- registrations

    PollItem add(PollItem item) {
        // What libzmq knows and its socket does not would be polled when it is gone: the socket
        // comes first, and nothing afterwards can fail for want of stack or memory.
        StackGuard.require();
        if (item.core != null) {
            item.core.addDependent(item.link);
        }
        try {
            register(item);
        } finally {
            if (item.gone && item.core != null) {
                item.core.removeDependent(item.link);
            }
        }
        return item;
    }

    private void register(PollItem item) {
        synchronized (gate) {
            for (int i = 1; i < count; i++) {
                PollItem other = items[i];
                if (other.core == item.core && other.fd == item.fd && !other.gone) {
                    throw new IllegalArgumentException(item + ": is registered already");
                }
            }
            int more = item.core == null ? 1 : 0;
            PollerCapacity.check(count + 1, fds + more, core.name);
            if (count == items.length) {
                items = Arrays.copyOf(items, 2 * count);
            }
            item.index = count;
            addToBackend(item);
            items[count] = item;
            count++;
            fds += more;
            changed = true;
        }
    }

    private void addToBackend(PollItem item) {
        item.gone = false;
        int result = -Errno.ENOMEM.number();
        try {
            result = backend.add(item);
        } finally {
            item.gone = result < 0;
        }
        if (result < 0) {
            throw core.failure(result, "add", "");
        }
    }

    void modify(PollItem item, int events) {
        synchronized (gate) {
            if (item.isRemoved() || item.gone) {
                throw new IllegalStateException(item + ": is not registered any more");
            }
            int before = item.events;
            item.events = events;
            int result = backend.modify(item);
            changed = true;
            if (result < 0) {
                item.events = before;
                throw core.failure(result, "watch", "");
            }
        }
    }

    void remove(PollItem item) {
        if (!item.isRemoved() && !item.isClosed()) {
            drop(item);
            item.markRemoved();
        }
    }

    /** Out of all arrays; the last item takes its place. By the owner only. */
    private void drop(PollItem item) {
        StackGuard.require();
        synchronized (gate) {
            if (!item.gone) {
                item.gone = true;
                backend.remove(item);
            }
            count--;
            PollItem last = items[count];
            items[count] = null;
            if (last != item) {
                last.index = item.index;
                items[last.index] = last;
                backend.moved(last);
            }
            fds -= item.core == null ? 1 : 0;
            changed = true;
        }
        if (item.core != null) {
            item.core.removeDependent(item.link);
        }
    }

    /** Its socket is about to be closed, by any thread: it must not reach C any more. */
    void forget(PollItem item) {
        synchronized (gate) {
            if (!item.gone && !destroyed) {
                item.gone = true;
                backend.remove(item);
                changed = true;
            }
            item.markClosed();
        }
    }

    // ---- rounds

    PollItem ready(int index) {
        return ready[Objects.checkIndex(index, readyCount)];
    }

    int poll(long timeout) {
        if (reported) {
            forgetReady();
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

    private void forgetReady() {
        for (int i = 0; i < readyCount; i++) {
            ready[i].found = 0;
            ready[i] = null;
        }
        readyCount = 0;
        reported = false;
    }

    /** Takes the sockets; those that are closed are out, and to be reported. */
    private void enterAll() {
        while (entered < count) {
            SocketCore socket = items[entered].core;
            if (socket == null || socket.tryEnter() || enterUnowned(socket)) {
                entered++;
            } else {
                evict(items[entered]);
            }
        }
    }

    /** False if it is closed. */
    private static boolean enterUnowned(SocketCore socket) {
        if (socket.isClosed()) {
            return false;
        }
        try {
            socket.enter(POLL);
            return true;
        } catch (ZmqException e) {
            if (socket.isClosed()) {
                return false; // since a moment
            }
            throw e;
        }
    }

    private void evict(PollItem item) {
        makeRoom(1); // or it would be out, and nobody told
        item.markClosed();
        drop(item);
        ready[readyCount] = item;
        readyCount++;
    }

    private void makeRoom(int more) {
        if (readyCount + more > ready.length) {
            ready = Arrays.copyOf(ready, 2 * (readyCount + more));
        }
    }

    private void leaveAll() {
        for (int i = 1; i < entered; i++) {
            if (items[i].core != null) {
                items[i].core.exit();
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
        long time = readyCount > 0 || ahead ? Waiting.NOT : timeout;
        long deadline = time == Waiting.FOREVER ? 0 : System.nanoTime() + time;
        long left = time;
        boolean virtual = core.dontWait != 0;
        boolean parks = virtual;
        parking.begin();
        while (true) {
            int result = backend.poll(items, count, parks ? 0 : slice(left), ready, readyCount);
            if (result > 0) {
                found(result);
            }
            if (ahead && result != EINTR) {
                findAhead();
            }
            if (result > 0) {
                return readyCount;
            }
            if (result < 0 && result != EAGAIN && result != EINTR) {
                throw core.failure(result, POLL, "");
            }
            if (time == Waiting.NOT) {
                if (result != EINTR) {
                    return readyCount;
                }
                continue;
            }
            core.checkWait(POLL);
            evictClosed();
            if (readyCount > 0) {
                // Of a context that closes, whichever of its sockets comes first.
                if (core.context.isClosed()) {
                    throw core.closedWhile(POLL);
                }
                return readyCount;
            }
            if (time != Waiting.FOREVER) {
                left = deadline - System.nanoTime();
                if (left <= 0) {
                    return 0;
                }
            }
            if (result != EINTR && (parks || parking.isIdle(items, count))) {
                // A platform thread goes back to its slices if not all can be watched.
                parks = parking.park(core, items, count, left) || virtual;
            }
        }
    }

    /** Frames that a batch left behind are not known to libzmq any more. */
    private static boolean isAhead(PollItem item) {
        return item.core != null
                && !item.core.batch.frames.isEmpty()
                && (item.events & PollEvent.IN.bit()) != 0;
    }

    private boolean isAnyAhead() {
        for (int i = 1; i < count; i++) {
            if (isAhead(items[i])) {
                return true;
            }
        }
        return false;
    }

    private void findAhead() {
        for (int i = 1; i < count; i++) {
            PollItem item = items[i];
            if (isAhead(item)) {
                if (item.found == 0) {
                    ready[readyCount] = item;
                    readyCount++;
                }
                item.found |= PollEvent.IN.bit();
            }
        }
    }

    /** In milliseconds, rounded up. */
    private static long slice(long nanos) {
        return nanos > Waiting.SLICE_MILLIS * 1_000_000L
                ? Waiting.SLICE_MILLIS
                : (nanos + 999_999) / 1_000_000;
    }

    /** The item of the wake-ups is always the first one. */
    private void found(int more) {
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
            PollItem item = items[i];
            if (item.core != null && item.core.isClosed()) {
                evict(item); // the last one, entered too, is here now
                entered--;
                i--;
                item.core.exit();
            }
        }
    }

    /**
     * libzmq's poller asserts that a socket gives its descriptor, which it does not after it has
     * learned that its context ends; and that is known here before it is known there.
     */
    private void checkContexts() {
        for (int i = 0; i < count; i++) {
            SocketCore socket = items[i].core;
            if (socket != null && socket.context.isShutDown()) {
                throw core.failure(-Errno.ETERM.number(), POLL, "");
            }
        }
    }
}
