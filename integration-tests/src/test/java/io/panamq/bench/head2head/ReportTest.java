// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @Test
    void shouldComeBackFromJsonAsItWas(@TempDir Path folder) throws Exception {
        Report report = Samples.report(Samples.result(Samples.TCP, Metric.RATE, 96, 100, 40));
        Path file = folder.resolve("report.json");
        report.write(file);
        assertThat(Report.read(file)).isEqualTo(report);
    }

    @Test
    void shouldShowMissedGoalsAndAbsentContenders() {
        var results = java.util.List.of(Samples.result(Samples.TCP, Metric.RATE, 96, 100, 40));
        assertThat(Table.ratios(results)).contains("0.96 missed", "2.40 met", "n/a");
        assertThat(Table.medians(results)).contains("96.0 (96.0..96.0)");
        assertThat(Table.notes(results))
                .contains("goals: 1 met, 1 missed, 1 unknown")
                .contains("PanaMQ/C >= 0.97, is 0.96")
                .contains("c-system pushpull-tcp-32768: n/a: no libzmq.so.5");
    }
}
