// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.WrapCalls;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Memory of the user that libzmq holds, and how it comes back. libzmq calls the one free function
 * on any thread, also an I/O thread, with a message's number; that thread only puts the tracker on
 * a list. A daemon thread takes it from there and runs the user's code.
 */
final class Releases {
    /** By number; whatever is still here when the JVM ends is simply forgotten. */
    private static final ConcurrentHashMap<Long, MessageTracker> HELD = new ConcurrentHashMap<>();

    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final AtomicReference<MessageTracker> DONE = new AtomicReference<>();
    private static final MemorySegment FREE = WrapCalls.freeFunction(Releases::released);
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition RELEASED = LOCK.newCondition();

    private static volatile Thread thread;
    private static volatile boolean parked;
    private static int waiting;

    private Releases() {}

    /** Makes the slot a message over the tracker's memory; false if there is no memory for it. */
    static boolean wrap(MemorySegment slot, MessageTracker tracker) {
        if (thread == null) {
            start();
        }
        Long number = NUMBERS.incrementAndGet();
        HELD.put(number, tracker);
        StackGuard.arm();
        boolean readOnly = tracker.content.isReadOnly();
        if (readOnly) {
            ReadOnlyMemory.add(tracker.content.address());
        }
        if (WrapCalls.initData(slot, tracker.content, FREE, number) == 0) {
            return true;
        }
        HELD.remove(number);
        StackGuard.disarm();
        if (readOnly) {
            ReadOnlyMemory.remove(tracker.content.address());
        }
        return false;
    }

    private static synchronized void start() {
        if (thread == null) {
            // A first call, from an empty stack, loads all that the free function needs.
            HELD.put(0L, new MessageTracker(MemorySegment.NULL, null, null));
            StackGuard.arm();
            thread =
                    Thread.ofPlatform()
                            .daemon()
                            .name("panamq-release")
                            .start(
                                    () -> {
                                        WrapCalls.rehearse(FREE);
                                        run();
                                    });
        }
    }

    /** How many messages over memory of the user libzmq holds. */
    static int held() {
        return HELD.size();
    }

    // ---- coming back

    /** On whatever thread libzmq is on: no lock, no user code. */
    private static void released(long number) {
        MessageTracker tracker = HELD.remove(number);
        StackGuard.disarm();
        MessageTracker last;
        do {
            last = DONE.get();
            tracker.next = last;
        } while (!DONE.compareAndSet(last, tracker));
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    private static void run() {
        while (true) {
            MessageTracker last = DONE.getAndSet(null);
            if (last == null) {
                parked = true;
                if (DONE.get() == null) {
                    LockSupport.park();
                }
                parked = false;
                // A callback may have interrupted this thread, and then park would not wait.
                Thread.interrupted();
                continue;
            }
            for (MessageTracker each = inOrder(last); each != null; ) {
                MessageTracker following = each.next;
                each.next = null;
                release(each);
                each = following;
            }
            wakeWaiting();
        }
    }

    /** The list has the newest first. */
    private static MessageTracker inOrder(MessageTracker newest) {
        MessageTracker oldest = null;
        for (MessageTracker each = newest; each != null; ) {
            MessageTracker following = each.next;
            each.next = oldest;
            oldest = each;
            each = following;
        }
        return oldest;
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
