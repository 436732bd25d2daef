// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import io.panamq.PollItem;
import io.panamq.Poller;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import io.panamq.internal.poll.PollSecrets;
import io.panamq.internal.socket.Timeout;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs an event loop: its rounds, its draining and its end. On the loop's thread only. */
final class LoopRunner implements Runnable {
    /** In nanoseconds: how often a loop that drains looks for room that libzmq does not report. */
    private static final long DRAIN_SLICE = TimeUnit.MILLISECONDS.toNanos(10);

    private final LoopCore core;
    private final Poller poller;
    private final LoopQueue queue;

    /** How many messages a socket may handle in a turn. */
    private final int most;

    private final long drainNanos;

    /** The steps of the end. They are made beforehand, since memory may lack at the end. */
    private final Runnable[] steps;

    LoopRunner(LoopCore core, int most, long drainNanos) {
        this.core = core;
        this.poller = core.poller;
        this.queue = core.queue;
        this.most = most;
        this.drainNanos = drainNanos;
        steps =
                new Runnable[] {
                    core.scratch::close,
                    this::abandonTasks,
                    this::endItems,
                    this::closeItems,
                    core::abandonResidents,
                    poller::close
                };
    }

    @Override
    public void run() {
        @Nullable Throwable failure = null;
        try {
            while (queue.state() == LoopQueue.State.RUNNING) {
                round();
            }
            drain();
        } catch (ContextTerminatedException e) {
            // The context was closed or shut down, which ends the loop as well.
        } catch (Throwable e) {
            failure = e; // such as a full Java heap
        }
        end(failure);
    }

    private void round() {
        try {
            runTasks();
            runTimers();
            boolean ignored = handle(poll(queue.beginSleep()));
        } catch (InternalError e) {
            core.report(e); // see handle
        }
    }

    /** Runs the tasks that are there now. Tasks that they add wait for the next round. */
    private void runTasks() {
        for (int i = queue.taskCount(); i > 0 && !core.isAbandoning(); i--) {
            run(queue.nextTask());
        }
    }

    private void runTimers() {
        long now = System.nanoTime();
        for (int i = queue.timerCount(); i > 0; i--) {
            LoopTimer timer =
                    queue.state() == LoopQueue.State.RUNNING ? queue.nextTimer(now) : null;
            if (timer == null) {
                return;
            }
            run(timer.task);
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            core.report(e);
        }
    }

    private int poll(long timeout) {
        try {
            // An interrupt is for the handler that runs. It does not end a loop.
            boolean ignored = Thread.interrupted();
            return PollSecrets.poll(poller, timeout);
        } catch (OperationInterruptedException e) {
            return 0;
        } catch (WrongThreadException e) {
            dropForeign(e);
            return 0;
        } finally {
            queue.endSleep();
        }
    }

    /** Drops the sockets that a handler gave to another thread without removing them. */
    private void dropForeign(WrongThreadException e) {
        for (PollItem item : PollSecrets.items(poller)) {
            if (PollSecrets.isForeign(item)) {
                item.remove();
                LoopHandler.of(item).onEnd();
                core.report(e);
            }
        }
    }

    /** Gives each ready item its turn. Returns whether there was something to receive. */
    private boolean handle(int ready) {
        boolean received = false;
        for (int i = 0; i < ready && !core.isAbandoning(); i++) {
            PollItem item = poller.ready().get(i);
            received |= item.isReadable();
            handle(item, LoopHandler.of(item));
        }
        return received;
    }

    private void handle(PollItem item, LoopHandler handler) {
        try {
            if (item.isClosed()) {
                handler.onClosed(item);
            } else if (item.isRegistered()) {
                handler.onReady(item, most);
            }
        } catch (ContextTerminatedException e) {
            throw e;
        } catch (SocketClosedException e) {
            // Another thread closed it, or its handler: the next poll reports that.
        } catch (InternalError e) {
            // A handler read a mapped file that was cut: the JVM may throw this a little later.
            core.report(e);
        } catch (VirtualMachineError e) {
            throw e; // There is no memory or stack, which ends the loop.
        } catch (Throwable e) {
            // It is not of the user's code. Without a pause it would come again at once.
            pause(item);
            core.report(e);
        }
    }

    private static void pause(PollItem item) {
        if (item.isRegistered()) {
            item.pause();
        }
    }

    private void drain() {
        long deadline = System.nanoTime() + drainNanos;
        boolean done = false;
        while (!done && !core.isAbandoning()) {
            try {
                done = drainRound();
            } catch (InternalError e) {
                core.report(e); // see handle
            }
            done |= System.nanoTime() - deadline >= 0;
        }
    }

    /** Returns whether there was nothing left to do. */
    private boolean drainRound() {
        runTasks();
        boolean busy = isBusy();
        boolean received = handle(poll(busy ? DRAIN_SLICE : Timeout.NOT));
        return !received && !busy && queue.taskCount() == 0;
    }

    private boolean isBusy() {
        boolean busy = false;
        for (PollItem item : PollSecrets.items(poller)) {
            busy |= LoopHandler.of(item).isBusy();
        }
        return busy;
    }

    // ---- the end

    /**
     * Fails what waits, closes the sockets, and reports why the loop ended if that is not null.
     * While there is no memory it tries again, for a limited time. The end is reached in any case.
     */
    private void end(@Nullable Throwable failure) {
        try {
            core.end.begin();
            long deadline = LoopEnd.deadline();
            while (!tryEnd() && LoopEnd.pause(deadline)) {}
            if (failure != null) {
                core.report(failure);
            }
        } finally {
            core.end.reach();
        }
    }

    /** Returns false if there was too little memory. Each step may be done again. */
    private boolean tryEnd() {
        boolean done = true;
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (OutOfMemoryError e) {
                done = false;
            } catch (Throwable e) {
                core.report(e);
            }
        }
        return done;
    }

    /** Tells the tasks that somebody waits for. The user's tasks become {@code abandoned}. */
    private void abandonTasks() {
        List<Runnable> left = queue.end();
        Iterator<Runnable> tasks = left.iterator();
        while (tasks.hasNext()) {
            if (tasks.next() instanceof AbandonableTask ours) {
                ours.abandon();
                tasks.remove();
            }
        }
        core.end.setAbandoned(List.copyOf(left));
    }

    private void endItems() {
        for (PollItem item : PollSecrets.items(poller)) {
            LoopHandler.of(item).onEnd();
        }
    }

    private void closeItems() {
        for (PollItem item : PollSecrets.items(poller)) {
            if (item.socket() != null) {
                item.socket().close();
            } else if (item.monitor() != null) {
                item.monitor().close();
            }
        }
    }
}
