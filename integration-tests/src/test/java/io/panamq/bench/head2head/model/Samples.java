// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes up results. */
public final class Samples {
    public static final Cell TCP = new Cell(Pattern.PUSH_PULL, Transport.TCP, 32 * 1024);

    private Samples() {}

    public static Result result(Cell cell, Metric metric, double panamq, double c, double jeromq) {
        Map<String, Series> contenders = new LinkedHashMap<>();
        contenders.put("c", series(c));
        contenders.put("c-system", Series.of(List.of(), "n/a: no libzmq.so.5"));
        contenders.put("jeromq", series(jeromq));
        contenders.put("panamq", series(panamq));
        return Result.of(cell, metric, contenders);
    }

    private static Series series(double value) {
        return Series.of(List.of(value), null);
    }

    public static Report report(Result... results) {
        return report(List.of(), results);
    }

    public static Report report(List<Failure> failures, Result... results) {
        return new Report(
                "full",
                "2026-01-02T03:04:05Z",
                List.of("--publish"),
                new Settings(5, 2, 1.5, "", List.of("c", "panamq"), 0, 1),
                Map.of(
                        "cpu",
                        "a <fast> & \"odd\" one",
                        "cores",
                        "2",
                        "kernel",
                        "Linux",
                        "jdk",
                        "25"),
                1.5,
                List.of(results),
                failures);
    }
}
