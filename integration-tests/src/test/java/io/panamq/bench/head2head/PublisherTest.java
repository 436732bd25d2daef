// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherTest {
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
                .hasMessageContaining("README.md has no <!-- head2head -->");
    }

    @Test
    void shouldFindMarkersInOurReadme() throws Exception {
        Publisher.check(Path.of("").toAbsolutePath());
    }

    @Test
    void shouldWriteTheThreeFiles(@TempDir Path folder) throws Exception {
        Path module = Files.createDirectory(folder.resolve("module"));
        Path output = Files.createDirectory(folder.resolve("output"));
        Path readme = folder.resolve("README.md");
        Files.writeString(readme, "a\n<!-- head2head -->\n<!-- /head2head -->\nb\n");
        Report report = Samples.report(Samples.result(Samples.TCP, Metric.RATE, 96, 100, 40));
        report.write(output.resolve("head2head.json"));
        Files.writeString(output.resolve("head2head.svg"), "<svg/>");
        Publisher.publish(module, output, report);
        assertThat(module.resolve("head2head.json"))
                .hasSameTextualContentAs(output.resolve("head2head.json"));
        assertThat(module.resolve("head2head.svg")).hasContent("<svg/>");
        assertThat(readme)
                .content()
                .startsWith("a\n<!-- head2head -->\n![Throughput ratios](")
                .endsWith("<!-- /head2head -->\nb\n")
                .contains("0.96 missed", "2.40 met", "2026-01-02", "-Dbench.args=--publish");
    }
}
