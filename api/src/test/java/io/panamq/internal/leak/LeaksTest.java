// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Capability;
import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.Z85;
import io.panamq.Zmq;
import io.panamq.leaks.LeakChild;
import io.panamq.leaks.Reports;
import io.panamq.support.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the reports about lost objects, in JVMs of their own with their own loggers and garbage.
 */
class LeaksTest {
    private static final String WARNING = "WARNING io.panamq.leaks: ";
    private static final String LOST = " was never closed, and nobody can any more: ";

    @TempDir Path folder;

    @Test
    void shouldNameALostMessageAndItsPlace() {
        String output = run("all", "message");

        assertThat(output)
                .startsWith(
                        WARNING
                                + "a message"
                                + LOST
                                + "its memory is not given back; made at\n\tat <message>\n\tat ")
                .endsWith("\nleft 0\n");
        assertThat(reports(output)).hasSize(1);
    }

    @Test
    void shouldNameALostMessageThatWasReceived() {
        assertThat(reports(run("all", "received")))
                .singleElement()
                .asString()
                .startsWith("a message" + LOST)
                .contains("made at\n\tat <received>\n");
    }

    @Test
    void shouldNameTheFramesOfALostMultipart() {
        List<String> reports = reports(run("all", "frames"));

        assertThat(reports)
                .hasSize(2)
                .allMatch(report -> report.startsWith("a frame of a Multipart" + LOST))
                .allMatch(report -> report.contains("made at\n\tat <multipart>\n"));
        assertThat(reports.get(1)).contains("(number 2 that was followed from there)");
    }

    @Test
    void shouldNameWhereWhatWasSentIsUsedAgainAndLost() {
        List<String> reports = reports(run("all", "again"));

        assertThat(reports).hasSize(3);
        assertThat(reports.get(0)).matches(isOf("a message" + LOST, "<prepared>"));
        assertThat(reports.get(1)).matches(isOf("a message" + LOST, "<receivedInto>"));
        assertThat(reports.get(2)).matches(isOf("a frame of a Multipart" + LOST, "<filled>"));
    }

