// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import org.junit.jupiter.api.condition.OS;

/** Lets a thread use files as a user who owns none, also if the tests run as root. */
@SuppressWarnings("restricted") // calls setfsuid
public final class Unprivileged {
    private static final int ROOT = 0;
    private static final int NOBODY = 65534;

    private Unprivileged() {}

    public static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** Returns whether this system has users for files of a thread of its own. */
    public static boolean isPossible() {
        return OS.LINUX.isCurrentOs();
    }

    /** Runs a task; whatever it does with files, it does as nobody. */
    public static void run(Runnable task) {
        if (!isRoot()) {
            task.run();
            return;
        }
        setUser(NOBODY);
        try {
            task.run();
        } finally {
            setUser(ROOT);
        }
    }

    /** Sets the user of the calling thread for files. Other threads keep theirs. */
    private static void setUser(int user) {
        Linker linker = Linker.nativeLinker();
        MethodHandle function =
                linker.downcallHandle(
                        linker.defaultLookup().find("setfsuid").orElseThrow(),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        try {
            int before = (int) function.invokeExact(user);
            if (before == user) {
                throw new AssertionError("the thread was user " + user + " already");
            }
        } catch (Throwable t) {
            throw new AssertionError("setfsuid failed", t);
        }
    }
}
