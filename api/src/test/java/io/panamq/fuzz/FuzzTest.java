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
 * Random calls, legal and not, crash nothing, hang nowhere and leave nothing behind.
 *
 * <p>The ordinary build makes a million of them, the same each time, in about 80 s on two cores.
 * For others: {@code -Dpanamq.fuzz.seed=SEED}, where 0 stands for one that the clock chooses; for
 * more: {@code -Dpanamq.fuzz.operations=100000000}, which takes hours; without some: {@code
 * -Dpanamq.fuzz.without=NAME,NAME}. All of that also with the system's libzmq: {@code
 * -Dpanamq.library.source=system}, where {@link Unmended} names what it cannot stand.
 *
 * <p>The seed and the number of the episode are in the output of a failure; {@code
 * -Dpanamq.fuzz.seed=SEED -Dpanamq.fuzz.episode=NUMBER} makes that episode again and again. What
 * each thread draws is the same with the same seed, what the threads do with it is not: it depends
 * on how they meet.
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
