// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.Platform;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * How many items a poller may have. {@code poll()} refuses more than the process may have files
 * open, {@code select()} on Windows more than it was compiled for, and libzmq aborts over that.
 * Sockets alone cannot be that many on systems with {@code poll()}: each has a file.
 */
final class PollerCapacity {
    private static final int WINDOWS = 1024;
    private static final int UNKNOWN = 256;

    private PollerCapacity() {}

    static void check(int items, int fds, String poller) {
        String os = Platform.current().os();
        boolean windows = os.equals("windows");
        if (windows && fds > 0) {
            throw Failures.of(-Errno.ENOTSUP.number(), "add a file descriptor", poller);
        }
        if (items > (windows ? WINDOWS : fds == 0 ? Integer.MAX_VALUE : OpenFiles.LIMIT)) {
            throw Failures.of(-Errno.EMFILE.number(), "add", poller);
        }
    }

    /** With file descriptors among them. */
    static int most() {
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
                        return soft.equals("unlimited") ? Integer.MAX_VALUE : limit(soft);
                    }
                }
            } catch (IOException | NumberFormatException e) {
                // Not Linux.
            }
            return UNKNOWN;
        }

        private static int limit(String soft) {
            return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(soft));
        }
    }
}
