// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.watch;

import static io.panamq.bindings.calls.Constants.EINTR;

import io.panamq.bindings.calls.DescriptorPoll;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Watches with {@code zmq_poll}, wherever libzmq runs. A doorbell wakes its thread when there is a
 * new descriptor or one has to go. Each round costs the system a look at all descriptors.
 */
final class PollWatcher extends Watcher {
    /** Where poll is built on select, libzmq ends the process with more, or higher numbers. */
    private static final int MOST = 1000;

    private final boolean limited = !System.getProperty("os.name", "").equals("Linux");
    private final Doorbell doorbell = new Doorbell();

    /** Guards all that follows. */
    private final ReentrantLock lock = new ReentrantLock();

    /** {@link #leaving} was served. */
    private final Condition gone = lock.newCondition();

    /** What the poll knows, in its order. */
    private final List<MailboxSignal> polled = new ArrayList<>();

    /** What the next round adds to the poll, and what it takes out. */
    private final List<MailboxSignal> arriving = new ArrayList<>();

    private final List<MailboxSignal> leaving = new ArrayList<>();
    private boolean rung;

    @Override
    void loop() {
        var poll = new DescriptorPoll(doorbell.ear());
        int found = 0;
        while (found >= 0 || found == EINTR) {
            if (found > 0 && poll.isReady(0)) {
                doorbell.silence();
            }
            update(poll, found > 0);
            found = poll.poll(-1);
        }
    }

    private void update(DescriptorPoll poll, boolean found) {
        lock.lock();
        try {
            rung = false;
            for (int i = polled.size() - 1; i >= 0; i--) {
                MailboxSignal signal = polled.get(i);
                if ((found && poll.isReady(i + 1)) || leaving.contains(signal)) {
                    poll.remove(i + 1); // the last one takes its place, in both
                    MailboxSignal last = polled.removeLast();
                    if (last != signal) {
                        polled.set(i, last);
                    }
                    signal.fire();
                }
            }
            for (MailboxSignal signal : arriving) {
                if (leaving.contains(signal)) {
                    signal.fire();
                } else {
                    poll.add(signal.descriptor);
                    polled.add(signal);
                }
            }
            arriving.clear();
            leaving.clear();
            gone.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    void fireAll() {
        lock.lock();
        try {
            polled.addAll(arriving);
            for (MailboxSignal signal : polled) {
                signal.fire();
            }
            polled.clear();
            arriving.clear();
            leaving.clear();
            gone.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    boolean watch(MailboxSignal signal, MemorySegment capture) {
        lock.lock();
        try {
            boolean room =
                    !limited
                            || (polled.size() + arriving.size() < MOST && signal.descriptor < MOST);
            if (hasEnded() || !room) {
                return false;
            }
            signal.home = this;
            signal.arm();
            arriving.add(signal);
            ring();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void ring() {
        if (!rung) {
            doorbell.ring();
            rung = true;
        }
    }

    @Override
    void forget(MailboxSignal signal, MemorySegment capture) {
        lock.lock();
        try {
            if (polled.contains(signal) || arriving.contains(signal)) {
                leaving.add(signal);
                ring();
                while (!hasEnded() && leaving.contains(signal)) {
                    gone.awaitUninterruptibly();
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
