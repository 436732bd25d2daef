// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.guard;

/**
 * Makes the library's own threads. They inherit no thread locals from the thread that first needs
 * them, because they would keep these, and with them class loaders, reachable.
 */
public final class Threads {
    private Threads() {}

    /** Makes a daemon thread that is not yet started. */
    public static Thread daemon(String name, Runnable task) {
        return Thread.ofPlatform()
                .daemon()
                .name(name)
                .inheritInheritableThreadLocals(false)
                .unstarted(task);
    }

    /** Makes a thread that is never started, but stands for something that is not a thread. */
    public static Thread placeholder(String name) {
        return new Thread(null, null, name, 0, false);
    }
}
