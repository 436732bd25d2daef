// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.guard;

import io.panamq.internal.memory.UpcallReleases;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Proves that there is stack left, so that an overflow strikes here, as an ordinary error, and not
 * half-way through something that must be finished.
 */
public final class StackGuard {
    /**
     * Each frame takes 32 bytes at least: together several times what libzmq and an upcall need.
     */
    private static final int UPCALL = 700;

    private static final int LITTLE = 128;
    private static final int AMPLE = 2 * UPCALL;

    private static final AtomicInteger WRAPPED = new AtomicInteger();

    private StackGuard() {}

    /** Counts a message over memory of the user that is made, and whose release calls Java. */
    public static void arm() {
        WRAPPED.incrementAndGet();
    }

    /** Counts one whose memory was released. */
    public static void disarm() {
        WRAPPED.decrementAndGet();
    }

    /**
     * Throws StackOverflowError if there is too little stack for a call that may let go of a
     * message: libzmq may call {@link UpcallReleases} in it, and an overflow in such an upcall ends
     * the JVM. Costs microseconds while there are messages that are released by an upcall, and
     * nothing otherwise.
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
