// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.guard;

import io.panamq.error.Errno;
import io.panamq.internal.error.Failures;
import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;

/**
 * Asks whether the process may open some more files, before calls in which libzmq would abort or
 * wait for ever without them. Another thread can take them in between: this makes a crash unlikely,
 * not impossible.
 */
public final class DescriptorCheck {
    private static final File NULL = new File("/dev/null");
    private static final boolean KNOWN = NULL.exists();

    private DescriptorCheck() {}

    public static void require(int count, String operation) {
        if (!KNOWN) {
            return;
        }
        StackGuard.require(); // what is opened must be closed again
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
