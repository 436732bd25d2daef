// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.scale;

import io.panamq.bench.kit.Figures;
import io.panamq.bench.kit.InterleavedRounds;
import io.panamq.bench.kit.JvmChild;
import io.panamq.bench.kit.ProcessStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures what many connected peers cost, and whether the cost grows in proportion to their
 * number. The peers are DEALER sockets in other processes, connected by tcp to one ROUTER. Each run
 * has fresh JVMs; the results are medians.
 *
 * <p>Arguments: {@code [ROUNDS [PEERS…]]}, 3 and 1000 2500 5000 10000 by default.
 */
public final class Peers {
    /** Descriptors for the JVM, libzmq's threads, and files that are open for a moment. */
    private static final int OTHER_DESCRIPTORS = 200;

    /** The descriptors of its mailbox and its connection. */
    private static final int DESCRIPTORS_OF_A_DEALER = 2;

    private static final int DEFAULT_BACKLOG = 100;

    private final long limit = ProcessStatus.mostDescriptors();
    private final InterleavedRounds runs = new InterleavedRounds();
    private List<Integer> counts;

    private Peers() throws IOException {}

    /**
     * Measures and prints the tables.
     *
     * @param args rounds, then numbers of peers
     */
    public static void main(String[] args) throws IOException {
        int rounds = args.length == 0 ? 3 : Integer.parseInt(args[0]);
        List<Integer> series = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            series.add(Integer.valueOf(args[i]));
        }
        Peers peers = new Peers();
        peers.run(rounds, series.isEmpty() ? List.of(1_000, 2_500, 5_000, 10_000) : series);
    }

    private void run(int rounds, List<Integer> series) throws IOException {
        System.out.printf(
                "up to %,d descriptors in a process (ulimit -n), backlogs up to %,d"
                        + " (net.core.somaxconn)%n",
                limit, ProcessStatus.mostBacklog());
        counts = series.stream().filter(this::fits).sorted().toList();
        for (int count : counts) {
            runs.add(count + " peers", () -> measure(count, count));
        }
        runs.run(rounds);
        if (!counts.isEmpty()) {
            printRouter(rounds);
            printDealers();
            int most = counts.get(counts.size() - 1);
            System.out.printf(
                    Locale.ROOT,
                    "%nOnce with libzmq's default BACKLOG of %d: %,d peers connect in %.1f s%n",
                    DEFAULT_BACKLOG,
                    most,
                    measure(most, DEFAULT_BACKLOG).get("connectSeconds"));
        }
    }

    private boolean fits(int count) {
        long needed = (long) count + OTHER_DESCRIPTORS;
        if (needed > limit) {
            System.out.printf(
                    "%,d peers left out: the ROUTER's process needs %,d descriptors and may open"
                            + " %,d; raise the limit with ulimit -n %d%n",
                    count, needed, limit, needed);
        }
        return needed <= limit;
    }

    /** Returns the least number of processes for the peers that the limit allows. */
    private int processes(int count) {
        long room = Math.max(1, (limit - OTHER_DESCRIPTORS) / DESCRIPTORS_OF_A_DEALER);
        return (int) ((count + room - 1) / room);
    }

    private Figures measure(int count, int backlog) throws IOException {
        return JvmChild.measure(
                PeersRouter.class, ProcessStatus.FIXED_HEAP, count, processes(count), backlog);
    }

    private void printRouter(int rounds) {
        System.out.printf(
                "%nThe ROUTER, medians of %d rounds; CPU is that of all its threads, for a peer or a"
                        + " message, and in brackets relative to the first line%n%n",
                rounds);
        System.out.println(
                "| peers | connect s | CPU us/peer | RSS KiB/peer | Java heap B/peer |"
                        + " descriptors/peer | 128 B msg/s | CPU us | echoes/s | CPU us | close ms |"
                        + " CPU us/peer |");
        System.out.println("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (int count : counts) {
            System.out.printf(
                    Locale.ROOT,
                    "| %,d | %.2f | %s | %.1f | %.0f | %.2f | %,.0f | %s | %,.0f | %s | %.0f | %s"
                            + " |%n",
                    count,
                    median(count, "connectSeconds"),
                    withRatio(count, "connectCpu"),
                    median(count, "rss") / 1024,
                    median(count, "heap"),
                    median(count, "fds"),
                    median(count, "messagesPerSecond"),
                    withRatio(count, "receiveCpu"),
                    median(count, "echoesPerSecond"),
                    withRatio(count, "echoCpu"),
                    median(count, "closeSeconds") * 1e3,
                    withRatio(count, "closeCpu"));
        }
    }

    private void printDealers() {
        System.out.printf("%nThe DEALER sockets, for each socket; CPU as above%n%n");
        System.out.println(
                "| sockets x processes | create us | connect and hello us | RSS KiB | Java heap B"
                        + " | descriptors | close us | CPU us |");
        System.out.println("|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (int count : counts) {
            int processes = processes(count);
            System.out.printf(
                    Locale.ROOT,
                    "| %,d x %d | %.0f | %.0f | %.1f | %.0f | %.2f | %.0f | %s |%n",
                    count / processes,
                    processes,
                    median(count, "dealer.createMicros"),
                    median(count, "dealer.connectMicros"),
                    median(count, "dealer.rss") / 1024,
                    median(count, "dealer.heap"),
                    median(count, "dealer.fds"),
                    median(count, "dealer.closeMicros"),
                    withRatio(count, "dealer.closeCpu"));
        }
    }

    private double median(int count, String name) {
        return runs.median(count + " peers", name);
    }

    private String withRatio(int count, String name) {
        int first = counts.get(0);
        double value = median(count, name);
        return String.format(Locale.ROOT, "%.1f (x%.2f)", value, value / median(first, name));
    }
}
