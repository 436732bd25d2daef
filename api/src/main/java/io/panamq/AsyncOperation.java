// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * A send or receive that is to be done on a loop, or one that is cancelled or too late: exactly one
 * of these, decided under a lock, so that no message is taken for a future that is over already.
 */
abstract class AsyncOperation<T> extends CompletableFuture<T> implements LoopTask {
    final AsyncHandler handler;

    /** Never held while code of the user runs. */
    final Object lock = new Object();

    private boolean decided;
    private volatile LoopTimer timer;

    AsyncOperation(AsyncHandler handler) {
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

    private boolean decide() {
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
        handler.later(() -> handler.forget(this));
    }

    /** What it was given to send is the caller's again. */
    void giveBack() {}

    final void finish(T value) {
        over();
        boolean ignored = super.complete(value);
    }

    final void finishExceptionally(Throwable failure) {
        over();
        boolean ignored = super.completeExceptionally(failure);
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
    }

    // ---- by the user, or a time-out

    @Override
    public final boolean cancel(boolean mayInterruptIfRunning) {
        if (!decide()) {
            return isCancelled();
        }
        withdrawn();
        return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public final boolean complete(T value) {
        if (!decide()) {
            return false;
        }
        withdrawn();
        return super.complete(value);
    }

    @Override
    public final boolean completeExceptionally(Throwable failure) {
        if (!decide()) {
            return false;
        }
        withdrawn();
        return super.completeExceptionally(failure);
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
