// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.poll;

import io.panamq.internal.guard.StackGuard;
import io.panamq.internal.socket.CoreHandle;
import java.util.List;

/**
 * A poll set with its wake-ups, whose calls are for one thread at a time. The receiving end of the
 * wake-ups is the socket it stands on: its owner is the poller's owner, its end is the poller's
 * end.
 *
 * @param <I> what the user has of an entry
 * @hidden
 */
public abstract class PollerCore<I extends PollEntry> extends CoreHandle {
    private final PollWakeup wakeup;
    private final PollSet set;

    /** Creates a poller that waits in this way. */
    protected PollerCore(PollWakeup wakeup, PollMethod method) {
        super(wakeup.core, wakeup.core.name);
        this.wakeup = wakeup;
        boolean complete = false;
        // A thread that closes the context meanwhile waits until this call is left.
        core.enter("creating");
        try {
            wakeup.connect();
            set = new PollSet(wakeup, method);
            complete = true;
        } finally {
            core.exit();
            if (!complete) {
                core.close();
                wakeup.close();
            }
        }
        core.handOver();
        core.trackLeak(this);
    }

    // ---- registrations

    /** Registers an entry whose socket, if it has one, is of this thread or free. */
    protected final I add(I entry) {
        core.enter("add");
        try {
            if (entry.core == null) {
                set.add(entry);
                return entry;
            }
            entry.core.enter("add to " + core.name);
            try {
                entry.core.polled = true;
                set.add(entry);
                return entry;
            } finally {
                entry.core.exit();
            }
        } finally {
            core.exit();
        }
    }

    final void modify(PollEntry entry, int events) {
        core.enter("watch");
        try {
            set.modify(entry, events);
        } finally {
            core.exit();
        }
    }

    final void remove(PollEntry entry) {
        core.enter("remove");
        try {
            set.remove(entry);
        } finally {
            core.exit();
        }
    }

    protected int size() {
        core.enter("size");
        try {
            return set.size();
        } finally {
            core.exit();
        }
    }

    /**
     * Copies what is registered now, closed or not, and what the last round found closed. For the
     * owner, who may ask a closed poller too.
     */
    @SuppressWarnings("unchecked") // add takes no others
    final List<I> items() {
        return (List<I>) set.entries();
    }

    /** Gives the poller up. Its sockets are then told no more that they belong to it. */
    @Override
    protected void handOver() {
        core.enter("handOver");
        try {
            set.release();
        } finally {
            core.exit();
        }
        super.handOver();
    }

    // ---- rounds

    /** Waits up to this time in nanoseconds; returns how many entries are ready. */
    protected final int poll(long timeout) {
        core.enter(PollSet.POLL);
        try {
            return set.poll(timeout);
        } finally {
            core.exit();
        }
    }

    /** Returns how many entries the last round found ready, or closed. */
    protected final int foundCount() {
        core.enter("ready");
        try {
            return set.readyCount();
        } finally {
            core.exit();
        }
    }

    /** One of the entries that the last round found ready, or closed. */
    @SuppressWarnings("unchecked") // add takes no others
    protected final I found(int index) {
        core.enter("ready");
        try {
            return (I) set.ready(index);
        } finally {
            core.exit();
        }
    }

    protected void wakeup() {
        StackGuard.require();
        wakeup.send();
    }

    /** As {@link #wakeup}, for a caller that has called {@link StackGuard#require} itself. */
    final void wakeupWithinGuard() {
        wakeup.send();
    }
}
