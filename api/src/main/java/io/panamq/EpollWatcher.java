// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.calls.EpollCalls;
import io.panamq.bindings.calls.NativeMemory;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * On epoll. A descriptor is added once and armed for each wait, which is one system call on the
 * thread that waits; the watcher's thread is not disturbed by it.
 */
final class EpollWatcher extends Watcher {
    /** How many it fires for one system call. */
    private static final int MOST = 256;

    private static final int EINTR = -Errno.EINTR.number();
    private static final int ENOENT = -Errno.ENOENT.number();
    private static final int EEXIST = -17;

    private final int epoll;
    private final MemorySegment events = EpollCalls.events(MOST);

    /** By descriptor; replaced by a larger one under the lock of this object. */
    private volatile AtomicReferenceArray<Watch> watches = new AtomicReferenceArray<>(256);

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
            AtomicReferenceArray<Watch> table = watches;
            for (int i = 0; i < found; i++) {
                int fd = EpollCalls.fd(events, i);
                if (fd >= table.length()) {
                    table = watches;
                }
                Watch watch = fd >= 0 && fd < table.length() ? table.get(fd) : null;
                if (watch != null) {
                    watch.fired();
                }
            }
            found = EpollCalls.await(capture, epoll, events, MOST);
        }
    }

    @Override
    void fireAll() {
        AtomicReferenceArray<Watch> table = watches;
        for (int i = 0; i < table.length(); i++) {
            Watch watch = table.get(i);
            if (watch != null) {
                watch.fired();
            }
        }
    }

    @Override
    boolean watch(Watch watch, MemorySegment capture) {
        int fd = (int) watch.fd;
        boolean known = watch.home == this;
        if (!known) {
            watch.event = EpollCalls.readableOnce(fd);
            put(fd, watch);
            watch.home = this;
        }
        watch.arm();
        int result = known ? EpollCalls.rearm(capture, epoll, fd, watch.event) : ENOENT;
        if (result == ENOENT) {
            result = EpollCalls.add(capture, epoll, fd, watch.event);
        }
        if (result == EEXIST) {
            result = EpollCalls.rearm(capture, epoll, fd, watch.event);
        }
        if (result < 0 || hasEnded()) {
            watch.fired();
        }
        return result >= 0;
    }

    private synchronized void put(int fd, Watch watch) {
        AtomicReferenceArray<Watch> table = watches;
        if (fd >= table.length()) {
            var larger = new AtomicReferenceArray<Watch>(Math.max(fd + 1, 2 * table.length()));
            for (int i = 0; i < table.length(); i++) {
                larger.set(i, table.get(i));
            }
            larger.set(fd, watch);
            watches = larger;
        } else {
            table.set(fd, watch);
        }
    }

    @Override
    void forget(Watch watch, MemorySegment capture) {
        EpollCalls.remove(capture, epoll, (int) watch.fd);
        clear((int) watch.fd, watch);
    }

    private synchronized void clear(int fd, Watch watch) {
        watches.compareAndSet(fd, watch, null);
    }
}
