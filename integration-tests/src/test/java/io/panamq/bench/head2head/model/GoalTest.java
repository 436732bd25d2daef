// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.bench.head2head.model.Result.GoalResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoalTest {
    @Test
    void shouldDivideMediansAndJudgeThem() {
        Result result = Samples.result(Samples.TCP, Metric.RATE, 96, 100, 40);
        assertThat(result.ratios())
                .containsExactlyInAnyOrderEntriesOf(Map.of("c", 0.96, "jeromq", 2.4));
        assertThat(result.goals())
                .containsExactlyInAnyOrder(
                        new GoalResult("c", "PanaMQ/C >= 0.97", Goal.State.MISSED),
                        new GoalResult("jeromq", "PanaMQ/JeroMQ >= 2.0", Goal.State.MET),
                        new GoalResult(
                                "c-system",
                                "PanaMQ/C, system's libzmq >= 2.0",
                                Goal.State.UNKNOWN));
    }

    @Test
    void shouldWantShorterTimes() {
        Cell cell = new Cell(Pattern.REQ_REP, Transport.TCP, 64);
        assertThat(Samples.result(cell, Metric.P50, 105, 100, 500).goals())
                .extracting(GoalResult::state)
                .containsExactly(Goal.State.MET);
        assertThat(Samples.result(cell, Metric.P50, 106, 100, 500).goals())
                .extracting(GoalResult::state)
                .containsExactly(Goal.State.MISSED);
        assertThat(Samples.result(cell, Metric.P99, 500, 100, 500).goals()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "pushpull-tcp2-8         | c >= 0.97, jeromq >= 1.2, panamq-batch <= 0.91",
                "pushpull-tcp-128        | c >= 0.97, c-system >= 2.0, jeromq >= 2.0",
                "pushpull-tcp2-32768     | c >= 0.97, c-system >= 2.0, jeromq >= 2.0, socket >= 0.9",
                "pushpull-tcp-1048576    | c >= 0.97, socket >= 0.9",
                "pushpull-ipc-128        | c >= 0.97",
                "pushpull-inproc-8       | c >= 0.97, jeromq >= 1.3, panamq-batch <= 0.91",
                "pushpull-inproc-1024    | c >= 0.97, c-system >= 2.0, jeromq >= 1.3",
                "pushpull-inproc-32768   | c >= 0.97, jeromq >= 10.0",
                "pubsub-tcp-128          | c >= 0.97",
                "reqrep-tcp-64           | c <= 1.05",
            })
    void shouldApplyWhereItWasAgreed(String name, String expected) {
        Cell cell =
                Cell.all().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
        List<String> goals = new ArrayList<>();
        for (Goal goal : Goal.ALL) {
            if (goal.appliesTo(cell, cell.metrics().get(0))) {
                String text = goal.text();
                goals.add(
                        goal.beside.id
                                + text.substring(
                                        text.indexOf(goal.beside.label)
                                                + goal.beside.label.length()));
            }
        }
        assertThat(goals.stream().sorted().toList())
                .containsExactlyInAnyOrder(expected.split(", "));
    }
}
