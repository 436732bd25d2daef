// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.concurrent.TimeUnit;

/**
 * How a virtual thread waits for what a poller has registered: it parks, which gives up its
 * carrier; as a platform thread does after some idle slices. It must have asked libzmq just before:
 * that processes all that the sockets were told, whether something was ready or not, and only what
 * comes after that makes a descriptor readable. Such a descriptor stays readable until libzmq is
 * asked again, so nothing is missed in between.
 *
 * <p>File descriptors of the user are not watched: what becomes of them is not known here. Those
 * and sockets that nobody can watch are asked again soon, then less soon.
 */
final class PollParking {
    private int rounds;
    private int idleSlices;

    /** Another wait begins. */
    void begin() {
        rounds = 0;
        idleSlices = 0;
    }

    /** Asked after each slice in which nothing was found: whether to park from now on. */
    boolean isIdle(PollItem[] items, int count) {
        idleSlices++;
        return idleSlices > Waiting.slicesOfPatience && isWatchable(items, count);
    }

    private static boolean isWatchable(PollItem[] items, int count) {
        boolean watchable = Watchers.current() != null;
        for (int i = 0; i < count && watchable; i++) {
            watchable = items[i].core != null ? signal(items[i]) != null : items[i].events == 0;
        }
        return watchable;
    }

    /**
     * Until one of the items may be ready, for so long at most, or for no reason. Returns whether
     * all of them are watched.
     */
    boolean park(SocketCore core, PollItem[] items, int count, long nanos) {
        int expected = 0;
        boolean all = true;
        long most = nanos;
        for (int i = 0; i < count; i++) {
            MailboxSignal signal = signal(items[i]);
            if (signal != null && signal.expect(items[i].core.capture)) {
                expected++;
            } else if (items[i].core != null || items[i].events != 0) {
                most = Math.min(nanos, nextLook());
                all = false;
            }
        }
        // What woke this thread while it took a lock to arm the others is used up: looks again.
        if (armed(items, count) == expected && !isAnyClosed(items, count)) {
            core.parkThread(most);
        }
        for (int i = 0; i < count; i++) {
            MailboxSignal signal = signal(items[i]);
            if (signal != null) {
                signal.expectNothing();
            }
        }
        rounds++;
        return all;
    }

    private static MailboxSignal signal(PollItem item) {
        return item.core == null ? null : item.core.signal();
    }

    private static int armed(PollItem[] items, int count) {
        int armed = 0;
        for (int i = 0; i < count; i++) {
            MailboxSignal signal = signal(items[i]);
            if (signal != null && signal.isArmed()) {
                armed++;
            }
        }
        return armed;
    }

    private static boolean isAnyClosed(PollItem[] items, int count) {
        for (int i = 0; i < count; i++) {
            if (items[i].core != null && items[i].core.isClosed()) {
                return true;
            }
        }
        return false;
    }

    private long nextLook() {
        return TimeUnit.MILLISECONDS.toNanos(Math.clamp(rounds, 1, Waiting.SLICE_MILLIS));
    }
}
