// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.outside.TransferCloser;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A message that is being sent cannot be closed from within the call, whatever the thread and the
 * options of the JVM tell of its stack. In a JVM of its own, which libzmq would end.
 */
class HiddenStackTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "-XX:+StackTraceInThrowable, call",
        "-XX:-StackTraceInThrowable, call",
        "-XX:MaxJavaStackTraceDepth=5, call",
        "-XX:+StackTraceInThrowable, thread",
    })
    void shouldRefuseToCloseWhatIsBeingSent(String option, String who) {
        ChildJvm child = new ChildJvm(folder).with(option);

        ChildJvm.Ended ended =
                who.equals("thread")
                        ? child.run(60, TransferCloser.class, who)
                        : child.run(60, TransferCloser.class);

        assertThat(ended.output()).startsWith("sent 3, refused ").doesNotContain("refused 0");
        assertThat(ended.exit()).isZero();
    }
}
