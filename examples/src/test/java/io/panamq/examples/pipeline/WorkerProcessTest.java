// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the pipeline with worker processes, some of which are really killed. */
@Timeout(180)
class WorkerProcessTest {
    @TempDir Path directory;

    private final long seed = System.nanoTime();

    @AfterEach
    void shouldLeaveNoProcessBehind() {
        await("end of all workers").atMost(Duration.ofSeconds(15)).until(() -> workers().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "ipc"})
    void shouldCountInProcesses(String transport) throws IOException {
        Path file = text(100_000);

        CommandRun run =
                CommandRun.pipeline(
                        "--processes", "-v", "--workers=2", "--chunk=4K", "-t", transport, file);

        assertThat(run.exitCode()).as("seed %d: %s", seed, run).isZero();
        assertThat(run.err()).contains("worker 1 (pid ", "worker 2 (pid ");
        assertThat(run.out()).contains("verified by a plain pass", "2 processes over " + transport);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "ipc"})
    void shouldSendTheChunksOfAKilledWorkerAgain(String transport) throws IOException {
        Path file = text(2_000_000);
        AtomicLong results = new AtomicLong();

        CommandRun run =
                CommandRun.pipeline(
                        bytes -> {
                            if (results.incrementAndGet() == 20) {
                                kill(workers().get(0));
                            }
                        },
                        "--processes",
                        "--workers=2",
                        "--chunk=16K",
                        "--transport=" + transport,
                        file);

        assertThat(run.exitCode()).as("seed %d: %s", seed, run).isEqualTo(3);
        assertThat(run.err())
                .contains("was killed by signal 9", "(pid ", "sent again to the others: " + file);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.out()).contains("verified by a plain pass");
        assertThat(run.counts(file).get(2)).isEqualTo(Files.size(file));
    }

    @Test
    void shouldNameTheLostChunksIfNoWorkerIsLeft() throws IOException {
        Path file = text(2_000_000);

        CommandRun run =
                CommandRun.pipeline(
                        bytes -> workers().forEach(WorkerProcessTest::kill),
                        "--processes",
                        "--workers=2",
                        "--chunk=1K",
                        file);

        assertThat(run.exitCode()).as("seed %d: %s", seed, run).isEqualTo(1);
        assertThat(run.err())
                .contains("no worker is left", "lost: " + file + " chunk", "(bytes ", "never sent");
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.out()).isEmpty();
    }

    private Path text(int atoms) throws IOException {
        return Files.write(directory.resolve("text"), Texts.mixed(new Random(seed), atoms));
    }

    private static List<ProcessHandle> workers() {
        // A starting child looks like a copy of this JVM, so its command says nothing about it.
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
    }

    private static void kill(ProcessHandle worker) {
        worker.destroyForcibly();
    }
}
