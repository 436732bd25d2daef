// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests the text of a close report, as a log shows it. */
class CloseReportTest {
    @Test
    void shouldBeOneLineForOneSocket() {
        var report =
                new CloseReport(
                        false, List.of("A#1"), List.of("A#1"), Map.of("A#1", "x(X.java:1)"));

        assertThat(report)
                .hasToString(
                        "CloseReport[terminated=false, stillOpen=[A#1], abandoned=[A#1],"
                                + " createdAt={A#1=x(X.java:1)}]");
        assertThat(new CloseReport(true, List.of(), List.of(), Map.of()))
                .hasToString(
                        "CloseReport[terminated=true, stillOpen=[], abandoned=[], createdAt={}]");
    }

    @Test
    void shouldBeALineForEachOfSeveralSockets() {
        var report =
                new CloseReport(
                        false,
                        List.of("B#2", "A#1"),
                        List.of("A#1", "C#3"),
                        Map.of("B#2", "x(X.java:1)", "A#1", "y(Y.java:2)"));

        assertThat(report)
                .hasToString(
                        """
                        CloseReport[terminated=false, stillOpen=2, abandoned=2
                          B#2 was open, made at x(X.java:1)
                          A#1 was open, is abandoned, made at y(Y.java:2)
                          C#3 is abandoned]""");
    }
}
