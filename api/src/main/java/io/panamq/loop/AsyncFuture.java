// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import io.panamq.internal.guard.StackGuard;
import io.panamq.internal.socket.Timeout;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The future of a send or receive on a loop. It is decided once, under a lock: the loop does it, or
 * somebody cancels or completes it, or its time is over. So no message is taken for a future that
 * is over already.
 */
abstract class AsyncFuture<T> extends CompletableFuture<T> implements AbandonableTask {
    final AsyncSocketHandler handler;

    /** Never held while code of the user runs. */
    final Object lock = new Object();

    private boolean decided;

    /** Whether the handler has it, and not only the loop's queue. */
    private volatile boolean started;

    /** Whether the loop holds it no more. On the loop's thread. */
    private boolean letGo;

    /** How long to wait, in nanoseconds. */
    private final long nanos;

    /** The value when the time is over. */
    private final @Nullable T late;

    private volatile @Nullable LoopTimer timer;

    AsyncFuture(AsyncSocketHandler handler, long nanos, @Nullable T late) {
        this.handler = handler;
        this.nanos = nanos;
        this.late = late;
    }

    /** With the lock held. */
    final boolean isDecided() {
        assert Thread.holdsLock(lock);
        return decided;
    }

    /** With the lock held. */
    final void markDecided() {
        assert Thread.holdsLock(lock);
        decided = true;
    }

    /** Returns true to the first caller, which then completes the future: the stack suffices. */
    private boolean decide() {
        StackGuard.require();
        synchronized (lock) {
            if (decided) {
                return false;
            }
            decided = true;
        }
        return true;
    }

    /** Ends the count and the timer. By the thread that decided it, right afterwards. */
    private void settle() {
        handler.countDecided();
        LoopTimer running = timer;
        if (running != null) {
            running.cancel();
        }
    }

    /** Takes it back from the loop: it was decided, and not by doing it. */
    private void withdraw() {
        settle();
        giveBack();
        if (started) {
            handler.runLater(this);
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
            handler.remove(this);
            letGo();
            return;
        }
        try {
            start();
        } catch (RuntimeException | Error e) {
            completeExceptionally(e);
        }
    }

    private void start() {
        if (nanos != Timeout.NOT) {
            enqueue();
            expireLater();
        } else if (!handler.isFirst(this) || !attempt()) {
            if (handler.isEnded()) {
                completeExceptionally(handler.reasonOfEnd());
            } else {
                complete(late);
            }
        }
    }

    /** Lets it wait for its turns with the handler. */
    abstract void enqueue();

    /** Does it, or fails. Returns false if there is no message, or no room, yet. */
    abstract boolean attempt();

    /** Ends the loop's hold on it. On the loop's thread, or after the loop has ended. */
    final void letGo() {
        if (!letGo) {
            letGo = true;
            handler.countLetGo();
        }
    }

    /** Fails a new future that was not counted. */
    final void refuse(Throwable failure) {
        boolean ignored = decide();
        giveBack();
        ignored = tell(failure);
    }

    /** Gives what it was to send back to the caller. */
    void giveBack() {}

    /** Completes it after the loop has done it, which has decided it. */
    final void finish(@Nullable T value) {
        settle();
        letGo();
        boolean ignored = super.complete(value);
    }

    /** Fails it after the loop has tried it, which has decided it. */
    final void finishExceptionally(Throwable failure) {
        settle();
        letGo();
        boolean ignored = tell(failure);
    }

    /**
     * Fails the future, or cancels it if the failure is null. Tries again for a while if there is
     * no memory: otherwise those that wait would never learn of it.
     */
    private boolean tell(@Nullable Throwable failure) {
        long deadline = LoopEnd.deadline();
        while (true) {
            try {
                return failure == null ? super.cancel(true) : super.completeExceptionally(failure);
            } catch (OutOfMemoryError e) {
                if (isDone() || !LoopEnd.pause(deadline)) {
                    throw e; // It comes from what depends on the future, or the time is over.
                }
            }
        }
    }

    private void expireLater() {
        if (nanos == Timeout.FOREVER || isDone()) {
            return;
        }
        try {
            timer = handler.core.schedule(() -> complete(late), nanos, 0);
        } catch (RejectedExecutionException e) {
            return; // The loop drains, and ends soon.
        }
        if (isDone()) {
            timer.cancel();
        }
    }

    @Override
    public final void abandon() {
        completeExceptionally(handler.reasonOfEnd());
        letGo(); // it will not run
    }

    // ---- by the user, or a time-out

    @Override
    public final boolean cancel(boolean mayInterruptIfRunning) {
        return decide() ? withdrawAndTell(null) : isCancelled();
    }

    @Override
    public final boolean completeExceptionally(Throwable failure) {
        return decide() && withdrawAndTell(failure);
    }

    private boolean withdrawAndTell(@Nullable Throwable failure) {
        boolean told;
        try {
            withdraw();
        } finally {
            told = tell(failure);
        }
        return told;
    }

    @Override
    public final boolean complete(@Nullable T value) {
        if (!decide()) {
            return false;
        }
        boolean told;
        try {
            withdraw();
        } finally {
            told = super.complete(value);
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
