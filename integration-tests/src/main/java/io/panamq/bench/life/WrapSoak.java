// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.life;

import io.panamq.bench.kit.Figures;
import io.panamq.bench.kit.JvmChild;
import io.panamq.bench.kit.ProcessStatus;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Checks that wrapped memory comes back exactly once and that nothing is left behind. It sends
 * {@code Message.wrap} many times over inproc and tcp, each transport in a JVM of its own, and
 * fails if a release is missing or has run twice, if a message is still held, or if the process has
 * grown.
 *
 * <p>Arguments: {@code [COUNT]}, 10 million messages by default.
 */
public final class WrapSoak {
    /** More than the RSS of an idle process varies; much less than a byte for each message. */
    private static final double MOST_GROWTH_MIB = 8;

    private WrapSoak() {}

    /**
     * Runs both transports and prints the table.
     *
     * @param args the number of messages
     */
    public static void main(String[] args) throws IOException {
        int count = args.length == 0 ? 10_000_000 : Integer.parseInt(args[0]);
        System.out.println(
                "| transport | messages | s | released once | not once | held | RSS at a fifth, MiB"
                        + " | at the end | Java heap at a fifth, MiB | at the end |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        boolean good = true;
        for (String transport : List.of("inproc", "tcp")) {
            Figures figures =
                    JvmChild.measure(WrapSoakRun.class, ProcessStatus.FIXED_HEAP, transport, count);
            print(transport, count, figures);
            good &= isGood(count, figures);
        }
        if (!good) {
            throw new IllegalStateException("releases are missing or the process grew: see above");
        }
    }

    private static void print(String transport, int count, Figures figures) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %.1f | %,.0f | %,.0f | %.0f | %.1f | %.1f | %.1f | %.1f |%n",
                transport,
                count,
                figures.get("seconds"),
                figures.get("once"),
                figures.get("notOnce"),
                figures.get("held"),
                figures.get("firstRss"),
                figures.get("lastRss"),
                figures.get("firstHeap"),
                figures.get("lastHeap"));
    }

    private static boolean isGood(int count, Figures figures) {
        return figures.get("once") == count
                && figures.get("notOnce") == 0
                && figures.get("held") == 0
                && figures.get("lastRss") - figures.get("firstRss") <= MOST_GROWTH_MIB;
    }
}
