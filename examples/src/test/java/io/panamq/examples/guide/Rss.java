// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Prints the resident memory of this process after 200,000 and 2,000,000 messages, if -Drss is
 * given.
 */
final class Rss {

    private static long next = System.getProperty("rss") != null ? 200_000 : Long.MAX_VALUE;

    private Rss() {}

    /** A program calls this with the number of messages that went through so far. */
    static synchronized void at(long messages) {
        if (messages >= next) {
            next = next == 200_000 ? 2_000_000 : Long.MAX_VALUE;
            print(messages);
        }
    }

    private static void print(long messages) {
        try {
            System.gc();
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS")) {
                    System.out.println(
                            "RSS at " + messages + ":" + line.substring(6).replaceAll("\\s+", " "));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
