// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.watch;

import static io.panamq.bindings.calls.Constants.EINTR;
import static io.panamq.bindings.calls.Constants.POLLIN;

import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.PollItems;
import io.panamq.internal.guard.OpenContexts;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Watches with {@code zmq_poll}, wherever libzmq runs. A doorbell wakes its thread when a
 * descriptor is to be added or removed. The kernel looks at all descriptors in each round.
 */
final class PollWatcher extends Watcher {
    /**
     * Where {@code zmq_poll} is built on {@code select}, libzmq ends the process if there are more
     * descriptors, or descriptors with a higher number.
     */
    private static final int MOST = 1000;

    private final boolean limited = !System.getProperty("os.name", "").equals("Linux");
    private final Doorbell doorbell = new Doorbell();

    /** The array that only the watcher's thread uses: the doorbell, then one for each signal. */
    private final PollItems items = new PollItems();

    /** Guards all fields that follow. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Signals that the watcher's thread has emptied {@link #leaving}. */
    private final Condition gone = lock.newCondition();

    /** The signals that are polled; each has the item after its own index. */
    private final List<MailboxSignal> polled = new ArrayList<>();

    /** The signals that the next round adds, and those that it removes. */
    private final List<MailboxSignal> arriving = new ArrayList<>();

    private final List<MailboxSignal> leaving = new ArrayList<>();
    private boolean rung;

    @Override
    void loop() {
        MemorySegment capture = NativeMemory.errnoCapture();
        items.set(0, doorbell.receiver(), -1, POLLIN);
        int found = 0;
        while (found >= 0 || found == EINTR) {
            if (found > 0 && items.ready(0) != 0) {
                doorbell.silence();
            }
            int count = update(found > 0);
            if (count == 1 && endIfIdle()) {
                return;
            }
            found = items.poll(capture, count, OpenContexts.LOOK_MILLIS);
        }
    }

    /** Ends if there is neither a signal nor a context that could bring one. */
    private boolean endIfIdle() {
        lock.lock();
        try {
            if (!arriving.isEmpty() || !OpenContexts.areNone()) {
                return false;
            }
            markEnded();
            doorbell.close();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Fires, removes and adds signals. Returns how many items are to be polled. */
    private int update(boolean found) {
        lock.lock();
        try {
            rung = false;
            for (int i = polled.size() - 1; i >= 0; i--) {
                MailboxSignal signal = polled.get(i);
                if ((found && items.ready(i + 1) != 0) || leaving.contains(signal)) {
                    MailboxSignal last = polled.removeLast();
                    if (last != signal) {
                        // The last one was looked at already, and takes the place of this one.
                        put(i, last);
                    }
                    signal.fire();
                }
            }
            for (MailboxSignal signal : arriving) {
                if (leaving.contains(signal)) {
                    signal.fire();
                } else {
                    polled.add(signal);
                    put(polled.size() - 1, signal);
                }
            }
            arriving.clear();
            leaving.clear();
            gone.signalAll();
            return polled.size() + 1;
        } finally {
            lock.unlock();
        }
    }

    private void put(int index, MailboxSignal signal) {
        polled.set(index, signal);
        items.set(index + 1, MemorySegment.NULL, signal.descriptor, POLLIN);
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
        assert lock.isHeldByCurrentThread();
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
