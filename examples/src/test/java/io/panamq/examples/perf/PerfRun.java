// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.panamq.examples.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * The result of running {@code perf} as a user does.
 *
 * @param exitCode its exit code
 * @param out its standard output
 * @param err its standard error
 */
record PerfRun(int exitCode, String out, String err) {
    private static final JsonMapper STRICT =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    static PerfRun perf(Object... args) {
        return perf(new StringWriter(), args);
    }

    /** Runs the command. Other threads may read its standard error while it runs. */
    static PerfRun perf(StringWriter err, Object... args) {
        StringWriter out = new StringWriter();
        CommandLine main =
                Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] all =
                Stream.concat(Stream.of("perf"), Stream.of(args).map(Object::toString))
                        .toArray(String[]::new);
        int exitCode = main.execute(all);
        return new PerfRun(exitCode, out.toString(), err.toString());
    }

    /** Returns its one JSON object. */
    JsonNode json() {
        assertThat(exitCode).as("%s", this).isZero();
        return json(out);
    }

    static JsonNode json(String text) {
        try {
            JsonNode json = STRICT.readTree(text);
            assertThat(json.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder(
                            "tool",
                            "libzmq",
                            "messageSize",
                            "messageCount",
                            "messagesPerSecond",
                            "megabytesPerSecond",
                            "roundTripMicros");
            return json;
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    void assertFails(int code, String text) {
        assertThat(exitCode).as("%s", this).isEqualTo(code);
        assertThat(out).isEmpty();
        assertThat(err).contains(text).doesNotContain("\tat ");
        assertThat(err.lines().filter(line -> !line.contains("listening at")))
                .as("%s", this)
                .hasSize(1);
    }
}
