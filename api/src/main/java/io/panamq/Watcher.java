// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One daemon thread for the JVM, which sleeps until a watched descriptor is readable and then wakes
 * the thread that waits for it. Started by the first virtual thread that waits, or the first
 * platform thread that does for long.
 *
 * <p>On Linux it is {@link EpollWatcher}, elsewhere {@link PollWatcher}. The property {@code
 * panamq.watcher} chooses: {@code epoll}, {@code poll}, or {@code none}, with which virtual threads
 * look again after some milliseconds, and platform threads in slices; as they do when there is no
 * descriptor left for a watcher.
 */
abstract sealed class Watcher implements Runnable permits EpollWatcher, PollWatcher {
    /** How descriptors are watched. */
    enum Kind {
        EPOLL,
        POLL,
        NONE;

        static Kind chosen() {
            String name = System.getProperty("panamq.watcher", "").toUpperCase(Locale.ROOT);
            for (Kind kind : values()) {
                if (kind.name().equals(name)) {
                    return kind;
                }
            }
            return System.getProperty("os.name", "").equals("Linux") ? EPOLL : POLL;
        }
    }

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Object LOCK = new Object();
    private static Kind kind = Kind.chosen();
    private static volatile Watcher current;
    private static long failedAt;
    private static boolean failed;

    private volatile boolean ended;

    /** The watcher of this JVM; null if there can be none, perhaps only for the moment. */
    static Watcher get() {
        Watcher watcher = current;
        return watcher != null && !watcher.ended ? watcher : start();
    }

    private static Watcher start() {
        synchronized (LOCK) {
            Watcher watcher = current;
            if (watcher != null && !watcher.ended) {
                return watcher;
            }
            if (failed && System.nanoTime() - failedAt < RETRY_NANOS) {
                return null;
            }
            try {
                current = create();
            } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                // No descriptor, no memory, no thread: whoever waits does without.
                current = null;
            }
            failed = current == null;
            failedAt = System.nanoTime();
            return current;
        }
    }

    private static Watcher create() {
        Watcher watcher =
                switch (kind) {
                    case EPOLL -> new EpollWatcher();
                    case POLL -> new PollWatcher();
                    case NONE -> null;
                };
        if (watcher != null) {
            watcher.begin();
        }
        return watcher;
    }

    /** For tests: waits that begin from now on use another kind. Returns the present one. */
    static Kind use(Kind other) {
        synchronized (LOCK) {
            Kind before = kind;
            if (before != other) {
                kind = other;
                current = null;
                failed = false;
            }
            return before;
        }
    }

    /** Starts the thread. */
    final void begin() {
        Threads.daemon("panamq-watcher", this).start();
    }

    @Override
    public final void run() {
        try {
            loop();
        } finally {
            ended = true;
            fireAll();
        }
    }

    final boolean hasEnded() {
        return ended;
    }

    /** Waits and fires, until that is not possible any more. */
    abstract void loop();

    /** After the end: everybody who waits looks for another watcher. */
    abstract void fireAll();

    /**
     * Fires the watch when its descriptor is readable, once. Returns false if that cannot be. On
     * the thread that will wait.
     */
    abstract boolean watch(Watch watch, MemorySegment capture);

    /** Never touches the descriptor again. On the thread that closes the socket. */
    abstract void forget(Watch watch, MemorySegment capture);
}
