// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.support.ChildJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests waits while the thread that wakes virtual threads cannot exist. */
class WatcherTest {
    @TempDir Path folder;

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "epoll is Linux's")
    void shouldDoWithoutWhileThereIsNoDescriptor() {
        ChildJvm.Ended ended =
                new ChildJvm(folder)
                        .after("ulimit -n 256")
                        .with("-XX:-MaxFDLimit")
                        .run(60, WithoutDescriptors.class);

        assertThat(ended.output()).isEqualTo("without a watcher\nwith a watcher\n");
        assertThat(ended.exit()).isZero();
    }
}
