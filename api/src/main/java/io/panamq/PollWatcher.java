// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.calls.DescriptorPoll;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * On {@code zmq_poll}, wherever libzmq runs. A pair of sockets of its own wakes its thread when
 * there is a new descriptor or one has to go. Each round costs the system a look at all of them.
 */
final class PollWatcher extends Watcher {
    /** Where poll is built on select, libzmq ends the process with more, or higher numbers. */
    private static final int MOST = 1000;

    private static final int EINTR = -Errno.EINTR.number();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition gone = lock.newCondition();
    private final PairSocket bell;
    private final PairSocket ear;
    private final boolean limited;

    /** All that are to be watched; those from {@code polled} on are not known to poll yet. */
    private final List<Watch> watches = new ArrayList<>();

    private final List<Watch> leaving = new ArrayList<>();
    private int polled;
    private boolean rung;

    /** The socket to wake it never ends: a daemon's, like the thread. */
    PollWatcher() {
        Context context =
                Context.builder().ioThreads(0).maxSockets(2).linger(Duration.ZERO).build();
        bell = context.pair();
        ear = context.pair();
        bell.connect(ear.bind("inproc://panamq-watcher"));
        bell.release();
        ear.release();
        limited = !System.getProperty("os.name", "").equals("Linux");
    }

    @Override
    void loop() {
        var poll = new DescriptorPoll(ear.core.handle);
        try (Message sink = Message.create()) {
            int found = 0;
            while (found >= 0 || found == EINTR) {
                if (found > 0 && poll.isReady(0)) {
                    boolean more = true;
                    while (more) {
                        more = ear.tryReceive(sink);
                    }
                }
                update(poll, found > 0);
                found = poll.poll(-1);
            }
        }
    }

    private void update(DescriptorPoll poll, boolean found) {
        BriefLock.acquire(lock);
        try {
            rung = false;
            for (int i = polled - 1; i >= 0; i--) {
                Watch watch = watches.get(i);
                if ((found && poll.isReady(i + 1)) || leaving.contains(watch)) {
                    drop(i);
                    poll.remove(i + 1);
                    watch.fired();
                }
            }
            for (int i = watches.size() - 1; i >= polled; i--) {
                if (leaving.contains(watches.get(i))) {
                    drop(i).fired();
                }
            }
            while (polled < watches.size()) {
                poll.add(watches.get(polled).fd);
                polled++;
            }
            leaving.clear();
            gone.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** As the array of poll does it: the last one polled takes the place. */
    private Watch drop(int index) {
        Watch dropped = watches.get(index);
        int last = watches.size() - 1;
        if (index < polled) {
            polled--;
            watches.set(index, watches.get(polled));
            watches.set(polled, watches.get(last));
        } else {
            watches.set(index, watches.get(last));
        }
        watches.remove(last);
        return dropped;
    }

    @Override
    void fireAll() {
        BriefLock.acquire(lock);
        try {
            watches.forEach(Watch::fired);
            watches.clear();
            polled = 0;
            leaving.clear();
            gone.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    boolean watch(Watch watch, MemorySegment capture) {
        BriefLock.acquire(lock);
        try {
            boolean room = !limited || (watches.size() < MOST && watch.fd < MOST);
            if (hasEnded() || !room) {
                return false;
            }
            watch.home = this;
            watch.arm();
            watches.add(watch);
            ring();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock, which hands the socket from thread to thread. */
    private void ring() {
        if (!rung) {
            bell.trySend("");
            bell.release();
            rung = true;
        }
    }

    @Override
    void forget(Watch watch, MemorySegment capture) {
        BriefLock.acquire(lock);
        try {
            if (watches.contains(watch)) {
                leaving.add(watch);
                ring();
                while (!hasEnded() && leaving.contains(watch)) {
                    gone.awaitUninterruptibly();
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
