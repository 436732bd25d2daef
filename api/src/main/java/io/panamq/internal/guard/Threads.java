// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.guard;

/**
 * Threads of the library's own. They inherit nothing of whoever happens to need one first: neither
 * thread locals, whose {@code childValue} may throw, nor a class loader, which they would keep.
 */
public final class Threads {
    private Threads() {}

    public static Thread daemon(String name, Runnable task) {
        return Thread.ofPlatform()
                .daemon()
                .name(name)
                .inheritInheritableThreadLocals(false)
                .unstarted(task);
    }

    /** Never started: stands for something in the place of an owner. */
    public static Thread placeholder(String name) {
        return daemon(name, new Nothing());
    }

    /** A class and not a lambda: the first lambda of a program costs it 20 ms. */
    private static final class Nothing implements Runnable {
        @Override
        public void run() {}
    }
}
