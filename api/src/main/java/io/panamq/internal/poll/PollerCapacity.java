// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.poll;

import io.panamq.bindings.Platform;
import io.panamq.error.Errno;
import io.panamq.internal.error.Failures;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Knows how many entries a poller may have. {@code poll()} refuses more than the process may have
 * files open, and {@code select()} on Windows more than it was compiled for; libzmq then ends the
 * process. Sockets alone cannot be that many on systems with {@code poll()}: each has a file.
 */
public final class PollerCapacity {
    private static final int WINDOWS = 1024;
    private static final int UNKNOWN = 256;

    private PollerCapacity() {}

    /** Throws if there may not be so many entries, of which so many are file descriptors. */
    static void require(int entries, int fds, String poller) {
        boolean windows = Platform.current().os().equals("windows");
        if (windows && fds > 0) {
            throw Failures.of(Errno.ENOTSUP, "add a file descriptor", poller);
        }
        if (entries > (windows ? WINDOWS : fds == 0 ? Integer.MAX_VALUE : OpenFiles.LIMIT)) {
            throw Failures.of(Errno.EMFILE, "add", poller);
        }
    }

    /** How many entries there may be with file descriptors among them. */
    public static int withDescriptors() {
        return OpenFiles.LIMIT;
    }

    private static final class OpenFiles {
        static final int LIMIT = read();

        private static int read() {
            try (var file = new FileInputStream("/proc/self/limits")) {
                String text = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
                for (String line : text.split("\n", -1)) {
                    if (line.startsWith("Max open files")) {
                        String soft = line.substring(14).strip().split(" ", 2)[0];
                        return soft.equals("unlimited")
                                ? Integer.MAX_VALUE
                                : (int) Math.min(Integer.MAX_VALUE, Long.parseLong(soft));
                    }
                }
            } catch (IOException | NumberFormatException e) {
                // This is not Linux.
            }
            return UNKNOWN;
        }
    }
}
