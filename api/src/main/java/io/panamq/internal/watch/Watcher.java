// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.watch;

import java.lang.foreign.MemorySegment;

/** A thread that sleeps until a watched descriptor is readable, and then fires its signal. */
abstract class Watcher implements Runnable {
    private volatile boolean ended;

    @Override
    public final void run() {
        try {
            loop();
        } finally {
            ended = true;
            fireAll();
        }
    }

    final boolean hasEnded() {
        return ended;
    }

    /** Waits and fires, until that is not possible any more. */
    abstract void loop();

    /** Fires all signals after the end, so that everybody who waits looks for another watcher. */
    abstract void fireAll();

    /**
     * Fires the signal once its descriptor is readable, and then not again. Returns false if that
     * is not possible. Called on the thread that will wait.
     */
    abstract boolean watch(MailboxSignal signal, MemorySegment capture);

    /**
     * Never touches the descriptor again after this returns. Called by the socket's owner, or by
     * the thread that closes the socket.
     */
    abstract void forget(MailboxSignal signal, MemorySegment capture);
}
