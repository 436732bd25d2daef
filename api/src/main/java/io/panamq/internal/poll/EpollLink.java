// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.poll;

import io.panamq.internal.socket.UseHook;

/** What the socket of an entry tells {@link EpollRounds}, as long as the poller's owner has it. */
final class EpollLink extends UseHook {
    /** The descriptor that tells of news of the socket. */
    final int descriptor;

    private final EpollRounds rounds;
    private final PollEntry entry;

    /** Whether the socket belongs to the poller's owner and tells what is done with it. */
    private boolean attached;

    /** Its place among the suspects; -1 if it is none. */
    int suspect = -1;

    EpollLink(EpollRounds rounds, PollEntry entry, int descriptor) {
        this.rounds = rounds;
        this.entry = entry;
        this.descriptor = descriptor;
    }

    boolean isAttached() {
        return attached;
    }

    /** Begins to follow the socket, in a call of its owner. */
    void attach() {
        if (!attached) {
            entry.core.addUseHook(this);
            attached = true;
        }
        rounds.suspect(this);
    }

    /** Ends to follow the socket. */
    void detach() {
        if (attached) {
            entry.core.removeUseHook(this);
            attached = false;
        }
    }

    PollEntry entry() {
        return entry;
    }

    /**
     * A call may have taken the news that the descriptor would have told, or changed what the
     * socket is ready for without any news.
     */
    @Override
    protected void afterCall() {
        if (rounds.isDestroyed()) {
            detach();
        } else if (suspect < 0) {
            rounds.suspect(this);
        }
    }

    @Override
    protected void beforeHandOver() {
        attached = false;
        rounds.markStrayed();
    }
}
