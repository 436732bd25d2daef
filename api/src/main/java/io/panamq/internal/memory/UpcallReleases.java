// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.memory;

import io.panamq.bindings.calls.WrapCalls;
import io.panamq.internal.guard.StackGuard;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A release queue whose free function is in Java, for a libzmq that is not the bundled one. libzmq
 * calls it on any thread, also on an I/O thread. {@link StackGuard} keeps a call from beginning
 * where the stack is too short for it.
 */
final class UpcallReleases extends ReleaseQueue {
    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentLinkedQueue<Long> released = new ConcurrentLinkedQueue<>();
    private final MemorySegment freeFunction = WrapCalls.freeFunction(this::add);
    private volatile Thread thread;
    private volatile boolean parked;

    @Override
    MemorySegment freeFunction(boolean mapped) {
        return freeFunction;
    }

    @Override
    long newNumber() {
        StackGuard.arm();
        return numbers.incrementAndGet();
    }

    @Override
    void giveBack(long number) {
        StackGuard.disarm();
    }

    /** Calls the free function once, from a short stack, to load all that it needs. */
    @Override
    void prepare() {
        thread = Thread.currentThread();
        StackGuard.arm();
        WrapCalls.rehearse(freeFunction);
        StackGuard.disarm();
    }

    /** Adds a number on any thread of libzmq, without a lock and without code of the user. */
    private void add(long number) {
        released.add(number);
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    void await(long millis) {
        parked = true;
        if (released.isEmpty()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        }
        parked = false;
        // A callback may have interrupted this thread, and then the next park would not wait.
        Thread.interrupted();
    }

    @Override
    long peek() {
        Long number = released.peek();
        if (number != null && number == 0) {
            released.poll(); // 0 is the number of the rehearsal
            number = released.peek();
        }
        return number == null ? 0 : number;
    }

    @Override
    void advance() {
        released.poll();
    }
}
