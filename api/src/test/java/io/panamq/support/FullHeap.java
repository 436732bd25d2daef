// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Takes all of the Java heap, to the last bytes, and frees it again. It needs a {@link #jvm} of its
 * own, whose threads have no memory set aside. Code must have run once before it runs on a full
 * heap, so nothing is taken before {@link #begin}.
 */
public final class FullHeap {
    private static final int LARGEST = 1 << 22;

    private static final byte[][] HELD = new byte[1_000][];

    private static volatile boolean real;
    private static volatile boolean full;

    private FullHeap() {}

    /** Returns the JVM for programs that use this class. */
    public static ChildJvm jvm(Path folder) {
        return new ChildJvm(folder).with("-XX:+UseSerialGC").with("-XX:-UseTLAB").with("-Xmx32m");
    }

    /** Lets {@link #fill} take memory from now on. */
    public static void begin() {
        real = true;
    }

    public static boolean isFull() {
        return full;
    }

    /** Takes all memory. The collector need not look into arrays of bytes, so this is soon done. */
    public static void fill() {
        int count = 0;
        for (int size = LARGEST; size >= 8; size /= 2) {
            boolean fits = real;
            while (fits && count < HELD.length) {
                try {
                    HELD[count] = new byte[size];
                    count++;
                } catch (OutOfMemoryError e) {
                    fits = false;
                }
            }
        }
        full = true;
    }

    public static void free() {
        full = false;
        Arrays.fill(HELD, null);
    }

    /** Waits without any memory, for so many milliseconds at most. */
    public static void spinUntil(BooleanSupplier condition, int millis) {
        long deadline = System.nanoTime() + millis * 1_000_000L;
        boolean met;
        do {
            Thread.onSpinWait();
            met = isMet(condition);
        } while (!met && System.nanoTime() - deadline < 0 && real);
    }

    private static boolean isMet(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (OutOfMemoryError e) {
            return false;
        }
    }
}
