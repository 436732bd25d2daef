// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.support.ChildJvm;
import io.panamq.support.FullHeap;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that a call on a full Java heap fails completely: nothing is half registered, lost or
 * stuck.
 */
class HeapEndTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"add", "release", "close"})
    void shouldFailWholeOrNotAtAll(String call) {
        ChildJvm.Ended ended = FullHeap.jvm(folder).run(120, HeapEnd.class, call);

        assertThat(ended.output()).endsWith("well\n");
        assertThat(ended.exit()).isZero();
    }
}