    /** What the program has of a message that it gave away is the multipart message, and back. */
    @Test
    void shouldNameWhatTheProgramHasNow() {
        List<String> reports = reports(run("all", "moved"));

        assertThat(reports).hasSize(3);
        assertThat(reports.get(0)).matches(isOf("a frame of a Multipart" + LOST, "<added>"));
        assertThat(reports.get(1)).matches(isOf("a message" + LOST, "<removed>"));
        assertThat(reports.get(2))
                .matches(isOf("a frame of a Multipart" + LOST, "<receivedMultipart>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "sampled"})
    void shouldNameALostSocketWithEndpointAndPlace(String level) {
        String output = run(level, "socket");

        assertThat(reports(output))
                .singleElement()
                .asString()
                .startsWith(
                        "PULL#1 (inproc://lost)"
                                + LOST
                                + "it stays open until its context is closed;"
                                + " made at\n\tat <socket>\n");
        // The report has closed nothing.
        assertThat(output).contains("\nContext[1 open sockets]\n");
    }

    @Test
    void shouldNameALostMonitor() {
        assertThat(reports(run("sampled", "monitor")))
                .singleElement()
                .asString()
                .startsWith("Monitor#2" + LOST)
                .contains("made at\n\tat <monitor>\n");
    }

    @Test
    void shouldNameALostContextAndWhatIsLostWithIt() {
        List<String> reports = reports(run("sampled", "context"));

        assertThat(reports)
                .hasSize(4)
                .anyMatch(isOf("a context" + LOST + "its threads and sockets stay", "<context>"))
                .anyMatch(isOf("PUSH#1 (tcp://127.0.0.1:9)" + LOST, "<push>"))
                .anyMatch(isOf("PULL#2" + LOST, "<pull>"))
                .anyMatch(isOf("Poller#3" + LOST, "<poller>"));
    }

    private static Predicate<String> isOf(String start, String place) {
        return report ->
                report.startsWith(start) && report.contains("; made at\n\tat " + place + "\n");
    }

    @Test
    void shouldReportNothingThatWasClosed() {
        assertThat(reports(run("all", "closed"))).singleElement().asString().contains("<message>");
    }

    @Test
    void shouldReportNothingThatALoopServes() {
        String output = run("all", "used");

        assertThat(output).startsWith("served\n");
        assertThat(reports(output)).singleElement().asString().contains("<message>");
    }

    @Test
    void shouldSayNothingWhenOff() {
        assertThat(run("off", "nothing")).isEqualTo("left 0\n");
    }

    @Test
    void shouldFollowOneMessageInAThousandWhenSampled() {
        String output = run("sampled", "many", String.valueOf(Leaks.SAMPLE));
        List<String> reports = reports(output);

        assertThat(reports).hasSize(4).allMatch(report -> report.contains("\tat <message>\n"));
        assertThat(reports.get(0)).doesNotContain("followed from there");
        assertThat(reports.get(1)).contains("(number 2 that was followed from there)");
        assertThat(reports.get(2)).contains("(number 4 that was followed from there)");
        assertThat(reports.get(3))
                .doesNotContain("followed from there"); // this one has another place
        assertThat(output.split("\nleft 0\n", -1)).hasSize(3);
    }

    @Test
    void shouldGoOnAfterALoggerThatThrew() {
        List<String> reports = reports(run("all", "throwing"));

        assertThat(reports).hasSize(2);
        assertThat(reports.get(0)).contains("(number 2 that", "<multipart>");
        assertThat(reports.get(1)).contains("<message>");
    }

    @Test
    void shouldSayOnceThatALevelIsUnknown() {
        List<String> reports = reports(run("some", "unknown"));

        assertThat(reports).hasSize(2);
        assertThat(reports.get(0))
                .isEqualTo("panamq.leaks=some is not off, sampled or all: taken as sampled\n");
        assertThat(reports.get(1)).contains("<socket>");
    }

    @Test
    void shouldTellWhereTheSocketsWereMadeThatAContextCloses() {
        assertThat(run("sampled", "closeReport"))
                .isEqualTo(
                        "CloseReport[terminated=true, stillOpen=[PUSH#1], abandoned=[],"
                                + " createdAt={PUSH#1=<push>}]\nPUSH#1 (closed)\nleft 0\n");
        assertThat(run("off", "closeReport")).contains("stillOpen=[PUSH#1]", "createdAt={}");
    }

    @Test
    void shouldShowNoSecretKeyAndNoPassword() {
        assumeTrue(Zmq.has(Capability.CURVE));
        CurveKeyPair keys = Curve.keyPair();
        String password = "correct horse battery staple";

        String output = run("all", "secrets", keys.publicKey(), keys.secretKey(), password);

        assertThat(output)
                .contains(WARNING, "CloseReport[", "\nleft 0\n")
                .doesNotContain("none in time");
        assertThat(output)
                .doesNotContain(keys.secretKey(), password)
                .doesNotContain(HexFormat.of().formatHex(Z85.decode(keys.secretKey())));
    }

    private String run(String level, String... arguments) {
        ChildJvm.Ended ended =
                new ChildJvm(folder)
                        .with("-Dpanamq.leaks=" + level)
                        .with("-Xbootclasspath/a:" + loggers())
                        .run(60, LeakChild.class, arguments);
        assertThat(ended.exit()).as(ended.output()).isZero();
        return ended.output();
    }

    /** Makes {@link Reports} the loggers of the child JVM only. */
    private Path loggers() {
        try {
            Path services = Files.createDirectories(folder.resolve("loggers/META-INF/services"));
            Files.writeString(
                    services.resolve(System.LoggerFinder.class.getName()), Reports.class.getName());
            return folder.resolve("loggers");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the reports with their stack frames. */
    private static List<String> reports(String output) {
        assertThat(output).contains("\nleft 0\n");
        return Arrays.stream(output.split(WARNING))
                .skip(1)
                .map(report -> report.split("\n(?!\t)", 2)[0] + "\n")
                .toList();
    }
}
