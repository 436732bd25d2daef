// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs an event loop: its rounds, its draining and its end. On the loop's thread only. */
final class LoopRunner implements Runnable {
    /** The longest wait of a poll while a send waits for room, which libzmq may not tell of. */
    private static final long DRAIN_SLICE = TimeUnit.MILLISECONDS.toNanos(10);

    private final EventLoop loop;
    private final Poller poller;
    private final LoopQueue queue;
    private final LoopEnd end;
    private final int most;
    private final long drainNanos;

    /** The steps of the end. They are made beforehand, since memory may lack at the end. */
    private final Runnable[] steps;

    LoopRunner(
            EventLoop loop,
            Poller poller,
            LoopQueue queue,
            LoopEnd end,
            int most,
            long drainNanos) {
        this.loop = loop;
        this.poller = poller;
        this.queue = queue;
        this.end = end;
        this.most = most;
        this.drainNanos = drainNanos;
        steps =
                new Runnable[] {
                    loop.frames::close,
                    this::abandonTasks,
                    this::endItems,
                    this::closeItems,
                    loop.asyncs::endAll,
                    poller::close
                };
    }

    @Override
    public void run() {
        Throwable failure = null;
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
            loop.report(e); // see handle
        }
    }

    /** Runs the tasks that are there now. Tasks that they add wait for the next round. */
    private void runTasks() {
        for (int i = queue.taskCount(); i > 0 && !loop.isAbandoning(); i--) {
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
            loop.report(e);
        }
    }

    private int poll(long timeout) {
        try {
            // An interrupt was meant for a handler: a loop is ended by a stop.
            boolean ignored = Thread.interrupted();
            return poller.poll(timeout);
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
        for (PollItem item : poller.items()) {
            if (item.core != null && !item.isClosed() && item.core.isForeign()) {
                item.remove();
                ((LoopHandler) item.attachment()).ended(item);
                loop.report(e);
            }
        }
    }

    /** Gives each ready item its turn. Returns whether there was something to receive. */
    private boolean handle(int ready) {
        boolean received = false;
        for (int i = 0; i < ready && !loop.isAbandoning(); i++) {
            PollItem item = poller.ready(i);
            received |= item.isReadable();
            handle(item, (LoopHandler) item.attachment());
        }
        return received;
    }

    private void handle(PollItem item, LoopHandler handler) {
        try {
            if (item.isClosed()) {
                handler.closed(item);
            } else if (item.isRegistered()) {
                handler.ready(item, most);
            }
        } catch (ContextTerminatedException e) {
            throw e;
        } catch (SocketClosedException e) {
            // By another thread, or by its handler: the next poll tells.
        } catch (InternalError e) {
            // A handler read a mapped file that was cut: the JVM may throw this a little later.
            loop.report(e);
        } catch (VirtualMachineError e) {
            throw e; // There is no memory or stack, which ends the loop.
        } catch (Throwable e) {
            // It is not of the user's code. Without a pause it would come again at once.
            pause(item);
            loop.report(e);
        }
    }

    private static void pause(PollItem item) {
        if (item.isRegistered()) {
            item.watch();
        }
    }

    private void drain() {
        long deadline = System.nanoTime() + drainNanos;
        boolean done = false;
        while (!done && !loop.isAbandoning()) {
            done = drainRound() || System.nanoTime() - deadline >= 0;
        }
    }

    /** Returns whether there was nothing left to do. */
    private boolean drainRound() {
        runTasks();
        boolean busy = isBusy();
        boolean received = handle(poll(busy ? DRAIN_SLICE : Waiting.NOT));
        return !received && !busy && queue.taskCount() == 0;
    }

    private boolean isBusy() {
        boolean busy = false;
        for (PollItem item : poller.items()) {
            busy |= ((LoopHandler) item.attachment()).isBusy();
        }
        return busy;
    }

    // ---- the end

    /**
     * Fails what waits and closes the sockets, and reports why the loop ended if that is not null.
     * While there is no memory it tries again, for a limited time: whatever happens, nobody waits
     * for the end for ever.
     */
    private void end(Throwable failure) {
        try {
            end.begin();
            long deadline = LoopEnd.deadline();
            while (!tryEnd() && LoopEnd.pause(deadline)) {}
            if (failure != null) {
                loop.report(failure);
            }
        } finally {
            end.reach();
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
                loop.report(e);
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
                ours.abandoned();
                tasks.remove();
            }
        }
        end.abandon(List.copyOf(left));
    }

    private void endItems() {
        for (PollItem item : poller.items()) {
            ((LoopHandler) item.attachment()).ended(item);
        }
    }

    private void closeItems() {
        for (PollItem item : poller.items()) {
            if (item.socket() != null) {
                item.socket().close();
            } else if (item.monitor() != null) {
                item.monitor().close();
            }
        }
    }
}
