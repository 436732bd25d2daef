// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The whole run, in the form of the JSON file.
 *
 * @param mode full or quick
 * @param date when the run started, in UTC, as ISO 8601
 * @param arguments the arguments of the command line
 * @param settings the settings that follow from the arguments
 * @param machine facts about the machine, by their names
 * @param seconds how long the run took
 * @param results the results in the order of the tables
 * @param failures the measurements that have failed, also those whose second try has worked
 */
public record Report(
        String mode,
        String date,
        List<String> arguments,
        Settings settings,
        Map<String, String> machine,
        double seconds,
        List<Result> results,
        List<Failure> failures) {
    /** The name of the JSON file. */
    public static final String FILE = "head2head.json";

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Writes this report as JSON. */
    public void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    }

    /** Reads what {@link #write} has written. */
    public static Report read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Report.class);
    }

    /** Whether PanaMQ or C on the same library has failed; such a report is not published. */
    public boolean failed() {
        return failures.stream().anyMatch(f -> !Contender.of(f.contender()).isForeign());
    }
}
