// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.memory;

import io.panamq.bindings.calls.WrapCalls;
import io.panamq.internal.error.Failures;
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
 * Memory of the user that libzmq holds, and how it comes back: a {@link ReleaseQueue} tells which
 * messages libzmq has let go of, and a daemon thread runs the user's code for them.
 */
public final class ReleaseThread {
    /** By number; whatever is still here when the JVM ends is simply forgotten. */
    private static final ConcurrentHashMap<Long, WrappedMemory> HELD = new ConcurrentHashMap<>();

    private static final ReleaseQueue LIST = ReleaseQueue.create();
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition RELEASED = LOCK.newCondition();

    /** The JVM ends while the thread waits in C: that is no matter, and nothing has to wake it. */
    private static final long WAIT_MILLIS = 60_000;

    private static final long RETRY_MILLIS = 10;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS);

    /** Let go of by libzmq, but some call uses the memory. By the one thread only. */
    private static final List<WrappedMemory> BUSY = new ArrayList<>();

    private static volatile Thread thread;
    private static int waiting;

    private ReleaseThread() {}

    /** Makes the slot a message over the memory; false if there is no memory for it. */
    public static boolean wrap(MemorySegment slot, WrappedMemory memory) {
        if (thread == null) {
            start();
        }
        long number = LIST.newNumber();
        HELD.put(number, memory);
        if (memory.readOnly) {
            ReadOnlyMemory.add(memory.content.address());
        }
        MemorySegment free = LIST.freeFunction(memory.mapped);
        if (WrapCalls.initData(slot, memory.content, free, number) == 0) {
            return true;
        }
        HELD.remove(number);
        LIST.giveBack(number);
        if (memory.readOnly) {
            ReadOnlyMemory.remove(memory.content.address());
        }
        return false;
    }

    private static synchronized void start() {
        if (thread == null) {
            Thread started = Threads.daemon("panamq-release", ReleaseThread::run);
            started.start();
            thread = started;
        }
    }

    /** How many messages over memory of the user libzmq holds. */
    public static int held() {
        return HELD.size();
    }

    /** Returns the memory itself. */
    public static MemorySegment content(WrappedMemory memory) {
        return memory.content;
    }

    /** Returns whether it is memory of a file, which may fail to be read. */
    public static boolean isMapped(WrappedMemory memory) {
        return memory.mapped;
    }

    // ---- coming back

    private static void run() {
        LIST.prepare();
        pause(); // so that it needs nothing new when there is no memory
        while (true) {
            try {
                takeAll();
                retryBusy();
                LIST.await(BUSY.isEmpty() ? WAIT_MILLIS : RETRY_MILLIS);
            } catch (Throwable e) {
                // The heap is full, for a moment perhaps: nothing is lost, each step comes again.
                pause();
            }
        }
    }

    private static void pause() {
        try {
            LockSupport.parkNanos(RETRY_NANOS);
        } catch (Throwable e) {
            Thread.onSpinWait();
        }
    }

    private static void takeAll() {
        for (long number = LIST.peek(); number != 0; number = LIST.peek()) {
            // Boxing the number may fail, and what follows too: then all this comes again.
            WrappedMemory memory = HELD.get(number);
            if (memory != null && !free(memory)) {
                BUSY.add(memory);
            }
            HELD.remove(number);
            LIST.next();
            LIST.giveBack(number);
        }
    }

    /** Those whose arena was in use. */
    private static void retryBusy() {
        if (!BUSY.isEmpty()) {
            BUSY.removeIf(ReleaseThread::free);
        }
    }

    /** False if its memory is in use. */
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

    public static boolean await(WrappedMemory memory, long nanos) {
        if (memory.wasReleased()) {
            return true;
        }
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException(
                    "awaitReleased in a release callback: only this thread runs them");
        }
        StackGuard.requireLittle(); // or the lock could be kept
        try {
            // Not lock(), which interrupts the thread when it has it: that may be overridden.
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
