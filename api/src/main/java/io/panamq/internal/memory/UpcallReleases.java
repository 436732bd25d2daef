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
 * The free function in Java, for a libzmq that is not the bundled one: libzmq calls it on any
 * thread, also an I/O thread, and it only puts the number on a queue. {@link StackGuard} keeps its
 * stack from overflowing.
 */
public final class UpcallReleases extends ReleaseQueue {
    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentLinkedQueue<Long> released = new ConcurrentLinkedQueue<>();
    private final MemorySegment freeFunction = WrapCalls.freeFunction(this::released);
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

    /** A first call, from an empty stack, loads all that the free function needs. */
    @Override
    void prepare() {
        thread = Thread.currentThread();
        StackGuard.arm();
        WrapCalls.rehearse(freeFunction);
        StackGuard.disarm();
    }

    /** On whatever thread libzmq is on: no lock, no user code. */
    private void released(long number) {
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
        // A callback may have interrupted this thread, and then park would not wait.
        Thread.interrupted();
    }

    @Override
    long peek() {
        Long number = released.peek();
        if (number != null && number == 0) {
            released.poll(); // that was the rehearsal
            number = released.peek();
        }
        return number == null ? 0 : number;
    }

    @Override
    void next() {
        released.poll();
    }
}
