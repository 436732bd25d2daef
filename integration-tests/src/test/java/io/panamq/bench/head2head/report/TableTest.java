// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.bench.head2head.model.Failure;
import io.panamq.bench.head2head.model.Metric;
import io.panamq.bench.head2head.model.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void shouldShowMissedGoalsAndAbsentContenders() {
        var results = List.of(Samples.result(Samples.TCP, Metric.RATE, 96, 100, 40));
        assertThat(Table.ratios(results)).contains("0.96 missed", "2.40 met", "n/a");
        assertThat(Table.medians(results)).contains("96.0 (96.0..96.0)");
        assertThat(Table.notes(results, List.of()))
                .contains("goals: 1 met, 1 missed, 1 unknown")
                .contains("PanaMQ/C >= 0.97, is 0.96")
                .contains("c-system pushpull-tcp-32768: n/a: no libzmq.so.5");
    }

    @Test
    void shouldSayWhatFailedAndHowItEnded() {
        var results = List.of(Samples.result(Samples.TCP, Metric.RATE, 96, 100, 40));
        var failures =
                List.of(
                        new Failure("pushpull-tcp-32768", "jeromq", 2, "late", true),
                        new Failure("pushpull-tcp-32768", "jeromq", 3, "late", false),
                        new Failure("pushpull-tcp-32768", "panamq", 1, "late", false));
        assertThat(Table.notes(results, failures).lines())
                .contains(
                        "jeromq pushpull-tcp-32768: failed: late, round 2, worked when tried again",
                        "jeromq pushpull-tcp-32768: failed: late, round 3, and again when tried"
                                + " again: missing",
                        "panamq pushpull-tcp-32768: failed: late, round 1: missing");
    }
}
