// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Message;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketOption;
import io.panamq.bindings.NativeLibrary;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the queue of a socket with CONFLATE: it keeps the last message, and nothing else. */
class ConflatedQueueTest extends WithContext {
    @BeforeEach
    void requireTheMendedLibrary() {
        assumeTrue(NativeLibrary.isHardened("conflate"), "with another libzmq it grows");
    }

    private PullSocket conflatingPull() {
        PullSocket pull = context.pull();
        pull.set(SocketOption.CONFLATE, true);
        return pull;
    }

    /** A queue that told its reader of each message would take 70 MB here. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    @EnabledOnOs(OS.LINUX)
    void shouldNotGrowWhileNobodyReads(Transport transport) throws IOException {
        PullSocket pull = conflatingPull();
        PushSocket push = context.push();
        pull.connect(push.bind(transport.fresh()));
        send(push, 10_000);
        long before = residentKilobytes();

        send(push, 1_000_000);

        assertThat(residentKilobytes() - before).as("growth in kB").isLessThan(30_000);
        Deadline.until("the last message", () -> last(pull, "end " + 1_000_000));
    }

    private static void send(PushSocket push, int count) {
        for (int i = 1; i <= count; i++) {
            push.send("end " + i);
        }
    }

    private static boolean last(PullSocket pull, String expected) {
        try (Message message = Deadline.receive(pull)) {
            return message.getString().equals(expected);
        }
    }

    private static long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** A message that came while the reader looked at the queue was kept from it. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldAlwaysDeliverTheLastMessage(Transport transport) {
        PullSocket pull = conflatingPull();
        PushSocket push = context.push();
        pull.connect(push.bind(transport.fresh()));
        for (int round = 0; round < 20; round++) {
            var sending =
                    Background.run(
                            () -> {
                                send(push, 2_000);
                                push.handOver();
                            });
            Deadline.until("the last message", () -> last(pull, "end 2000"));
            sending.result();
        }
    }
}
