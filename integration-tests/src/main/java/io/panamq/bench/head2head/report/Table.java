// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.report;

import io.panamq.bench.head2head.model.Contender;
import io.panamq.bench.head2head.model.Failure;
import io.panamq.bench.head2head.model.Result;
import io.panamq.bench.head2head.model.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes results as Markdown whose columns are also aligned in a terminal. */
public final class Table {
    /** The contenders beside which PanaMQ is shown. */
    static final List<Contender> OTHERS =
            List.of(Contender.C, Contender.C_SYSTEM, Contender.JEROMQ, Contender.SOCKET);

    private Table() {}

    /** Returns the ratios to each other contender, and whether the goals are met. */
    public static String ratios(List<Result> results) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>();
        head.add("PanaMQ beside");
        OTHERS.forEach(contender -> head.add(contender.label));
        rows.add(head);
        for (Result result : results) {
            List<String> row = new ArrayList<>();
            row.add(result.title() + (result.measuresRate() ? "" : " (time)"));
            for (Contender contender : OTHERS) {
                row.add(ratio(result, contender));
            }
            rows.add(row);
        }
        return render(rows);
    }

    private static String ratio(Result result, Contender contender) {
        Series other = result.contenders().get(contender.id);
        if (other == null) {
            return "";
        }
        Double ratio = result.ratios().get(contender.id);
        if (ratio == null) {
            Series own = result.contenders().get(Contender.PANAMQ.id);
            boolean theirs = other.problem() != null || own == null;
            String problem = theirs ? other.problem() : own.problem();
            return problem == null ? "" : problem.substring(0, problem.indexOf(':'));
        }
        var goal = result.goalBeside(contender);
        return number(ratio)
                + (goal == null ? "" : " " + goal.state().name().toLowerCase(Locale.ROOT));
    }

    /** Returns the medians with their spread. */
    public static String medians(List<Result> results) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>();
        head.add("median (min..max)");
        for (Contender contender : Contender.values()) {
            head.add(contender.label);
        }
        rows.add(head);
        for (Result result : results) {
            List<String> row = new ArrayList<>();
            row.add(result.title() + " " + result.unit());
            for (Contender contender : Contender.values()) {
                Series series = result.contenders().get(contender.id);
                row.add(series == null || series.median() == null ? "" : spread(series));
            }
            rows.add(row);
        }
        return render(rows);
    }

    private static String spread(Series series) {
        String format = series.median() < 1000 ? "%,.1f (%,.1f..%,.1f)" : "%,.0f (%,.0f..%,.0f)";
        return String.format(Locale.ROOT, format, series.median(), series.min(), series.max());
    }

    /** Returns a line for each missed goal, each absent contender and each failure. */
    public static String notes(List<Result> results, List<Failure> failures) {
        List<String> lines = new ArrayList<>();
        int met = 0;
        int missed = 0;
        int unknown = 0;
        for (Result result : results) {
            for (Result.GoalResult goal : result.goals()) {
                switch (goal.state()) {
                    case MET -> met++;
                    case UNKNOWN -> unknown++;
                    default -> {
                        missed++;
                        double ratio = result.ratios().get(goal.beside());
                        lines.add(
                                "missed: "
                                        + result.title()
                                        + ": "
                                        + goal.goal()
                                        + ", is "
                                        + number(ratio));
                    }
                }
            }
        }
        lines.add(0, "goals: " + met + " met, " + missed + " missed, " + unknown + " unknown");
        for (Result result : results) {
            result.contenders()
                    .forEach(
                            (id, series) -> {
                                String line = id + " " + result.cell() + ": " + series.problem();
                                boolean absent = series.problem() != null && !series.failed();
                                if (absent && !lines.contains(line)) {
                                    lines.add(line);
                                }
                            });
        }
        failures.forEach(failure -> lines.add(failure.line()));
        return String.join("\n", lines) + "\n";
    }

    /** Formats a ratio. */
    static String number(double ratio) {
        return String.format(Locale.ROOT, ratio < 9.995 ? "%.2f" : "%.1f", ratio);
    }

    private static String render(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            for (int i = 0; i < columns; i++) {
                String cell = rows.get(r).get(i);
                String padding = " ".repeat(widths[i] - cell.length());
                text.append("| ").append(i == 0 ? cell + padding : padding + cell).append(' ');
            }
            text.append("|\n");
            if (r == 0) {
                for (int i = 0; i < columns; i++) {
                    text.append('|').append("-".repeat(widths[i] + (i == 0 ? 2 : 1)));
                    text.append(i == 0 ? "" : ":");
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }
}
