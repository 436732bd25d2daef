// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.guard;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Checks that there is stack left before steps that must be finished. If there is too little, the
 * overflow comes here, as an ordinary error, and not in the middle of these steps.
 */
public final class StackGuard {
    /** The frames, of at least 32 bytes each, that are several times what an upcall needs. */
    private static final int UPCALL = 700;

    private static final int LITTLE = 128;
    private static final int AMPLE = 2 * UPCALL;

    private static final AtomicInteger WRAPPED = new AtomicInteger();

    private StackGuard() {}

    /** Notes that there is one more message whose release calls Java. */
    public static void arm() {
        WRAPPED.incrementAndGet();
    }

    /** Notes that one of these messages was released. */
    public static void disarm() {
        WRAPPED.decrementAndGet();
    }

    /**
     * Throws StackOverflowError if there is too little stack for a call that may release a message:
     * libzmq may call Java in it, and an overflow in such an upcall ends the JVM. Costs
     * microseconds while there are messages whose release calls Java, and otherwise nothing.
     */
    public static void check() {
        if (WRAPPED.get() != 0) {
            deeper(UPCALL);
        }
    }

    /**
     * Throws StackOverflowError if there is too little stack for a few calls of Java that must not
     * be cut off. Costs a tenth of a microsecond.
     */
    public static void requireLittle() {
        deeper(LITTLE);
    }

    /**
     * Throws StackOverflowError if there is too little stack to wake a virtual thread: one whose
     * wake-up is cut off never runs again. It is called for each turn of many senders, so it proves
     * no more than that takes.
     */
    public static void requireToWake() {
        deeper(UPCALL / 2);
    }

    /**
     * Throws StackOverflowError if there is too little stack to make a native object and register
     * it, or to close one and forget it. Costs microseconds.
     */
    public static void require() {
        deeper(AMPLE);
    }

    private static int deeper(int frames) {
        return frames == 0 ? 0 : 1 + deeper(frames - 1);
    }
}
