// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.outside.TransferCloser;
import io.panamq.support.ChildJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that a message that is being sent cannot be closed from within the call. It runs in a JVM
 * of its own, because a failure would make libzmq end the process.
 */
class TransferCloseTest {
    @TempDir Path folder;

    @Test
    void shouldRefuseToCloseWhatIsBeingSent() {
        ChildJvm.Ended ended = new ChildJvm(folder).run(60, TransferCloser.class);

        assertThat(ended.output()).startsWith("sent 3, refused ").doesNotContain("refused 0");
        assertThat(ended.exit()).isZero();
    }
}
