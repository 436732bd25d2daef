// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.memory;

import io.panamq.bindings.calls.WrapCalls;
import io.panamq.internal.error.Failures;
import io.panamq.internal.guard.OpenContexts;
import io.panamq.internal.guard.StackGuard;
import io.panamq.internal.guard.Threads;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps memory of the user reachable while libzmq holds it. A {@link ReleaseQueue} tells which
 * messages libzmq has released; a daemon thread then frees their memory and runs their callbacks.
 */
public final class ReleaseThread {
    /** The memory that libzmq holds, by number. When the JVM ends, it is not released. */
    private static final ConcurrentHashMap<Long, WrappedMemory> HELD = new ConcurrentHashMap<>();

    private static final ReleaseQueue QUEUE = ReleaseQueue.create();
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition RELEASED = LOCK.newCondition();

    private static final long RETRY_MILLIS = 10;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS);

    /** Memory that libzmq has released but a call is using. Only the release thread uses this. */
    private static final List<WrappedMemory> BUSY = new ArrayList<>();

    private static volatile Thread thread;
    private static int waiting;

    private ReleaseThread() {}

    /** Makes a message over the memory in the slot; returns false if libzmq has no memory. */
    public static boolean wrap(MemorySegment slot, WrappedMemory memory) {
        if (thread == null) {
            start();
        }
        long number = QUEUE.newNumber();
        HELD.put(number, memory);
        if (thread == null) { // it has ended meanwhile
            startOrForget(number);
        }
        if (memory.readOnly) {
            ReadOnlyMemory.add(memory.content.address());
        }
        MemorySegment free = QUEUE.freeFunction(memory.mapped);
        if (WrapCalls.initData(slot, memory.content, free, number) == 0) {
            return true;
        }
        HELD.remove(number);
        QUEUE.giveBack(number);
        if (memory.readOnly) {
            ReadOnlyMemory.remove(memory.content.address());
        }
        return false;
    }

    private static void startOrForget(long number) {
        boolean started = false;
        try {
            start();
            started = true;
        } finally {
            if (!started) {
                HELD.remove(number);
                QUEUE.giveBack(number);
            }
        }
    }

    private static synchronized void start() {
        if (thread == null) {
            Thread started = Threads.daemon("panamq-release", ReleaseThread::run);
            started.start();
            thread = started;
        }
    }

    /** Returns how many messages over memory of the user libzmq holds. */
    public static int heldCount() {
        return HELD.size();
    }

    /** Returns the content, which the public face of {@code memory} does not show. */
    public static MemorySegment content(WrappedMemory memory) {
        return memory.content;
    }

    /** Returns whether the content is a mapped file, which may fail to be read. */
    public static boolean isMapped(WrappedMemory memory) {
        return memory.mapped;
    }

    // ---- the release thread

    private static void run() {
        QUEUE.prepare();
        pause(); // this loads all that it needs, before memory may be short
        while (!endIfIdle()) {
            try {
                takeAll();
                if (!BUSY.isEmpty()) {
                    BUSY.removeIf(ReleaseThread::free);
                }
                QUEUE.await(BUSY.isEmpty() ? OpenContexts.LOOK_MILLIS : RETRY_MILLIS);
            } catch (Throwable e) {
                // The heap is full. Nothing is lost, because each step is tried again.
                pause();
            }
        }
    }

    /**
     * Ends the thread if libzmq holds nothing, and no context is there that could send anything.
     * Who adds memory looks whether the thread runs afterwards, so one of the two sees the other.
     */
    private static synchronized boolean endIfIdle() {
        if (!OpenContexts.areNone() || !HELD.isEmpty() || !BUSY.isEmpty()) {
            return false;
        }
        Thread self = thread;
        thread = null;
        if (!HELD.isEmpty()) {
            thread = self;
        }
        return thread == null;
    }

    private static void pause() {
        try {
            LockSupport.parkNanos(RETRY_NANOS);
        } catch (Throwable e) {
            Thread.onSpinWait();
        }
    }

    private static void takeAll() {
        for (long number = QUEUE.peek(); number != 0; number = QUEUE.peek()) {
            // Boxing the number and the next steps may fail: then all of this is tried again.
            WrappedMemory memory = HELD.get(number);
            if (memory != null && !free(memory)) {
                BUSY.add(memory);
            }
            HELD.remove(number);
            QUEUE.advance();
            QUEUE.giveBack(number);
        }
    }

    /** Frees memory and runs its callback; returns false if a call is using the memory. */
    private static boolean free(WrappedMemory memory) {
        if (memory.wasReleased()) {
            return true;
        }
        if (memory.readOnly) {
            ReadOnlyMemory.remove(memory.content.address());
            memory.readOnly = false;
        }
        if (!memory.freeMemory()) {
            return false;
        }
        try {
            memory.completeRelease();
        } catch (Throwable t) {
            report(memory, t);
        }
        wakeWaiting();
        return true;
    }

    private static void report(WrappedMemory memory, Throwable thrown) {
        try {
            System.getLogger("io.panamq")
                    .log(
                            System.Logger.Level.ERROR,
                            "the release callback of " + memory + " threw",
                            thrown);
        } catch (Throwable ignored) {
            // A logger that throws must not keep the memory of other messages.
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

    // ---- waiting for a release

    /** Waits up to the given time until the memory is released; returns whether it is. */
    public static boolean await(WrappedMemory memory, long nanos) {
        if (memory.wasReleased()) {
            return true;
        }
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException(
                    "awaitReleased in a release callback: only this thread runs them");
        }
        StackGuard.requireLittle(); // so that the lock is given back
        try {
            LOCK.lockInterruptibly();
            try {
                waiting++;
                return awaitRelease(memory, nanos);
            } finally {
                waiting--;
                LOCK.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted("awaitReleased", memory.toString());
        }
    }

    private static boolean awaitRelease(WrappedMemory memory, long nanos)
            throws InterruptedException {
        long left = nanos;
        while (!memory.wasReleased() && left > 0) {
            left = RELEASED.awaitNanos(left);
        }
        return memory.wasReleased();
    }
}
