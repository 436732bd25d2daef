// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.poll;

import io.panamq.internal.socket.BlockingWait;
import io.panamq.internal.socket.SocketCore;
import io.panamq.internal.watch.MailboxSignal;
import io.panamq.internal.watch.Watchers;
import java.util.concurrent.TimeUnit;

/**
 * Parks a thread that polls: a virtual one always, which gives up its carrier, and a platform
 * thread after some idle slices. The thread must have asked libzmq just before. That processes all
 * that the sockets were told, whether something was ready or not; only what comes after it makes a
 * descriptor readable, which stays readable until libzmq is asked again. So nothing is missed in
 * between.
 *
 * <p>File descriptors of the user have no signal. For their sake, and for that of sockets without a
 * watcher, the thread parks for a millisecond first, and then for longer and longer.
 */
final class PollParking {
    private int rounds;
    private int idleSlices;

    /** Begins another wait. */
    void begin() {
        rounds = 0;
        idleSlices = 0;
    }

    /**
     * Whether to park from now on. To be asked after each slice in which nothing was found, because
     * it counts them.
     */
    boolean isIdle(PollEntry[] entries, int count) {
        idleSlices++;
        return idleSlices > BlockingWait.slicesOfPatience && isWatchable(entries, count);
    }

    private static boolean isWatchable(PollEntry[] entries, int count) {
        boolean watchable = Watchers.current() != null;
        for (int i = 0; i < count && watchable; i++) {
            watchable = isSilent(entries[i]) || signal(entries[i]) != null;
        }
        return watchable;
    }

    /** Whether it is a file descriptor that nobody waits for at present. */
    private static boolean isSilent(PollEntry entry) {
        return entry.core == null && entry.events == 0;
    }

    /**
     * Parks the calling thread, the owner of this core, until one of the entries may be ready, or
     * for up to this time in nanoseconds; may return early. Returns whether all entries have a
     * signal that wakes the thread.
     */
    boolean park(SocketCore core, PollEntry[] entries, int count, long nanos) {
        int expected = 0;
        boolean all = true;
        for (int i = 0; i < count; i++) {
            MailboxSignal signal = signal(entries[i]);
            if (signal != null && signal.expect(entries[i].core.capture)) {
                expected++;
            } else if (!isSilent(entries[i])) {
                all = false;
            }
        }
        // What woke this thread while it took a lock to arm the others is used up: looks again.
        if (countArmed(entries, count) == expected && !isAnyClosed(entries, count)) {
            core.parkThread(all ? nanos : Math.min(nanos, nextLook()));
        }
        for (int i = 0; i < count; i++) {
            MailboxSignal signal = signal(entries[i]);
            if (signal != null) {
                signal.expectNothing();
            }
        }
        rounds++;
        return all;
    }

    /** The signal of its socket; null if there is none. */
    private static MailboxSignal signal(PollEntry entry) {
        return entry.core == null ? null : entry.core.signal();
    }

    private static int countArmed(PollEntry[] entries, int count) {
        int armed = 0;
        for (int i = 0; i < count; i++) {
            MailboxSignal signal = signal(entries[i]);
            if (signal != null && signal.isArmed()) {
                armed++;
            }
        }
        return armed;
    }

    private static boolean isAnyClosed(PollEntry[] entries, int count) {
        for (int i = 0; i < count; i++) {
            if (entries[i].core != null && entries[i].core.isClosed()) {
                return true;
            }
        }
        return false;
    }

    private long nextLook() {
        return TimeUnit.MILLISECONDS.toNanos(Math.clamp(rounds, 1, BlockingWait.SLICE_MILLIS));
    }
}
