// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;

/** Counts the open files of this process, on Linux. */
public final class Fds {
    private static final File FOLDER = new File("/proc/self/fd");

    private Fds() {}

    public static int count() {
        String[] files = FOLDER.list();
        assumeTrue(files != null, "no /proc/self/fd here");
        return files.length;
    }

    /** Waits until no more files are open than before. libzmq closes them in the background. */
    public static void awaitNoMoreThan(int before) {
        Deadline.until("no more than " + before + " open files", () -> count() <= before);
    }
}
