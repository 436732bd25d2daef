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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
        sendWithoutGarbage(push, 100_000);
        long before = residentKilobytes();

        sendWithoutGarbage(push, 1_000_000);

        assertThat(residentKilobytes() - before).as("growth in kB").isLessThan(40_000);
        push.send("end");
        Deadline.until("the last message", () -> last(pull, "end"));
    }

    /** The memory that is measured holds the Java heap, too. */
    private static void sendWithoutGarbage(PushSocket push, int count) {
        byte[] content = new byte[8];
        for (int i = 0; i < count; i++) {
            push.send(content);
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
    @Test
    void shouldDeliverWhatComesWhileTheReaderLooks() {
        PullSocket pull = conflatingPull();
        PushSocket push = context.push();
        pull.connect(push.bind(Transport.INPROC.fresh()));
        push.handOver();
        var seen = new AtomicInteger();
        var sending = Background.start(() -> sendOneByOne(push, 10_000, seen));
        long deadline = System.nanoTime() + Deadline.LIMIT.toNanos();
        while (seen.get() < 10_000 && System.nanoTime() < deadline) {
            pull.tryReceive().ifPresent(message -> count(message, seen));
        }
        assertThat(seen.get()).as("messages").isEqualTo(10_000);
        assertThat(sending.result()).isTrue();
    }

    /** Sends each message when the one before was seen. */
    private static boolean sendOneByOne(PushSocket push, int count, AtomicInteger seen) {
        for (int i = 0; i < count; i++) {
            while (seen.get() < i && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            push.send("message");
        }
        push.handOver();
        return true;
    }

    private static void count(Message message, AtomicInteger seen) {
        message.close();
        seen.incrementAndGet();
    }
}
