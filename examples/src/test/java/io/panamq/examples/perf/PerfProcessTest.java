// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.Context;
import io.panamq.PullSocket;
import io.panamq.examples.Main;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the tools as two processes, with nothing but JSON on standard output. */
@Timeout(120)
class PerfProcessTest {
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void shouldMeasureThroughputBetweenProcesses() throws Exception {
        Process local = start("local_thr", "tcp://127.0.0.1:*", "128", "5000", "--json");
        Process remote = start("remote_thr", endpoint(local), "128", "5000", "--json");

        var json = PerfRun.json(output(local));
        assertThat(json.get("messagesPerSecond").asDouble()).isPositive();
        assertThat(json.get("messageCount").asInt()).isEqualTo(5000);
        assertThat(PerfRun.json(output(remote)).get("messagesPerSecond").isNull()).isTrue();
    }

    @Test
    void shouldMeasureLatencyBetweenProcesses() throws Exception {
        Process local = start("local_lat", "tcp://127.0.0.1:*", "128", "500");
        Process remote = start("remote_lat", endpoint(local), "128", "500", "--json");

        var json = PerfRun.json(output(remote));
        assertThat(json.get("roundTripMicros").asDouble()).isPositive();
        assertThat(output(local)).isEmpty();
    }

    @Test
    void shouldGiveUpOnARequestThatNobodyTakes() throws Exception {
        Process remote = start("remote_lat", "tcp://127.0.0.1:1", "8", "10", "--timeout=1");

        assertThat(failure(remote))
                .isEqualTo("perf remote_lat: no peer came within the --timeout\n");
    }

    @Test
    void shouldDropWhatASilentPeerDoesNotTake() throws Exception {
        try (Context context = Context.create();
                PullSocket silent = context.pull()) {
            String endpoint = silent.bind("tcp://127.0.0.1:*");
            Process remote = start("remote_thr", endpoint, "10000", "100000", "--timeout=3");

            assertThat(failure(remote))
                    .matches(
                            "perf remote_thr: the peer fell silent after \\d+ of 100000"
                                    + " \\(--timeout\\)\n");
        }
    }

    private Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add(Main.class.getName());
        command.add("perf");
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** Returns the endpoint in the first line of its standard error. */
    private static String endpoint(Process local) throws IOException {
        String line = local.errorReader(UTF_8).readLine();
        assertThat(line).contains("listening at");
        return PerfPair.listening(line);
    }

    /** Returns all of its standard error, with logs that do not come from the command line. */
    private static String failure(Process process) throws Exception {
        String text = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(text).isEqualTo(1);
        return text.replace(System.lineSeparator(), "\n");
    }

    private static String output(Process process) throws Exception {
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
