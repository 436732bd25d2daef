// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all contenders have reached in one metric of one cell.
 *
 * @param cell the name of the cell
 * @param title the name that tables show
 * @param metric the id of the metric
 * @param unit the unit of the values
 * @param contenders the values of each contender, by its id
 * @param ratios PanaMQ's median divided by that of each other contender, by its id
 * @param goals the goals for this metric of this cell
 */
public record Result(
        String cell,
        String title,
        String metric,
        String unit,
        Map<String, Series> contenders,
        Map<String, Double> ratios,
        List<GoalResult> goals) {

    /**
     * A goal, and whether PanaMQ has reached it.
     *
     * @param beside the id of the other contender
     * @param goal the goal in words
     * @param state met, missed or unknown
     */
    public record GoalResult(String beside, String goal, Goal.State state) {}

    /** Computes ratios and goals from the values. */
    public static Result of(Cell cell, Metric metric, Map<String, Series> contenders) {
        Map<String, Double> ratios = new LinkedHashMap<>();
        Series own = contenders.get(Contender.PANAMQ.id);
        contenders.forEach(
                (id, other) -> {
                    if (!id.equals(Contender.PANAMQ.id)
                            && own != null
                            && own.median() != null
                            && other.median() != null) {
                        ratios.put(id, own.median() / other.median());
                    }
                });
        List<GoalResult> goals = new ArrayList<>();
        for (Goal goal : Goal.ALL) {
            if (goal.appliesTo(cell, metric) && contenders.containsKey(goal.beside.id)) {
                goals.add(
                        new GoalResult(
                                goal.beside.id,
                                goal.text(),
                                goal.evaluate(ratios.get(goal.beside.id))));
            }
        }
        return new Result(
                cell.name(),
                cell.title() + (metric == Metric.RATE ? "" : " " + metric.id),
                metric.id,
                metric.unit,
                contenders,
                ratios,
                goals);
    }

    /** Whether more is better. */
    public boolean measuresRate() {
        return metric.equals(Metric.RATE.id);
    }

    /** Returns the goal beside this contender, or null. */
    public GoalResult goalBeside(Contender contender) {
        for (GoalResult goal : goals) {
            if (goal.beside().equals(contender.id)) {
                return goal;
            }
        }
        return null;
    }
}
