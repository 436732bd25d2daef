// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.guard;

import io.panamq.error.Errno;
import io.panamq.internal.error.Failures;
import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;

/**
 * Checks that the process can open more files, before a call in which libzmq would abort or wait
 * for ever without them. Another thread can open files after the check, so this makes a crash
 * unlikely, but not impossible.
 */
public final class DescriptorCheck {
    private static final File NULL = new File("/dev/null");
    private static final boolean KNOWN = NULL.exists();

    private DescriptorCheck() {}

    /** Throws EMFILE unless the process can open {@code count} more files. */
    public static void require(int count, String operation) {
        if (!KNOWN) {
            return;
        }
        StackGuard.require(); // so that each file that is opened is also closed
        Closeable[] files = new Closeable[count];
        try {
            for (int i = 0; i < count; i++) {
                files[i] = new FileInputStream(NULL);
            }
        } catch (IOException e) {
            throw Failures.of(Errno.EMFILE, operation, "this process");
        } finally {
            for (Closeable file : files) {
                close(file);
            }
        }
    }

    private static void close(Closeable file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("/dev/null cannot be closed", e);
        }
    }
}
