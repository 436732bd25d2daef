// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.panamq.support.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs ten thousand virtual threads at once, in a JVM of their own. Its recording shows whether one
 * of them held its carrier for 20 ms or more while it should have been parked.
 */
class VirtualThreadScaleTest {
    private static final int COUNT = 10_000;
    private static final int OTHER_FILES = 500;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"receive", "send"})
    void shouldWaitByTheThousandWithoutHoldingACarrier(String what) {
        assumeFiles(COUNT + OTHER_FILES);

        ChildJvm.Ended ended = run(what, COUNT);

        assertThat(ended.output()).contains("done " + COUNT + " on ");
        assertThat(ended.exit()).isZero();
        assertThat(pinned()).isZero();
    }

    @Test
    void shouldRequestByTheThousandWithoutHoldingACarrier() {
        assumeFiles(COUNT + OTHER_FILES);
        int pairs = (int) Math.min(COUNT, (mostFiles() - OTHER_FILES) / 2);

        ChildJvm.Ended ended = run("request", COUNT, pairs);

        assertThat(ended.output()).contains("done " + 2 * COUNT + " on ");
        assertThat(ended.exit()).isZero();
        assertThat(pinned()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"poll", "zmq_poll"})
    void shouldPollByTheThousandWithoutHoldingACarrier(String what) {
        int pollers = 2_000;
        assumeFiles(3 * pollers + OTHER_FILES);

        ChildJvm.Ended ended = run(what, pollers);

        assertThat(ended.output()).contains("done " + pollers + " on ");
        assertThat(ended.exit()).isZero();
        assertThat(pinned()).isZero();
    }

    @Test
    void shouldSeeAThreadThatHoldsItsCarrier() {
        assertThat(run("pinned", 1).exit()).isZero();
        assertThat(pinned()).isOne();
    }

    private ChildJvm.Ended run(String what, int... numbers) {
        String[] arguments =
                Stream.concat(Stream.of(what), IntStream.of(numbers).mapToObj(String::valueOf))
                        .toArray(String[]::new);
        return new ChildJvm(folder)
                .with("-Xmx1g")
                .with("-XX:StartFlightRecording:filename=" + recording())
                .run(120, VirtualThreadScale.class, arguments);
    }

    private Path recording() {
        return folder.resolve("recording.jfr");
    }

    /**
     * Returns how often a thread was pinned for 20 ms or more, the default limit of a recording.
     */
    private int pinned() {
        List<String> command =
                List.of(ChildJvm.tool("jfr").toString(), "summary", recording().toString());
        ChildJvm.Ended jfr = ChildJvm.run(60, command, folder.resolve("summary.txt"));
        assertThat(jfr.exit()).as(jfr.output()).isZero();
        return jfr.output()
                .lines()
                .filter(line -> line.contains("jdk.VirtualThreadPinned"))
                .mapToInt(line -> Integer.parseInt(line.trim().split("\\s+")[1]))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such event: " + jfr.output()));
    }

    private void assumeFiles(int files) {
        long most = mostFiles();
        String reason = "SKIPPED: needs " + files + " open files, the hard limit is " + most;
        if (most < files) {
            System.err.println(reason);
        }
        assumeThat(most).as(reason).isGreaterThanOrEqualTo(files);
    }

    /**
     * Returns how many files a process may open, which limits its sockets. The JVM raises its soft
     * limit by itself; nobody can raise the hard limit.
     */
    private long mostFiles() {
        ChildJvm.Ended limit =
                ChildJvm.run(10, List.of("sh", "-c", "ulimit -Hn"), folder.resolve("limit.txt"));
        String most = limit.output().trim();
        return most.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(most);
    }
}
