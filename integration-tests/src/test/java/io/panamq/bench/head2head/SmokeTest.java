// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.bench.head2head.model.Goal;
import io.panamq.bench.head2head.model.Report;
import io.panamq.bench.head2head.model.Result;
import io.panamq.bench.head2head.report.Chart;
import io.panamq.bench.head2head.run.CWorker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Makes real measurements, as short as possible. */
class SmokeTest {
    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void nothingWrittenYet() {
        assertThat(folder).isEmptyDirectory();
    }

    private int run(String cell, String contenders, String... more) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--quick", "--warmup", "0.1", "--seconds", "0.1"));
        arguments.addAll(List.of("--only", cell, "--contenders", contenders));
        arguments.addAll(List.of("--output", folder.toString()));
        arguments.addAll(List.of(more));
        return new CommandLine(new Head2Head())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }

    private Report report() throws Exception {
        return Report.read(folder.resolve(Report.FILE));
    }

    @Test
    void shouldMeasureCAndPanaMq() throws Exception {
        boolean compiler = CWorker.compile("cc", folder).problem() == null;
        if (!compiler) {
            System.err.println("SKIPPED: no C compiler, the C contender is not tried");
        }
        assumeTrue(compiler, "no C compiler");
        assertThat(run("pushpull-inproc-8$", "c,panamq")).as("%s", err).isZero();
        Result result = report().results().get(0);
        assertThat(result.contenders().get("c").median()).isPositive();
        assertThat(result.contenders().get("panamq").median()).isPositive();
        assertThat(result.ratios()).containsOnlyKeys("c");
        assertThat(out.toString()).contains("PUSH/PULL inproc 8 B", "PanaMQ beside");
        assertThat(folder.resolve(Chart.FILE)).isNotEmptyFile();
    }

    @Test
    void shouldDoWithoutACompiler() throws Exception {
        int exit = run("reqrep-tcp-64$", "c,c-system,panamq", "--cc", "no-such-compiler");
        assertThat(exit).as("%s", err).isZero();
        assertThat(err.toString().strip().lines())
                .containsExactly("head2head: no C compiler: without the C contenders");
        Result p50 = report().results().get(0);
        assertThat(p50.contenders().get("c").problem()).isEqualTo("n/a: no C compiler");
        assertThat(p50.contenders().get("c-system").problem()).isEqualTo("n/a: no C compiler");
        assertThat(p50.contenders().get("panamq").median()).isPositive();
    }

    @Test
    void shouldGoOnAfterAFailureAndSayItInTheEnd() throws Exception {
        // "true" is a compiler that compiles nothing: the program cannot be started.
        assertThat(run("pushpull-tcp2-8$", "c,panamq", "--cc", "true")).isEqualTo(1);
        Result result = report().results().get(0);
        assertThat(result.contenders().get("c").problem()).startsWith("failed: Cannot run program");
        assertThat(result.contenders().get("panamq").median()).isPositive();
        assertThat(result.goals()).extracting(g -> g.state()).containsOnly(Goal.State.UNKNOWN);
        assertThat(out.toString()).contains("c pushpull-tcp2-8: failed: Cannot run program");
    }
}
