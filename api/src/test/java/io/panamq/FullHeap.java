// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.function.BooleanSupplier;

/**
 * Takes all of the Java heap, to the last bytes, until it is freed. In a JVM of its own with {@link
 * #OPTIONS}, whose threads have no memory set aside. What runs meanwhile must have run before: so it
 * takes nothing until it is told to.
 */
final class FullHeap {
    static final String[] OPTIONS = {"-XX:+UseSerialGC", "-XX:-UseTLAB", "-Xmx32m"};

    private static final int LARGEST = 1 << 20;

    /** Each is the first element of the next. */
    @SuppressWarnings("UnusedVariable") // it is held
    private static volatile Object[] chain;

    private static volatile boolean real;
    private static volatile boolean full;

    private FullHeap() {}

    /** From now on it takes memory. */
    static void begin() {
        real = true;
    }

    static boolean isFull() {
        return full;
    }

    static void fill() {
        Object[] last = null;
        for (int size = LARGEST; size >= 1; size /= 2) {
            boolean fits = real;
            while (fits) {
                try {
                    Object[] next = new Object[size];
                    next[0] = last;
                    last = next;
                    chain = next;
                } catch (OutOfMemoryError e) {
                    fits = false;
                }
            }
        }
        full = true;
    }

    static void free() {
        full = false;
        chain = null;
    }

    /** Without any memory; for so many milliseconds at most. */
    static void spinUntil(BooleanSupplier condition, int millis) {
        long deadline = System.nanoTime() + millis * 1_000_000L;
        boolean met;
        do {
            Thread.onSpinWait();
            met = condition.getAsBoolean();
        } while (!met && System.nanoTime() - deadline < 0 && real);
    }
}
