// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.bench.head2head.model.Failure;
import io.panamq.bench.head2head.model.Metric;
import io.panamq.bench.head2head.model.Report;
import io.panamq.bench.head2head.model.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherTest {
    private static final String PAGE = "a\n<!-- head2head -->\n<!-- /head2head -->\nb\n";

    @Test
    void shouldReplaceWhatIsBetweenTheMarkersAndNothingElse() {
        String readme = "a\n<!-- head2head -->\nold\n<!-- /head2head -->\nb\n";
        String once = Publisher.replace(readme, "new\n");
        assertThat(once).isEqualTo("a\n<!-- head2head -->\nnew\n<!-- /head2head -->\nb\n");
        assertThat(Publisher.replace(once, "new\n")).isEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<!-- head2head -->", "<!-- /head2head -->\n<!-- head2head -->", "x"})
    void shouldRefuseToGuessWithoutMarkers(String readme) {
        assertThatThrownBy(() -> Publisher.replace(readme, "new"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BENCHMARKS.md has no <!-- head2head -->");
    }

    @Test
    void shouldFindMarkersInOurPage() throws Exception {
        Publisher.check(Path.of("").toAbsolutePath());
    }

    @Test
    void shouldWriteTheThreeFiles(@TempDir Path folder) throws Exception {
        Path module = Files.createDirectory(folder.resolve("module"));
        Path output = Files.createDirectory(folder.resolve("output"));
        Path page = module.resolve("BENCHMARKS.md");
        Files.writeString(page, PAGE);
        Report report = Samples.report(Samples.result(Samples.TCP, Metric.RATE, 96, 100, 40));
        report.write(output.resolve("head2head.json"));
        Files.writeString(output.resolve("head2head.svg"), "<svg/>");
        Publisher.publish(module, output, report);
        assertThat(module.resolve("head2head.json"))
                .hasSameTextualContentAs(output.resolve("head2head.json"));
        assertThat(module.resolve("head2head.svg")).hasContent("<svg/>");
        assertThat(page)
                .content()
                .startsWith("a\n<!-- head2head -->\n![Throughput ratios](")
                .endsWith("<!-- /head2head -->\nb\n")
                .contains("0.96 missed", "2.40 met", "2026-01-02", "-Dbench.args=--publish");
    }

    private static Path module(Path folder) throws Exception {
        Path module = Files.createDirectory(folder.resolve("module"));
        Files.writeString(folder.resolve("module/BENCHMARKS.md"), PAGE);
        Files.writeString(folder.resolve("head2head.json"), "{}");
        Files.writeString(folder.resolve("head2head.svg"), "<svg/>");
        return module;
    }

    private static Report report(String contender) {
        return Samples.report(
                List.of(
                        new Failure("pushpull-tcp2-32768", contender, 2, "no `result`", false),
                        new Failure("reqrep-tcp-64", "socket", 1, "late", true)),
                Samples.result(Samples.TCP, Metric.RATE, 96, 100, 40));
    }

    @Test
    void shouldPublishWhatForeignContendersFailedAt(@TempDir Path folder) throws Exception {
        Publisher.publish(module(folder), folder, report("jeromq"));
        assertThat(folder.resolve("module/BENCHMARKS.md"))
                .content()
                .contains(
                        "\n\nMeasurements that failed: JeroMQ in PUSH/PULL tcp, two processes"
                                + " 32 KiB, round 2: `no 'result'`, and again when tried again:"
                                + " missing; plain socket in REQ/REP tcp, one process 64 B, round"
                                + " 1: `late`, worked when tried again. Medians are of the rounds"
                                + " that are there.\n<!-- /head2head -->");
    }

    @ParameterizedTest
    @ValueSource(strings = {"panamq", "panamq-batch", "c"})
    void shouldPublishNothingWhenOursFailed(String contender, @TempDir Path folder)
            throws Exception {
        Path module = module(folder);
        assertThatThrownBy(() -> Publisher.publish(module, folder, report(contender)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not published");
        assertThat(folder.resolve("module/BENCHMARKS.md")).hasContent(PAGE);
        assertThat(module).isDirectoryNotContaining("glob:**.{json,svg}");
    }

    @Test
    void shouldNotSpeakOfFailuresWithoutAny() {
        Report report = Samples.report(Samples.result(Samples.TCP, Metric.RATE, 96, 100, 40));
        assertThat(Publisher.section(report)).contains("Medians of").doesNotContain("failed");
    }
}
