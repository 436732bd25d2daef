// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.WrapCalls;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Memory of the user that libzmq holds, and how it comes back: a {@link ReleaseList} tells which
 * messages libzmq has let go of, and a daemon thread runs the user's code for them.
 */
final class Releases {
    /** By number; whatever is still here when the JVM ends is simply forgotten. */
    private static final ConcurrentHashMap<Long, MessageTracker> HELD = new ConcurrentHashMap<>();

    private static final ReleaseList LIST = ReleaseList.create();
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition RELEASED = LOCK.newCondition();

    private static volatile boolean started;
    private static int waiting;

    private Releases() {}

    /** Makes the slot a message over the tracker's memory; false if there is no memory for it. */
    static boolean wrap(MemorySegment slot, MessageTracker tracker) {
        if (!started) {
            start();
        }
        long number = LIST.newNumber();
        HELD.put(number, tracker);
        boolean readOnly = tracker.content.isReadOnly();
        if (readOnly) {
            ReadOnlyMemory.add(tracker.content.address());
        }
        MemorySegment free = LIST.freeFunction(tracker.mapped);
        if (WrapCalls.initData(slot, tracker.content, free, number) == 0) {
            return true;
        }
        HELD.remove(number);
        LIST.giveBack(number);
        if (readOnly) {
            ReadOnlyMemory.remove(tracker.content.address());
        }
        return false;
    }

    private static synchronized void start() {
        if (!started) {
            Thread.ofPlatform().daemon().name("panamq-release").start(Releases::run);
            started = true;
        }
    }

    /** How many messages over memory of the user libzmq holds. */
    static int held() {
        return HELD.size();
    }

    // ---- coming back

    private static void run() {
        LIST.prepare();
        while (true) {
            for (long number = LIST.poll(); number != 0; number = LIST.poll()) {
                MessageTracker tracker = HELD.remove(number);
                LIST.giveBack(number);
                release(tracker);
                wakeWaiting();
            }
            LIST.await();
        }
    }

    private static void release(MessageTracker tracker) {
        try {
            if (tracker.content.isReadOnly()) {
                ReadOnlyMemory.remove(tracker.content.address());
            }
            tracker.release();
        } catch (Throwable t) {
            report(tracker, t);
        }
    }

    private static void report(MessageTracker tracker, Throwable thrown) {
        try {
            System.getLogger("io.panamq")
                    .log(
                            System.Logger.Level.ERROR,
                            "the release callback of " + tracker + " threw",
                            thrown);
        } catch (Throwable ignored) {
            // A logger that throws must not stop the releases of all other messages.
        }
    }

    private static void wakeWaiting() {
        LOCK.lock();
        try {
            if (waiting > 0) {
                RELEASED.signalAll();
            }
        } finally {
            LOCK.unlock();
        }
    }

    static boolean await(MessageTracker tracker, long nanos) {
        LOCK.lock();
        waiting++;
        try {
            long left = nanos;
            while (!tracker.isReleased() && left > 0) {
                left = RELEASED.awaitNanos(left);
            }
            return tracker.isReleased();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted("awaitReleased", tracker.toString());
        } finally {
            waiting--;
            LOCK.unlock();
        }
    }
}
