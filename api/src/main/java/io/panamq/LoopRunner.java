// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What the thread of an event loop does. */
final class LoopRunner implements Runnable {
    /** While it drains, somebody may still have to make room: looks that often. */
    private static final long DRAIN_SLICE = TimeUnit.MILLISECONDS.toNanos(10);

    /** While memory lacks: tries again after that. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    /** How long it tries to end as it should. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private final EventLoop loop;
    private final Poller poller;
    private final LoopQueue queue;
    private final LoopEnd end;
    private final int most;
    private final long drainNanos;

    /** This round, or a turn in it, found no memory or stack. */
    private boolean scarce;

    /** The one before did. */
    private boolean wasScarce;

    /** What it found first, until that is reported, which takes memory too. */
    private VirtualMachineError untold;

    /** Made beforehand: there may be no memory then. */
    private final Runnable[] steps;

    /** How far the end has come: what was not run, how many of that know it, and what is closed. */
    private List<Runnable> left;

    private int told;
    private List<PollItem> items;

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
                    this::tellTasks,
                    this::endItems,
                    this::closeItems,
                    loop.asyncs::endAll,
                    poller::close
                };
    }

    @Override
    public void run() {
        try {
            rehearse();
            while (queue.state() == LoopQueue.State.RUNNING) {
                round();
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

    /** Classes that are looked for when there is no memory are not found. */
    private static void rehearse() {
        LockSupport.parkNanos(1);
        LoopFailures.load();
    }

    private void round() {
        try {
            runTasks();
            runTimers();
            boolean ignored = handle(poll(queue.beginSleep()));
        } catch (VirtualMachineError e) {
            failed(e);
        }
        recover();
    }

    /** It will come again, until there is memory: nothing is lost, and one report is enough. */
    private void failed(VirtualMachineError e) {
        if (!scarce && !wasScarce) {
            untold = e;
        }
        scarce = true;
    }

    /** After each round. */
    private void recover() {
        if (!scarce && !wasScarce) {
            return;
        }
        if (untold != null && (isReported() || !scarce)) {
            untold = null;
        }
        if (scarce) {
            LockSupport.parkNanos(PAUSE);
        }
        wasScarce = scarce;
        scarce = false;
        try {
            loop.asyncs.endAgain();
        } catch (VirtualMachineError e) {
            wasScarce = true; // and so it comes again
        }
    }

    private boolean isReported() {
        return LoopFailures.report(loop, loop.onFailure, untold);
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
        } catch (VirtualMachineError e) {
            failed(e); // not by this socket
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
        boolean done = false;
        while (!done && !loop.isAbandoning()) {
            done = drainRound() || System.nanoTime() - deadline >= 0;
            recover();
        }
    }

    /** Returns whether there was nothing to do any more. */
    private boolean drainRound() {
        try {
            runTasks();
            boolean busy = isBusy();
            boolean received = handle(poll(busy ? DRAIN_SLICE : Waiting.NOT));
            return !received && !busy && !scarce && queue.taskCount() == 0;
        } catch (VirtualMachineError e) {
            failed(e);
            return false;
        }
    }

    private boolean isBusy() {
        boolean busy = false;
        for (PollItem item : poller.items()) {
            busy |= ((LoopHandler) item.attachment()).isBusy();
        }
        return busy;
    }

    // ---- the end

    /** Whatever happens, nobody waits for the end for ever. */
    private void end() {
        long deadline = System.nanoTime() + PATIENCE;
        try {
            end.begin();
            while (!tryEnd() && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(PAUSE);
            }
        } finally {
            end.reach();
        }
    }

    /** False if memory lacks: then each step is to be done again, and goes on where it stopped. */
    private boolean tryEnd() {
        boolean done = true;
        for (int i = 0; i < steps.length; i++) {
            try {
                steps[i].run();
            } catch (VirtualMachineError e) {
                done = false;
            } catch (Throwable e) {
                loop.report(e);
            }
        }
        return done;
    }

    /** Those of the user are abandoned. */
    private void tellTasks() {
        if (left == null) {
            left = queue.end();
        }
        while (told < left.size()) {
            if (left.get(told) instanceof AbandonableTask ours) {
                ours.abandoned();
                left.set(told, null);
            }
            told++;
        }
        end.abandon(left);
    }

    private void endItems() {
        for (PollItem item : items()) {
            ((LoopHandler) item.attachment()).ended(item);
        }
    }

    private void closeItems() {
        for (PollItem item : items()) {
            close(item);
        }
    }

    private List<PollItem> items() {
        if (items == null) {
            items = poller.items();
        }
        return items;
    }

    private static void close(PollItem item) {
        if (item.socket() != null) {
            item.socket().close();
        } else if (item.monitor() != null) {
            item.monitor().close();
        }
    }
}
