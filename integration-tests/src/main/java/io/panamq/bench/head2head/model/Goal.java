// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;

/** A ratio to another contender that PanaMQ should reach in some cells. */
public final class Goal {
    private static final int KIB = 1024;

    static final List<Goal> ALL =
            List.of(
                    atLeast(0.97, Contender.C, (cell, metric) -> metric == Metric.RATE),
                    atMost(1.05, Contender.C, (cell, metric) -> metric == Metric.P50),
                    atLeast(1.2, Contender.JEROMQ, (cell, metric) -> tcp(cell, 8, 8)),
                    atLeast(2.0, Contender.JEROMQ, (cell, metric) -> tcp(cell, 128, 32 * KIB)),
                    atLeast(1.3, Contender.JEROMQ, (cell, metric) -> inproc(cell, 8, KIB)),
                    atLeast(
                            10,
                            Contender.JEROMQ,
                            (cell, metric) -> inproc(cell, 32 * KIB, Integer.MAX_VALUE)),
                    atLeast(2.0, Contender.C_SYSTEM, (cell, metric) -> tcp(cell, 128, 32 * KIB)),
                    atLeast(2.0, Contender.C_SYSTEM, (cell, metric) -> inproc(cell, 128, KIB)),
                    atMost(
                            0.91, // batches should be 1.1 times as fast
                            Contender.PANAMQ_BATCH,
                            (cell, metric) -> cell.size() == 8),
                    atLeast(
                            0.9,
                            Contender.SOCKET,
                            (cell, metric) -> tcp(cell, 32 * KIB, Integer.MAX_VALUE)));

    final Contender beside;
    private final boolean least;
    private final double limit;
    private final BiPredicate<Cell, Metric> where;

    private Goal(Contender beside, boolean least, double limit, BiPredicate<Cell, Metric> where) {
        this.beside = beside;
        this.least = least;
        this.limit = limit;
        this.where = where;
    }

    private static Goal atLeast(double limit, Contender beside, BiPredicate<Cell, Metric> where) {
        return new Goal(beside, true, limit, where);
    }

    private static Goal atMost(double limit, Contender beside, BiPredicate<Cell, Metric> where) {
        return new Goal(beside, false, limit, where);
    }

    private static boolean tcp(Cell cell, int from, int to) {
        return cell.transport().isTcp() && oneWay(cell, from, to);
    }

    private static boolean inproc(Cell cell, int from, int to) {
        return cell.transport() == Transport.INPROC && oneWay(cell, from, to);
    }

    private static boolean oneWay(Cell cell, int from, int to) {
        return cell.pattern() == Pattern.PUSH_PULL && cell.size() >= from && cell.size() <= to;
    }

    /** Whether the goal is meant for this metric of this cell. */
    boolean appliesTo(Cell cell, Metric metric) {
        return where.test(cell, metric);
    }

    /**
     * Compares a ratio with this goal.
     *
     * @param ratio PanaMQ's value divided by the other's; null if unknown
     */
    State evaluate(Double ratio) {
        if (ratio == null) {
            return State.UNKNOWN;
        }
        return (least ? ratio >= limit : ratio <= limit) ? State.MET : State.MISSED;
    }

    /** Returns the goal in words. */
    String text() {
        return String.format(
                Locale.ROOT, "PanaMQ/%s %s %s", beside.label, least ? ">=" : "<=", limit);
    }

    /** Whether a goal is reached. */
    public enum State {
        MET,
        MISSED,
        UNKNOWN
    }
}
