// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.watch;

import static io.panamq.bindings.calls.Constants.EEXIST;
import static io.panamq.bindings.calls.Constants.EINTR;
import static io.panamq.bindings.calls.Constants.ENOENT;

import io.panamq.bindings.calls.EpollCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.internal.error.Failures;
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
        while (found >= 0 || found == EINTR) {
            for (int i = 0; i < found; i++) {
                fire(EpollCalls.fd(events, i));
            }
            found = EpollCalls.await(capture, epoll, events, MOST, -1);
        }
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
            put(fd, signal);
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

    private synchronized void put(int fd, MailboxSignal signal) {
        int length = signals.length();
        if (fd >= length) {
            var larger = new AtomicReferenceArray<MailboxSignal>(Math.max(fd + 1, 2 * length));
            for (int i = 0; i < length; i++) {
                larger.set(i, signals.get(i));
            }
            signals = larger;
        }
        signals.set(fd, signal);
    }

    @Override
    void forget(MailboxSignal signal, MemorySegment capture) {
        int fd = (int) signal.descriptor;
        EpollCalls.remove(capture, epoll, fd);
        synchronized (this) {
            signals.compareAndSet(fd, signal, null);
        }
    }
}
