// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.watch;

import static io.panamq.bindings.calls.Constants.EEXIST;
import static io.panamq.bindings.calls.Constants.EINTR;
import static io.panamq.bindings.calls.Constants.ENOENT;

import io.panamq.bindings.calls.EpollCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.internal.error.Failures;
import io.panamq.internal.guard.OpenContexts;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Watches with epoll. A descriptor is added once and armed for each wait. That is one system call
 * of the thread that waits, and does not wake the watcher's thread.
 */
final class EpollWatcher extends Watcher {
    /** The number of signals that one system call can find. */
    private static final int MOST = 256;

    private final int epoll;
    private final MemorySegment events = EpollCalls.events(MOST);

    /** The signals by descriptor. A larger array replaces it under the lock of this object. */
    private volatile AtomicReferenceArray<MailboxSignal> signals = new AtomicReferenceArray<>(256);

    /** How many signals there are. Guarded by the lock of this object. */
    private int watched;

    EpollWatcher() {
        epoll = EpollCalls.create(NativeMemory.errnoCapture());
        if (epoll < 0) {
            throw Failures.of(epoll, "epoll_create1", "the watcher");
        }
    }

    @Override
    void loop() {
        MemorySegment capture = NativeMemory.errnoCapture();
        int found = 0;
        while ((found >= 0 || found == EINTR) && !endIfIdle(capture)) {
            for (int i = 0; i < found; i++) {
                fire(EpollCalls.fd(events, i));
            }
            found = EpollCalls.await(capture, epoll, events, MOST, OpenContexts.LOOK_MILLIS);
        }
    }

    /** Ends if there is neither a signal nor a context that could bring one. */
    private synchronized boolean endIfIdle(MemorySegment capture) {
        if (watched > 0 || !OpenContexts.areNone()) {
            return false;
        }
        markEnded();
        EpollCalls.close(capture, epoll);
        return true;
    }

    @Override
    void fireAll() {
        int length = signals.length();
        for (int fd = 0; fd < length; fd++) {
            fire(fd);
        }
    }

    private void fire(int fd) {
        MailboxSignal signal = fd < signals.length() ? signals.get(fd) : null;
        if (signal != null) {
            signal.fire();
        }
    }

    @Override
    boolean watch(MailboxSignal signal, MemorySegment capture) {
        int fd = (int) signal.descriptor;
        boolean known = signal.home == this;
        if (!known) {
            signal.event = EpollCalls.readableOnce(fd);
            if (!put(fd, signal)) {
                return false;
            }
            signal.home = this;
        }
        signal.arm();
        int result = known ? EpollCalls.rearm(capture, epoll, fd, signal.event) : ENOENT;
        if (result == ENOENT) {
            result = EpollCalls.add(capture, epoll, fd, signal.event);
        }
        if (result == EEXIST) {
            result = EpollCalls.rearm(capture, epoll, fd, signal.event);
        }
        if (result < 0 || hasEnded()) {
            signal.fire();
        }
        return result >= 0;
    }

    /** Returns false if the watcher has ended. */
    private synchronized boolean put(int fd, MailboxSignal signal) {
        if (hasEnded()) {
            return false;
        }
        int length = signals.length();
        if (fd >= length) {
            var larger = new AtomicReferenceArray<MailboxSignal>(Math.max(fd + 1, 2 * length));
            for (int i = 0; i < length; i++) {
                larger.set(i, signals.get(i));
            }
            signals = larger;
        }
        watched += signals.get(fd) == null ? 1 : 0;
        signals.set(fd, signal);
        return true;
    }

    @Override
    void forget(MailboxSignal signal, MemorySegment capture) {
        int fd = (int) signal.descriptor;
        EpollCalls.remove(capture, epoll, fd);
        synchronized (this) {
            watched -= signals.compareAndSet(fd, signal, null) ? 1 : 0;
        }
    }
}
