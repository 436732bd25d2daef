// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @Test
    void shouldComeBackFromJsonAsItWas(@TempDir Path folder) throws Exception {
        var failure = new Failure("pushpull-tcp-32768", "jeromq", 2, "no result in time", true);
        Report report =
                Samples.report(
                        List.of(failure), Samples.result(Samples.TCP, Metric.RATE, 96, 100, 40));
        Path file = folder.resolve("report.json");
        report.write(file);
        assertThat(Report.read(file)).isEqualTo(report);
    }
}
