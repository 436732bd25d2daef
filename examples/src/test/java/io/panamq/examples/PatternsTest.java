// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PatternsTest {
    @Test
    void shouldAnswerEachRequest() {
        assertThat(output("reqrep", "--requests=2"))
                .contains("server: Hello 1", "client: You said 'Hello 2'", "You said 'bye'");
    }

    @Test
    void shouldPublishToEverySubscriber() {
        assertThat(output("pubsub", "--subscribers=4"))
                .contains("subscriber 1: weather/panama: 31 degrees, sunny")
                .contains("subscriber 4: weather/oslo: 4 degrees, rain")
                .doesNotContain("traffic");
    }

    @Test
    void shouldNoticeTheWorkerThatFellSilent() {
        assertThat(output("eventloop", "--workers=2"))
                .contains("worker-1 says: alive", "worker-2 says: alive")
                .containsPattern("silent: .*worker-2");
    }

    @Test
    void shouldServeClientsOfWhichSomeHangUp() {
        assertThat(output("http", "--clients=4"))
                .contains("client 1: hangs up", "client 2: Hello, client-2")
                .contains("client 4: Hello, client-4", "server: ends");
    }

    @Test
    void shouldGiveTheLastValueToThoseWhoComeLate() {
        assertThat(output("lastvalue", "--subscribers=2").lines())
                .containsExactly(
                        "early: weather/panama: no value yet",
                        "early: weather/panama: 30 degrees",
                        "early: weather/panama: 31 degrees",
                        "late 1: weather/panama: 31 degrees",
                        "late 2: weather/panama: 31 degrees");
    }

    @Test
    void shouldMakeTheClientOfAProxyWaitAndLoseNoTask() {
        String output = output("proxy", "--queue=5");

        Matcher sent = Pattern.compile("waits after (\\d+) tasks").matcher(output);
        assertThat(sent.find()).as(output).isTrue();
        int count = Integer.parseInt(sent.group(1));
        // Two queues of two marks each, and the task that the proxy has in hand.
        assertThat(count).isBetween(5, 21);
        assertThat(output)
                .contains("client: hears 'I am busy'")
                .contains("worker: the last is 'task " + count + "'")
                .contains("proxy: forwarded " + count + " tasks");
    }

    @Test
    void shouldShowTheUsageWithoutArguments() {
        StringWriter out = new StringWriter();

        int exitCode = Main.commandLine().setOut(new PrintWriter(out)).execute();

        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .contains(
                        "Usage:",
                        "pipeline",
                        "reqrep",
                        "pubsub",
                        "eventloop",
                        "http",
                        "lastvalue",
                        "proxy")
                .doesNotContain("pipeline-worker");
    }

    /** Returns what a command prints to standard output. */
    private static String output(String... args) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, UTF_8));
        try {
            assertThat(Main.commandLine().execute(args)).isZero();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(UTF_8);
    }
}
