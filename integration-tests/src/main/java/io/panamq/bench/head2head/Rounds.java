// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All measurements, in rounds: in each, the contenders take turns within a cell, and who begins
 * changes from round to round. Whatever the machine does meanwhile, it does to all.
 */
final class Rounds {
    private final Settings settings;
    private final Commands commands;
    private final Path folder;
    private final List<Cell> cells;
    private final Map<Cell, Map<Contender, Tries>> tries = new LinkedHashMap<>();

    /** What one contender did in one cell so far. */
    private static final class Tries {
        final List<List<Double>> values = new ArrayList<>();
        String problem;
    }

    Rounds(Settings settings, Commands commands, Path folder) {
        this.settings = settings;
        this.commands = commands;
        this.folder = folder;
        this.cells = settings.cells();
        for (Cell cell : cells) {
            Map<Contender, Tries> row = new LinkedHashMap<>();
            for (Contender contender : Contender.values()) {
                if (settings.takesPart(contender) && contender.takesPart(cell)) {
                    Tries some = new Tries();
                    String absence = commands.absence(contender);
                    some.problem = absence == null ? null : Series.NOT_AVAILABLE + absence;
                    row.put(contender, some);
                }
            }
            tries.put(cell, row);
        }
    }

    List<Result> run() throws InterruptedException {
        int perRound = tries.values().stream().mapToInt(Map::size).sum();
        try (Progress progress = new Progress((long) perRound * settings.rounds())) {
            for (int round = 0; round < settings.rounds(); round++) {
                for (Cell cell : cells) {
                    List<Contender> order = new ArrayList<>(tries.get(cell).keySet());
                    for (int i = 0; i < order.size(); i++) {
                        Contender contender = order.get((i + round) % order.size());
                        progress.show(cell.name() + " " + contender.id);
                        measure(cell, contender);
                        progress.step();
                    }
                }
            }
        }
        return results();
    }

    private void measure(Cell cell, Contender contender) throws InterruptedException {
        Tries some = tries.get(cell).get(contender);
        if (some.problem != null && some.problem.startsWith(Series.NOT_AVAILABLE)) {
            return;
        }
        try {
            some.values.add(new Measurement(settings, commands, folder, contender, cell).run());
        } catch (MeasurementException | IOException e) {
            String reason = String.valueOf(e.getMessage());
            some.problem =
                    reason.startsWith(Series.NOT_AVAILABLE) ? reason : Series.FAILED + reason;
        }
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
