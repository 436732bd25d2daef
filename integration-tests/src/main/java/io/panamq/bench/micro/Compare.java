// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.micro;

import io.panamq.bench.kit.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the JMH benchmarks {@code raw} and {@code api} in turns, each in a fresh JVM, and prints
 * ratios of medians. The turns keep a change in the machine's speed out of the ratios.
 *
 * <p>Arguments: {@code [ROUNDS]}, 5 by default.
 */
public final class Compare {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Map<String, List<Double>> times = new TreeMap<>();
    private final Map<String, List<Double>> bytes = new TreeMap<>();

    private Compare() {}

    /**
     * Measures and prints the tables.
     *
     * @param args the number of rounds
     */
    public static void main(String[] args) throws RunnerException {
        int rounds = args.length == 0 ? 5 : Integer.parseInt(args[0]);
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds is less than 1: " + rounds);
        }
        var compare = new Compare();
        String[] transports = {"inproc", "tcp"};
        String[] sizes = {"16", "128", "1024", "65536"};
        for (int round = 1; round <= rounds; round++) {
            for (String transport : transports) {
                for (String size : sizes) {
                    System.err.printf("round %d of %d: %s %s B%n", round, rounds, transport, size);
                    // Each of the two goes first in every other round.
                    String[] order =
                            round % 2 == 1
                                    ? new String[] {"raw", "api"}
                                    : new String[] {"api", "raw"};
                    for (String layer : order) {
                        compare.run("TransferBench." + layer, transport, size);
                    }
                }
            }
            compare.run("MessageBench", null, null);
        }
        compare.print(transports, sizes, rounds);
    }

    private void run(String benchmark, String transport, String size) throws RunnerException {
        var options =
                new OptionsBuilder()
                        .include(
                                Compare.class.getPackageName()
                                        + "."
                                        + benchmark.replace(".", "\\.")
                                        + "\\b")
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT);
        if (transport != null) {
            options.param("transport", transport).param("size", size);
        }
        for (RunResult result : new Runner(options.build()).run()) {
            var params = result.getParams();
            String name = params.getBenchmark();
            String key =
                    name.substring(name.lastIndexOf('.') + 1)
                            + (transport == null ? "" : " " + transport)
                            + " "
                            + params.getParam("size");
            add(times, key, result.getPrimaryResult().getScore());
            var allocated = result.getSecondaryResults().get(ALLOCATED);
            add(bytes, key, allocated == null ? Double.NaN : allocated.getScore());
        }
    }

    private void print(String[] transports, String[] sizes, int rounds) {
        System.out.printf("%nMedians of %d interleaved rounds (fresh JVM each)%n%n", rounds);
        System.out.println("| PUSH/PULL | raw msg/s | api msg/s | api/raw | api B/msg |");
        System.out.println("|---|---:|---:|---:|---:|");
        for (String transport : transports) {
            for (String size : sizes) {
                String cell = " " + transport + " " + size;
                double raw = Figures.median(times.get("raw" + cell));
                double api = Figures.median(times.get("api" + cell));
                System.out.printf(
                        Locale.ROOT,
                        "| %s %s B | %,.0f | %,.0f | %.3f | %.3f |%n",
                        transport,
                        size,
                        1e9 / raw,
                        1e9 / api,
                        raw / api,
                        Figures.median(bytes.get("api" + cell)));
            }
        }
        System.out.println("\n| one message | ns | B |\n|---|---:|---:|");
        times.keySet().stream()
                .filter(key -> key.startsWith("prepare"))
                .forEach(
                        key ->
                                System.out.printf(
                                        Locale.ROOT,
                                        "| %s B | %.1f | %.1f |%n",
                                        key,
                                        Figures.median(times.get(key)),
                                        Figures.median(bytes.get(key))));
    }

    private static void add(Map<String, List<Double>> map, String key, double value) {
        map.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
    }
}
