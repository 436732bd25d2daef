// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the thread of an event loop does. */
final class LoopRunner implements Runnable {
    /** While it drains, somebody may still have to make room: looks that often. */
    private static final long DRAIN_SLICE = TimeUnit.MILLISECONDS.toNanos(10);

    private final EventLoop loop;
    private final Poller poller;
    private final LoopQueue queue;
    private final LoopEnd end;
    private final int most;
    private final long drainNanos;

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
    }

    @Override
    public void run() {
        try {
            while (queue.state() == LoopQueue.State.RUNNING) {
                runTasks();
                runTimers();
                handle(poll(queue.beginSleep()));
            }
            drain();
        } catch (ContextTerminatedException e) {
            // The usual end of a program.
        } catch (Throwable e) {
            loop.report(e);
        } finally {
            end();
        }
    }

    /** Those that are there now: what they add waits for its turn. */
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

    /** A handler gave a socket away and left it registered: the others must not suffer. */
    private void dropForeign(WrongThreadException e) {
        for (PollItem item : poller.items()) {
            if (item.core != null && !item.isClosed() && item.core.isForeign()) {
                item.remove();
                ((LoopHandler) item.attachment()).ended(item);
                loop.report(e);
            }
        }
    }

    /** Returns whether there was something to receive. */
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
        } catch (Throwable e) {
            // Not of the user's code: it would come again at once, and for ever.
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
        while (!loop.isAbandoning()) {
            runTasks();
            boolean busy = isBusy();
            boolean received = handle(poll(busy ? DRAIN_SLICE : Waiting.NOT));
            boolean done = !received && !busy && queue.taskCount() == 0;
            if (done || System.nanoTime() - deadline >= 0) {
                return;
            }
        }
    }

    private boolean isBusy() {
        boolean busy = false;
        for (PollItem item : poller.items()) {
            busy |= ((LoopHandler) item.attachment()).isBusy();
        }
        return busy;
    }

    /** Whatever happens, nobody waits for the end for ever. */
    private void end() {
        try {
            loop.frames.close();
            end.abandon(told(queue.end()));
            List<PollItem> items = poller.items();
            for (PollItem item : items) {
                ((LoopHandler) item.attachment()).ended(item);
            }
            for (PollItem item : items) {
                close(item);
            }
        } catch (Throwable e) {
            loop.report(e);
        } finally {
            try {
                poller.close();
            } finally {
                end.reach();
            }
        }
    }

    /** Returns those of the user. */
    private static List<Runnable> told(List<Runnable> tasks) {
        List<Runnable> others = new ArrayList<>();
        for (Runnable task : tasks) {
            if (task instanceof LoopTask ours) {
                ours.abandoned();
            } else {
                others.add(task);
            }
        }
        return others;
    }

    private static void close(PollItem item) {
        if (item.socket() != null) {
            item.socket().close();
        } else if (item.monitor() != null) {
            item.monitor().close();
        }
    }
}
