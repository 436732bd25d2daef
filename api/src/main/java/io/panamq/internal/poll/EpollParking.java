// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.poll;

import io.panamq.internal.socket.BlockingWait;
import io.panamq.internal.socket.SocketCore;
import io.panamq.internal.watch.MailboxSignal;
import io.panamq.internal.watch.Watchers;
import java.util.concurrent.TimeUnit;

/**
 * Parks a thread that polls with {@link EpollRounds}, as {@link PollParking} does for the others.
 * The watcher watches the epoll, which is readable while any of its sockets has news.
 */
final class EpollParking {
    private final SocketCore core;
    private final MailboxSignal signal;
    private int rounds;
    private int idleSlices;

    EpollParking(SocketCore core, int epoll) {
        this.core = core;
        signal = MailboxSignal.ofEpoll(epoll);
    }

    /** Begins another wait. */
    void begin() {
        rounds = 0;
        idleSlices = 0;
    }

    /** As {@link PollRounds#isIdle}, beside file descriptors of the user or without. */
    boolean isIdle(boolean descriptors) {
        idleSlices++;
        return idleSlices > BlockingWait.slicesOfPatience
                && !descriptors
                && Watchers.current() != null;
    }

    /** As {@link PollRounds#park}. The time that it parks is short beside file descriptors. */
    boolean park(EpollRounds owner, boolean descriptors, long nanos) {
        boolean armed = signal.expect(core.capture);
        boolean all = armed && !descriptors;
        // What woke this thread while it took a lock to arm the signal is used up: looks again.
        if (signal.isArmed() == armed && !owner.hasClosed() && !core.isClosed()) {
            core.parkThread(all ? nanos : Math.min(nanos, nextLook()));
        }
        signal.expectNothing();
        rounds++;
        return all;
    }

    private long nextLook() {
        return TimeUnit.MILLISECONDS.toNanos(Math.clamp(rounds, 1, BlockingWait.SLICE_MILLIS));
    }

    /** Makes the watcher forget the epoll, before that is closed. */
    void destroy() {
        signal.forget(core.capture);
    }
}
