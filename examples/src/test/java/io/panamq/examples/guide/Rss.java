// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Prints how much memory the process has, after 200,000 and after 2,000,000 messages, if -Drss is
 * set.
 */
final class Rss {
    private static final boolean ON = System.getProperty("rss") != null;

    private Rss() {}

    /** Called with the number of messages that went through so far. */
    static void at(int messages) {
        if (ON && (messages == 200_000 || messages == 2_000_000)) {
            print(messages);
        }
    }

    private static void print(int messages) {
        System.gc();
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS")) {
                    System.out.println("RSS " + messages + " " + line.replaceAll("\\D+", ""));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
