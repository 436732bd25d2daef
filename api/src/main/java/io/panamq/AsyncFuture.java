// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * A send or receive that is to be done on a loop, or one that is cancelled or too late: exactly one
 * of these, decided under a lock, so that no message is taken for a future that is over already.
 */
abstract class AsyncFuture<T> extends CompletableFuture<T> implements AbandonableTask {
    final AsyncSocketHandler handler;

    /** Never held while code of the user runs. */
    final Object lock = new Object();

    private boolean decided;

    /** It is with the handler, and not only in the loop's queue. */
    private volatile boolean started;

    /** On the loop's thread: nobody holds it any more. */
    private boolean letGo;

    private volatile LoopTimer timer;

    AsyncFuture(AsyncSocketHandler handler) {
        this.handler = handler;
    }

    /** With the lock held: true for the first one who asks. */
    final boolean isDecided() {
        return decided;
    }

    /** With the lock held. */
    final void setDecided() {
        decided = true;
    }

    /** Then it must be told: what that needs of the stack is there. */
    private boolean decide() {
        StackGuard.requireAmple();
        synchronized (lock) {
            if (decided) {
                return false;
            }
            decided = true;
        }
        return true;
    }

    /** Right after it was decided, by whom it was. */
    final void over() {
        handler.operations.decrementAndGet();
        LoopTimer running = timer;
        if (running != null) {
            running.cancel();
        }
    }

    /** It was decided, and not by doing it. */
    private void withdrawn() {
        over();
        giveBack();
        if (started) {
            handler.later(this);
        }
    }

    /** On the loop's thread: once when it begins, and again if it was decided by somebody else. */
    @Override
    public final void run() {
        boolean over;
        synchronized (lock) {
            over = decided;
            started = true;
        }
        if (over) {
            handler.forget(this);
            letGo();
            return;
        }
        try {
            start();
        } catch (RuntimeException | Error e) {
            completeExceptionally(e);
        }
    }

    /** Does it, or lets it wait. */
    abstract void start();

    /** On the loop's thread, or on none. */
    final void letGo() {
        if (!letGo) {
            letGo = true;
            handler.held.decrementAndGet();
        }
    }

    /** It was not counted, and nobody knows it yet. */
    final void refuse(Throwable failure) {
        boolean ignored = decide();
        giveBack();
        ignored = tell(failure);
    }

    /** What it was given to send is the caller's again. */
    void giveBack() {}

    final void finish(T value) {
        over();
        letGo();
        boolean ignored = super.complete(value);
    }

    final void finishExceptionally(Throwable failure) {
        over();
        letGo();
        boolean ignored = tell(failure);
    }

    /**
     * Null if it is cancelled. Needs a few bytes: without them it tries again for a while, or
     * whoever waits would never learn of it.
     */
    private boolean tell(Throwable failure) {
        long deadline = LoopEnd.deadline();
        while (true) {
            try {
                return failure == null ? super.cancel(true) : super.completeExceptionally(failure);
            } catch (OutOfMemoryError e) {
                if (isDone() || !LoopEnd.pause(deadline)) {
                    throw e; // of what depends on it, or there is no help
                }
            }
        }
    }

    /** On the loop's thread. */
    final void expireAfter(long nanos, T late) {
        try {
            timer = handler.loop.schedule(Duration.ofNanos(nanos), () -> complete(late));
        } catch (RejectedExecutionException e) {
            return; // The loop drains, and ends soon.
        }
        if (isDone()) {
            timer.cancel();
        }
    }

    @Override
    public final void abandoned() {
        completeExceptionally(handler.ending());
        letGo(); // it will not run
    }

    // ---- by the user, or a time-out

    @Override
    public final boolean cancel(boolean mayInterruptIfRunning) {
        if (!decide()) {
            return isCancelled();
        }
        boolean told;
        try {
            withdrawn();
        } finally {
            told = tell(null);
        }
        return told;
    }

    @Override
    public final boolean complete(T value) {
        if (!decide()) {
            return false;
        }
        boolean told;
        try {
            withdrawn();
        } finally {
            told = super.complete(value);
        }
        return told;
    }

    @Override
    public final boolean completeExceptionally(Throwable failure) {
        if (!decide()) {
            return false;
        }
        boolean told;
        try {
            withdrawn();
        } finally {
            told = tell(failure);
        }
        return told;
    }

    @Override
    public final void obtrudeValue(T value) {
        throw new UnsupportedOperationException("the result of a send or receive stays");
    }

    @Override
    public final void obtrudeException(Throwable failure) {
        throw new UnsupportedOperationException("the result of a send or receive stays");
    }
}
