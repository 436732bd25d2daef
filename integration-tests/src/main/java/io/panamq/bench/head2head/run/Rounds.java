// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.run;

import io.panamq.bench.head2head.model.Cell;
import io.panamq.bench.head2head.model.Contender;
import io.panamq.bench.head2head.model.Failure;
import io.panamq.bench.head2head.model.Result;
import io.panamq.bench.head2head.model.Series;
import io.panamq.bench.head2head.model.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes all measurements in rounds. In each round the contenders take turns within a cell, and
 * another one begins than in the round before, so that a change in the machine's speed meets all of
 * them alike. A foreign contender that fails gets a second try at once; ours must not fail at all.
 */
public final class Rounds {
    private final Settings settings;
    private final Measurer measurer;
    private final List<Cell> cells;
    private final List<Failure> failures = new ArrayList<>();
    private final Map<Cell, Map<Contender, Tries>> tries = new LinkedHashMap<>();

    /** What one contender has reached in one cell so far. */
    private static final class Tries {
        final List<List<Double>> values = new ArrayList<>();
        String problem;
    }

    /**
     * Plans the rounds.
     *
     * @param settings what to measure
     * @param absence says why a contender cannot be measured here, or null if it can
     * @param measurer makes each measurement
     */
    public Rounds(Settings settings, Function<Contender, String> absence, Measurer measurer) {
        this.settings = settings;
        this.measurer = measurer;
        this.cells = settings.cells();
        for (Cell cell : cells) {
            Map<Contender, Tries> row = new LinkedHashMap<>();
            for (Contender contender : Contender.values()) {
                if (settings.takesPart(contender) && contender.takesPart(cell)) {
                    Tries some = new Tries();
                    String reason = absence.apply(contender);
                    some.problem = reason == null ? null : Series.NOT_AVAILABLE + reason;
                    row.put(contender, some);
                }
            }
            tries.put(cell, row);
        }
    }

    /** Runs all rounds. Blocks. */
    public List<Result> run() throws InterruptedException {
        int perRound = tries.values().stream().mapToInt(Map::size).sum();
        try (Progress progress = new Progress((long) perRound * settings.rounds())) {
            for (int round = 0; round < settings.rounds(); round++) {
                for (Cell cell : cells) {
                    List<Contender> order = new ArrayList<>(tries.get(cell).keySet());
                    for (int i = 0; i < order.size(); i++) {
                        Contender contender = order.get((i + round) % order.size());
                        progress.show(cell.name() + " " + contender.id);
                        measure(cell, contender, round + 1);
                        progress.step();
                    }
                }
            }
        }
        return results();
    }

    /** Returns the failures so far, in their order. */
    public List<Failure> failures() {
        return List.copyOf(failures);
    }

    private void measure(Cell cell, Contender contender, int round) throws InterruptedException {
        Tries some = tries.get(cell).get(contender);
        if (some.problem != null && isUnavailable(some.problem)) {
            return;
        }
        String reason = attempt(cell, contender, some);
        // JeroMQ 0.6.0 now and then connects and never sends its greeting (its pull request 1022).
        if (reason != null && contender.isForeign() && !isUnavailable(reason)) {
            String again = attempt(cell, contender, some);
            if (again == null) {
                failures.add(new Failure(cell.name(), contender.id, round, reason, true));
            }
            reason = again;
        }
        if (reason == null) {
            return;
        }
        if (isUnavailable(reason)) {
            some.problem = reason;
        } else {
            some.problem = Series.FAILED + reason;
            failures.add(new Failure(cell.name(), contender.id, round, reason, false));
        }
    }

    /** Measures once; returns null, or the reason of the failure. */
    private String attempt(Cell cell, Contender contender, Tries some) throws InterruptedException {
        try {
            some.values.add(measurer.measure(cell, contender));
            return null;
        } catch (MeasurementException | IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static boolean isUnavailable(String problem) {
        return problem.startsWith(Series.NOT_AVAILABLE);
    }

    private List<Result> results() {
        List<Result> results = new ArrayList<>();
        for (Cell cell : cells) {
            for (int m = 0; m < cell.metrics().size(); m++) {
                Map<String, Series> contenders = new LinkedHashMap<>();
                int index = m;
                tries.get(cell)
                        .forEach(
                                (contender, some) -> {
                                    var values =
                                            some.values.stream().map(v -> v.get(index)).toList();
                                    contenders.put(contender.id, Series.of(values, some.problem));
                                });
                results.add(Result.of(cell, cell.metrics().get(m), contenders));
            }
        }
        return results;
    }
}
