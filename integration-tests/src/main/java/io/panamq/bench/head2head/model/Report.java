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
 * The whole run, as the JSON file has it.
 *
 * @param mode full or quick
 * @param date of the start, UTC, ISO 8601
 * @param arguments as given
 * @param settings what they came to
 * @param machine where it ran, by name of the fact
 * @param seconds the run took
 * @param results in the order of the tables
 * @param failures single measurements that failed, also those that worked in the end
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

    public void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    }

    public static Report read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Report.class);
    }

    /** Whether PanaMQ or C on the same library failed: then there is nothing to publish. */
    public boolean failed() {
        return failures.stream().anyMatch(f -> !Contender.of(f.contender()).foreign());
    }
}
