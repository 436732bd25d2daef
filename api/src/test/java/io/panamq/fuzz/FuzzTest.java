// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that random calls, legal or not, never crash, never hang, and leave nothing behind.
 *
 * <p>The ordinary build makes a million calls, the same each time, in about 80 s on two cores.
 * These system properties change that:
 *
 * <ul>
 *   <li>{@code -Dpanamq.fuzz.seed=SEED} makes other calls; 0 lets the clock choose the seed.
 *   <li>{@code -Dpanamq.fuzz.operations=100000000} makes more calls, which takes hours.
 *   <li>{@code -Dpanamq.fuzz.without=NAME,NAME} leaves operations out.
 *   <li>{@code -Dpanamq.library.source=system} uses the system's libzmq, without what it cannot
 *       survive, see {@link Unmended}.
 * </ul>
 *
 * <p>The output of a failure names the seed and the episode; {@code -Dpanamq.fuzz.seed=SEED
 * -Dpanamq.fuzz.episode=NUMBER} repeats that episode again and again. With the same seed each
 * thread draws the same operations. Their results may differ, because they depend on timing.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "counts files and memory in /proc")
class FuzzTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void shouldSurviveMisuse() throws Exception {
        long seed = Long.getLong("panamq.fuzz.seed", 1);
        if (seed == 0) {
            seed = System.nanoTime() % 1_000_000_000;
        }
        System.out.println("fuzz seed " + seed);
        FuzzRun.Ended ended =
                new FuzzRun(folder, seed, Long.getLong("panamq.fuzz.operations", 1_000_000))
                        .episode(Long.getLong("panamq.fuzz.episode", -1))
                        .run();
        System.out.println(ended.text());
        assertThat(ended.well()).as(ended.text()).isTrue();
    }
}
