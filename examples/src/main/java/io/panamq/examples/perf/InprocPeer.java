// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Context;
import io.panamq.error.ContextTerminatedException;

/** The thread of the other end in the same process. Its failure ends this end, too. */
final class InprocPeer {
    private final Context context;
    private final Thread thread;
    private volatile RuntimeException failure;

    private InprocPeer(Context context, Runnable work) {
        this.context = context;
        this.thread = Thread.ofPlatform().daemon().name("peer").unstarted(() -> run(work));
    }

    static InprocPeer start(Context context, Runnable work) {
        InprocPeer peer = new InprocPeer(context, work);
        peer.thread.start();
        return peer;
    }

    private void run(Runnable work) {
        try {
            work.run();
        } catch (ContextTerminatedException e) {
            // This end has failed, and reports that itself.
        } catch (RuntimeException e) {
            failure = e;
            context.shutdown();
        }
    }

    /** Waits for the end of the thread, and throws its failure if there is one. */
    void join() throws InterruptedException {
        thread.join();
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Returns what to throw when the context was shut down: the peer's failure, or else {@code e}.
     */
    RuntimeException cause(ContextTerminatedException e) {
        RuntimeException found = failure;
        return found == null ? e : found;
    }
}
