// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.watch;

import java.lang.foreign.MemorySegment;

/** Waits until a watched descriptor is readable, and then fires its signal; runs on one thread. */
abstract class Watcher implements Runnable {
    private volatile boolean ended;

    @Override
    public final void run() {
        try {
            loop();
        } finally {
            markEnded();
            fireAll();
        }
    }

    /** Marks that this watcher takes no signal any more. */
    final void markEnded() {
        ended = true;
    }

    final boolean hasEnded() {
        return ended;
    }

    /** Waits and fires until waiting fails, or until there is nothing to watch any more. */
    abstract void loop();

    /** Fires all signals after the end, so that each waiting thread looks for another watcher. */
    abstract void fireAll();

    /**
     * Arms the signal, to be fired once when its descriptor is readable. Returns false if that is
     * not possible. The thread that will wait calls this.
     */
    abstract boolean watch(MailboxSignal signal, MemorySegment capture);

    /**
     * Removes the descriptor, which the watcher does not touch after this returns. The owner of the
     * socket, or the thread that closes it, calls this.
     */
    abstract void forget(MailboxSignal signal, MemorySegment capture);
}
