// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.poll;

import io.panamq.internal.guard.StackGuard;
import java.util.List;

/** Gives the event loop and the proxy what they need of a poller beyond its public methods. */
public final class PollSecrets {
    private PollSecrets() {}

    /** Polls for at most so many nanoseconds; returns how many entries are ready. */
    public static int poll(PollerCore<?> poller, long nanos) {
        return poller.poll(nanos);
    }

    /**
     * Ends the wait of the poller. The caller has called {@link StackGuard#require}, before what
     * the wake-up is for: then it does not throw StackOverflowError.
     */
    public static void wakeup(PollerCore<?> poller) {
        poller.wakeupWithinGuard();
    }

    /** Returns a copy of all entries, also of a closed poller. For the poller's owner. */
    public static <I extends PollEntry> List<I> items(PollerCore<I> poller) {
        return poller.items();
    }

    /** Gives the entry the loop's handler, which no user can replace. Returns the entry. */
    public static <I extends PollEntry> I giveLoopHandler(I entry, Object handler) {
        entry.loopHandler = handler;
        return entry;
    }

    /** Returns the handler of {@link #giveLoopHandler}. */
    public static Object loopHandler(PollEntry entry) {
        return entry.loopHandler;
    }

    /** Returns whether its socket or monitor is open and belongs to another thread. */
    public static boolean isForeign(PollEntry entry) {
        return entry.core != null && !entry.isClosed() && entry.core.isForeign();
    }

    /** Waits for these events from the next poll on; 0 for none. */
    public static void watch(PollEntry entry, int events) {
        entry.watchFor(events);
    }
}
