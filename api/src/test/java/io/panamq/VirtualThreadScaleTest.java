// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ten thousand virtual threads at once, in a JVM of their own that records whether one of them ever
 * held its carrier for 20 ms or more while it should have been parked.
 */
class VirtualThreadScaleTest {
    private static final int COUNT = 10_000;

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"receive,1", "send,1", "request,1.5"})
    void shouldWaitByTheThousandWithoutHoldingACarrier(String what, double socketsEach) {
        int files = (int) (COUNT * socketsEach) + 500;
        assumeFiles(files);

        ChildJvm.Ended ended = run(what, COUNT);

        assertThat(ended.output()).contains("done " + threads(what) + " on ");
        assertThat(ended.exit()).isZero();
        assertThat(pinned()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"poll", "zmq_poll"})
    void shouldPollByTheThousandWithoutHoldingACarrier(String what) {
        int pollers = 2_000;
        assumeFiles(3 * pollers + 500);

        ChildJvm.Ended ended = run(what, pollers);

        assertThat(ended.output()).contains("done " + pollers + " on ");
        assertThat(ended.exit()).isZero();
        assertThat(pinned()).isZero();
    }

    private static int threads(String what) {
        return what.equals("request") ? COUNT + COUNT / 2 : COUNT;
    }

    @Test
    void shouldSeeAThreadThatHoldsItsCarrier() {
        assertThat(run("pinned", 1).exit()).isZero();
        assertThat(pinned()).isOne();
    }

    private ChildJvm.Ended run(String what, int count) {
        return new ChildJvm(folder)
                .with("-Xmx1g")
                .with("-XX:StartFlightRecording:filename=" + recording())
                .run(120, VirtualThreadScale.class, what, String.valueOf(count));
    }

    private Path recording() {
        return folder.resolve("recording.jfr");
    }

    /** How often for 20 ms or more, which is what is recorded by default. */
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

    /** A socket is a file. The JVM raises the soft limit by itself, the hard one nobody can. */
    private void assumeFiles(int files) {
        ChildJvm.Ended limit =
                ChildJvm.run(10, List.of("sh", "-c", "ulimit -Hn"), folder.resolve("limit.txt"));
        String most = limit.output().trim();
        boolean enough = most.equals("unlimited") || Integer.parseInt(most) >= files;
        String reason = "SKIPPED: needs " + files + " open files, the hard limit is " + most;
        if (!enough) {
            System.err.println(reason);
        }
        assumeThat(enough).as(reason).isTrue();
    }
}
