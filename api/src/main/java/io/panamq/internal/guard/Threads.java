// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.guard;

/**
 * Makes the library's own threads. They inherit neither thread locals nor the class loader from the
 * thread that first needs them, because they would keep these reachable.
 */
public final class Threads {
    private Threads() {}

    /** Makes a daemon thread that is not yet started. */
    public static Thread daemon(String name, Runnable task) {
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .name(name)
                        .inheritInheritableThreadLocals(false)
                        .unstarted(task);
        thread.setContextClassLoader(null);
        return thread;
    }

    /** Makes a thread that is never started, but stands for something that is not a thread. */
    public static Thread placeholder(String name) {
        return new Thread(null, null, name, 0, false);
    }
}
