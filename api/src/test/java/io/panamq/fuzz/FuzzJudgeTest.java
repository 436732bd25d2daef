// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks that the fuzzer sees each kind of planted fault, and says how to repeat it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "counts files and memory in /proc")
class FuzzJudgeTest {
    private static final long SEED = 77;

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Fault.class)
    void shouldReport(Fault fault) throws Exception {
        FuzzRun.Ended ended =
                new FuzzRun(folder, SEED, 12_000)
                        .with(Fault.PROPERTY, fault)
                        .with("panamq.fuzz.patience", 500)
                        .run();
        assertThat(ended.well()).as(ended.text()).isFalse();
        assertThat(ended.text())
                .contains(fault.report)
                .contains("-Dpanamq.fuzz.seed=" + SEED)
                .contains("episode ");
    }

    @Test
    void shouldReportNothingWithoutAFault() throws Exception {
        FuzzRun.Ended ended = new FuzzRun(folder, SEED, 12_000).run();
        assertThat(ended.well()).as(ended.text()).isTrue();
    }
}
