// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.panamq.Capability;
import io.panamq.Context;
import io.panamq.PushSocket;
import io.panamq.Zmq;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class PerfCommandTest {
    private static final String PATIENCE = "--timeout=30";

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({"tcp, 0", "tcp, 128", "tcp, 100000", "ipc, 0", "ipc, 128", "ipc, 100000"})
    void shouldMeasureThroughput(String transport, String size) throws Exception {
        PerfPair pair = PerfPair.run("thr", endpoint(transport), size, "3000", "--json", PATIENCE);

        assertThroughput(pair.local(), "local_thr", size);
        assertNothing(pair.remote(), "remote_thr");
    }

    @ParameterizedTest
    @CsvSource({"tcp, 0", "tcp, 100000", "ipc, 1"})
    void shouldMeasureLatency(String transport, String size) throws Exception {
        PerfPair pair = PerfPair.run("lat", endpoint(transport), size, "300", "--json", PATIENCE);

        assertRoundTrip(pair.remote(), "remote_lat", size);
        assertNothing(pair.local(), "local_lat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "128", "100000"})
    void shouldMeasureWithinTheProcess(String size) {
        PerfRun throughput = PerfRun.perf("inproc_thr", size, "3000", "--json", PATIENCE);
        PerfRun latency = PerfRun.perf("inproc_lat", size, "300", "--json", PATIENCE);

        assertThroughput(throughput, "inproc_thr", size);
        assertRoundTrip(latency, "inproc_lat", size);
    }

    @Test
    void shouldMeasureWithoutATimeout() throws Exception {
        PerfPair pair = PerfPair.run("thr", endpoint("tcp"), "10", "3000", "--json");

        assertThroughput(pair.local(), "local_thr", "10");
    }

    @Test
    void shouldEncrypt() throws Exception {
        assumeTrue(Zmq.has(Capability.CURVE), "libzmq without CURVE");

        PerfPair pair = PerfPair.run("thr", endpoint("tcp"), "128", "3000", "1", PATIENCE);

        assertThat(pair.local().exitCode()).as("%s", pair).isZero();
        assertThat(pair.remote().exitCode()).as("%s", pair).isZero();
    }

    @Test
    void shouldNotTalkToAPeerThatDoesNotEncrypt() {
        assumeTrue(Zmq.has(Capability.CURVE), "libzmq without CURVE");
        var local =
                PerfPair.Local.start("local_thr", endpoint("tcp"), "8", "10", "1", "--timeout=3");

        PerfRun.perf("remote_thr", local.endpoint(), "8", "10", "--timeout=1")
                .assertFails(1, "no peer came");
        assertThat(local.run().join().err()).contains("no peer came");
    }

    @Test
    void shouldPrintTheLinesOfTheToolsInC() throws Exception {
        PerfPair throughput = PerfPair.run("thr", endpoint("tcp"), "100", "3000", PATIENCE);
        PerfPair latency = PerfPair.run("lat", endpoint("tcp"), "100", "300", PATIENCE);

        assertThat(throughput.local().out())
                .matches(
                        """
                        message size: 100 \\[B]
                        message count: 3000
                        mean throughput: [1-9]\\d* \\[msg/s]
                        mean throughput: \\d+\\.\\d{3} \\[Mb/s]
                        """);
        assertThat(throughput.remote().out()).isEmpty();
        assertThat(latency.remote().out())
                .matches(
                        """
                        message size: 100 \\[B]
                        roundtrip count: 300
                        average latency: \\d+\\.\\d{3} \\[us]
                        """);
        assertThat(latency.local().out()).isEmpty();
    }

    @Test
    void shouldRefuseAMessageOfAnotherSize() {
        var local = PerfPair.Local.start("local_thr", endpoint("tcp"), "100", "10", PATIENCE);
        PerfRun.perf("remote_thr", local.endpoint(), "128", "1", PATIENCE);

        local.run().join().assertFails(1, "incorrect size received: 128 bytes, not 100");
    }

    @ParameterizedTest
    @CsvSource({
        "local_thr, tcp://127.0.0.1:*",
        "local_lat, tcp://127.0.0.1:*",
        "remote_thr, tcp://127.0.0.1:1",
        "remote_lat, tcp://127.0.0.1:1",
    })
    void shouldGiveUpWithoutAPeer(String tool, String endpoint) {
        PerfRun.perf(tool, endpoint, 10, 10, "--timeout=0.2").assertFails(1, "no peer came");
    }

    @Test
    void shouldGiveUpOnASilentPeer() {
        var local = PerfPair.Local.start("local_thr", endpoint("tcp"), "1", "10", "--timeout=3");
        try (Context context = Context.create();
                PushSocket push = context.push()) {
            push.connect(local.endpoint());
            for (int i = 0; i < 3; i++) {
                push.send("x");
            }

            local.run().join().assertFails(1, "fell silent after 3 of 10");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "local_thr nonsense 1 1, write transport://address",
        "local_thr bogus://x 1 1, EPROTONOSUPPORT",
        "local_lat tcp://127.0.0.1:99999 1 1, port",
        "remote_thr tcp://127.0.0.1:99999 1 1, port",
        "remote_lat nonsense 1 1, write transport://address",
        "local_thr inproc://x 1 1, use inproc_thr",
        "remote_lat inproc://x 1 1, use inproc_thr",
        "local_thr tcp://127.0.0.1:* -1 1, SIZE",
        "local_thr tcp://127.0.0.1:* x 1, SIZE",
        "local_thr tcp://127.0.0.1:* 1 0, COUNT",
        "local_thr tcp://127.0.0.1:* 1 99999999999, COUNT",
        "local_thr tcp://127.0.0.1:* 1, COUNT",
        "local_thr tcp://127.0.0.1:* 1 1 yes, CURVE",
        "local_lat tcp://127.0.0.1:* 1 1 1, Unmatched",
        "inproc_thr 1, COUNT",
        "inproc_lat -1 1, SIZE",
        "inproc_thr 1 1 --io-threads=129, --io-threads",
        "inproc_thr 1 1 --batch-size=255, --batch-size",
        "inproc_thr 1 1 --timeout=0, --timeout",
        "inproc_thr 1 1 --timeout=NaN, --timeout",
        "inproc_thr 1 1 --timeout=soon, --timeout",
        "local_thr tcp://127.0.0.1:* 1 1 --io-threads=0, ioThreads",
        "no_such_tool, no_such_tool",
    })
    void shouldRefuseBadArguments(String args, String text) {
        PerfRun.perf((Object[]) args.split(" ")).assertFails(2, text);
    }

    @Test
    void shouldListTheToolsWithoutArguments() {
        PerfRun run = PerfRun.perf();

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("local_thr", "remote_lat", "inproc_thr");
        assertThat(run.out()).contains("examples/run perf remote_thr tcp://127.0.0.1:5555");
    }

    private String endpoint(String transport) {
        return transport.equals("tcp") ? "tcp://127.0.0.1:*" : "ipc://" + directory.resolve("s");
    }

    private static void assertThroughput(PerfRun run, String tool, String size) {
        JsonNode json = run.json();
        assertThat(json.get("tool").asText()).isEqualTo(tool);
        assertThat(json.get("libzmq").asText()).isEqualTo(Zmq.version().toString());
        assertThat(json.get("messageSize").asText()).isEqualTo(size);
        assertThat(json.get("messageCount").asInt()).isEqualTo(3000);
        double perSecond = json.get("messagesPerSecond").asDouble();
        assertThat(perSecond).isPositive();
        assertThat(json.get("megabytesPerSecond").asDouble())
                .isEqualTo(perSecond * Integer.parseInt(size) / 1e6);
        assertThat(json.get("roundTripMicros").isNull()).isTrue();
    }

    private static void assertRoundTrip(PerfRun run, String tool, String size) {
        JsonNode json = run.json();
        assertThat(json.get("tool").asText()).isEqualTo(tool);
        assertThat(json.get("messageSize").asText()).isEqualTo(size);
        assertThat(json.get("messageCount").asInt()).isEqualTo(300);
        assertThat(json.get("roundTripMicros").asDouble()).isPositive();
        assertThat(json.get("messagesPerSecond").isNull()).isTrue();
        assertThat(json.get("megabytesPerSecond").isNull()).isTrue();
    }

    /** Checks the result of the end that does not measure. */
    private static void assertNothing(PerfRun run, String tool) {
        JsonNode json = run.json();
        assertThat(json.get("tool").asText()).isEqualTo(tool);
        assertThat(json.get("messagesPerSecond").isNull()).isTrue();
        assertThat(json.get("megabytesPerSecond").isNull()).isTrue();
        assertThat(json.get("roundTripMicros").isNull()).isTrue();
    }
}
