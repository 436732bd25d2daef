// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.report;

import io.panamq.bench.head2head.model.Failure;
import io.panamq.bench.head2head.model.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;

/** Publishes a full run: JSON and chart in this module, a table in its BENCHMARKS.md. */
public final class Publisher {
    private static final String BEGIN = "<!-- head2head -->";
    private static final String END = "<!-- /head2head -->";

    private static final String COMMAND =
            "mvn -B -ntp -Pbench -pl integration-tests -am verify -DskipTests \"-Dbench.args=";

    private Publisher() {}

    /** Returns the page with other content between the markers. */
    static String replace(String page, String content) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "BENCHMARKS.md has no " + BEGIN + " … " + END + " to write between");
        }
        return page.substring(0, begin + BEGIN.length())
                + "\n"
                + content.strip()
                + "\n"
                + page.substring(end);
    }

    /**
     * Checks before a long run that the page has the markers.
     *
     * @throws IllegalArgumentException if it has not
     */
    public static void check(Path module) throws IOException {
        replace(Files.readString(page(module)), "");
    }

    /**
     * Publishes a report, also one in which foreign contenders have failed.
     *
     * @throws IllegalArgumentException if one of ours has failed; nothing is written then
     */
    public static void publish(Path module, Path output, Report report) throws IOException {
        if (report.failed()) {
            throw new IllegalArgumentException("not published: a measurement of ours failed");
        }
        Path page = page(module);
        Files.writeString(page, replace(Files.readString(page), section(report)));
        for (String file : new String[] {Report.FILE, Chart.FILE}) {
            Files.copy(
                    output.resolve(file),
                    module.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Path page(Path module) {
        return module.resolve("BENCHMARKS.md");
    }

    static String section(Report report) {
        var machine = report.machine();
        StringBuilder text = new StringBuilder();
        text.append("![Throughput ratios](")
                .append(Chart.FILE)
                .append(")\n\n")
                .append(Table.ratios(report.results()))
                .append("\nMedians of ")
                .append(report.settings().rounds())
                .append(" interleaved rounds, ")
                .append(report.date(), 0, 10)
                .append(": ")
                .append(machine.get("cpu"))
                .append(", ")
                .append(machine.get("cores"))
                .append(" cores, ")
                .append(machine.get("kernel"))
                .append(", JDK ")
                .append(machine.get("jdk"))
                .append(", libzmq ")
                .append(machine.get("libzmq"))
                .append("; system's libzmq ")
                .append(machine.getOrDefault("systemLibzmq", "absent"))
                .append(", JeroMQ ")
                .append(machine.get("jeromq"))
                .append(". Command: `")
                .append(COMMAND)
                .append(String.join(" ", report.arguments()))
                .append("\"`. More than 1 is faster, but for times less. All values: [")
                .append(Report.FILE)
                .append("](")
                .append(Report.FILE)
                .append(").\n");
        if (!report.failures().isEmpty()) {
            text.append("\nMeasurements that failed: ")
                    .append(
                            report.failures().stream()
                                    .map(Failure::sentence)
                                    .collect(Collectors.joining("; ")))
                    .append(". Medians are of the rounds that are there.\n");
        }
        return text.toString();
    }
}
