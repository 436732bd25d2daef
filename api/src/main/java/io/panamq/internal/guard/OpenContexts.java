// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.guard;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the contexts that have not ended. The library's own threads end when there are none and
 * nothing is left to do, because a thread that runs keeps the class loader of its code: an
 * application server could not unload it. They are started again when they are needed.
 */
public final class OpenContexts {
    /** How often a thread that has nothing to do looks whether it is needed, in milliseconds. */
    public static final int LOOK_MILLIS = 2_000;

    private static final AtomicInteger COUNT = new AtomicInteger();

    private OpenContexts() {}

    /** Notes that a context was made. */
    public static void add() {
        COUNT.incrementAndGet();
    }

    /** Notes that a context has ended. Returns whether it was the last one. */
    public static boolean remove() {
        return COUNT.decrementAndGet() == 0;
    }

    /** Returns whether there is no context at the moment. */
    public static boolean areNone() {
        return COUNT.get() == 0;
    }
}
