// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.support.ChildJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Checks that signals end libzmq's waits (EINTR), but no call of a socket, poller or monitor. */
class SignalTest {
    @TempDir Path folder;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
    void shouldGoOnWithTheRemainingTime() {
        ChildJvm.Ended ended = new ChildJvm(folder).run(60, SignalStorm.class);

        assertThat(ended.output()).startsWith("raw under ");
        assertThat(ended.output().lines().skip(1))
                .containsExactly(
                        "receive under many signals",
                        "receiveInto under many signals",
                        "receiveMultipart under many signals",
                        "receiveBatch under many signals",
                        "send under many signals",
                        "sendMultipart under many signals",
                        "EPOLL under many signals",
                        "ZMQ_POLLER under many signals",
                        "ZMQ_POLL under many signals",
                        "awaitConnected under many signals",
                        "receive without end under many signals",
                        "poll without end under many signals",
                        "bind connect set get unbind disconnect poll monitor under many signals",
                        "done");
        assertThat(ended.exit()).isZero();
    }
}
