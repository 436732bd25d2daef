// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.watch;

import io.panamq.internal.guard.Threads;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Finds or starts the one watcher of this JVM. The first virtual thread that waits, or the first
 * platform thread that waits for long, starts its daemon thread.
 *
 * <p>The watcher is an {@link EpollWatcher} on Linux and a {@link PollWatcher} elsewhere, or what
 * the property {@code panamq.watcher} names: {@code epoll}, {@code poll} or {@code none}. Without a
 * watcher, or while there is no descriptor left for one, virtual threads look again after some
 * milliseconds, and platform threads wait in slices.
 */
public final class Watchers {
    /** The kinds of watchers. */
    public enum Kind {
        EPOLL,
        POLL,
        NONE;

        private static Kind fromProperties() {
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
    private static Kind kind = Kind.fromProperties();
    private static volatile Watcher current;
    private static long failedAt;
    private static boolean failed;

    private Watchers() {}

    /** Returns the watcher of this JVM; null if there is none, perhaps only for the moment. */
    public static Watcher current() {
        Watcher watcher = current;
        return watcher != null && !watcher.hasEnded() ? watcher : start();
    }

    private static Watcher start() {
        synchronized (LOCK) {
            if (current != null && !current.hasEnded()) {
                return current;
            }
            if (failed && System.nanoTime() - failedAt < RETRY_NANOS) {
                return null;
            }
            try {
                current = create();
            } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                // There is no descriptor, no memory or no thread: threads wait without a watcher.
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
            Threads.daemon("panamq-watcher", watcher).start();
        }
        return watcher;
    }

    /** Lets waits that begin later use another kind, for tests. Returns the kind before. */
    public static Kind use(Kind other) {
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
}
