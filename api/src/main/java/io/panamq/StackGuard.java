// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * For what must not stop half-way. For calls that let go of a message it is for {@link
 * UpcallReleases} only: an overflow of the stack within libzmq's call of a free function in Java
 * would end the JVM, and any call that lets go of a message can be the one that calls it. So while
 * there are wrapped messages, such calls first prove that there is stack left: here an overflow is
 * an ordinary error. Costs microseconds.
 */
final class StackGuard {
    /** Each takes 32 bytes at least: together several times what libzmq and the callback need. */
    private static final int FRAMES = 700;

    private static final int LITTLE = 128;

    private static final AtomicInteger WRAPPED = new AtomicInteger();

    private StackGuard() {}

    /** A message over memory of the user is made. */
    static void arm() {
        WRAPPED.incrementAndGet();
    }

    /** Its memory is released. */
    static void disarm() {
        WRAPPED.decrementAndGet();
    }

    /** Throws StackOverflowError if there is too little left. */
    static void check() {
        if (WRAPPED.get() != 0) {
            deeper(FRAMES);
        }
    }

    /**
     * As {@link #check}, with or without wrapped messages: before a native object is made that has
     * to be registered, or closed that has to be forgotten.
     */
    static void require() {
        deeper(FRAMES);
    }

    /** Before a few calls of Java that must not be cut off. Costs a tenth of a microsecond. */
    static void requireLittle() {
        deeper(LITTLE);
    }

    /** Before what calls {@link #require} later. */
    static void requireAmple() {
        deeper(2 * FRAMES);
    }

    /** Before what calls {@link #requireAmple} later. */
    static void requireMost() {
        deeper(3 * FRAMES);
    }

    private static int deeper(int frames) {
        return frames == 0 ? 0 : 1 + deeper(frames - 1);
    }
}
