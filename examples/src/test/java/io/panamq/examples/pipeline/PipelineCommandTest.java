// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.panamq.Context;
import io.panamq.PushSocket;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class PipelineCommandTest {
    @TempDir Path directory;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    static Stream<Arguments> transportsAndChunks() {
        return Stream.of(Transport.values())
                .flatMap(t -> Stream.of("1", "7", "4K", "1M").map(c -> Arguments.of(t, c)));
    }

    @ParameterizedTest
    @MethodSource("transportsAndChunks")
    void shouldCountAsWcDoes(Transport transport, String chunk) throws IOException {
        int atoms = chunk.equals("1") ? 500 : 5_000;
        List<Path> files =
                List.of(
                        write("mixed", Texts.mixed(random, atoms)),
                        write("empty", new byte[0]),
                        Files.writeString(directory.resolve("no newline"), "two words"),
                        Files.writeString(directory.resolve("wide"), "\u65e5\u672c\u3000\u8a9e\n"),
                        Files.writeString(directory.resolve("spaces"), " \n \u2003\t\n"));
        for (WordRule rule : WordRule.values()) {
            CommandRun run =
                    CommandRun.pipeline(
                            "--transport=" + transport,
                            "--chunk=" + chunk,
                            "--workers=3",
                            "--locale=" + rule.optionValue(),
                            files.get(0),
                            files.get(1),
                            files.get(2),
                            files.get(3),
                            files.get(4));

            assertThat(run.exitCode()).as("seed %d: %s", seed, run).isZero();
            assertThat(run.out()).contains("verified by a plain pass", "chunks/s");
            for (Path file : files) {
                assertThat(run.counts(file))
                        .as("%s, seed %d", file, seed)
                        .isEqualTo(wc(file, rule));
            }
            assertThat(run.counts("total").get(2))
                    .isEqualTo(files.stream().mapToLong(PipelineCommandTest::size).sum());
        }
    }

    @Test
    void shouldCountOneChunkAsOne() throws IOException {
        CommandRun run = CommandRun.pipeline("--workers=1", write("short", new byte[10]));

        assertThat(run.out()).contains("1 chunk, 10 bytes in ");
    }

    @Test
    void shouldCountMoreThanOneWindowOfChunks() throws IOException {
        Path file = write("large", Texts.mixed(random, 500_000));

        CommandRun run = CommandRun.pipeline("--chunk=1000", "--workers=2", file, file);

        assertThat(run.exitCode()).as("seed %d: %s", seed, run).isZero();
        assertThat(run.counts("total").get(2)).isEqualTo(2 * size(file));
    }

    @Test
    void shouldUseTheEndpointsAskedFor() throws IOException {
        Path file = write("file", Texts.mixed(random, 100));

        CommandRun run =
                CommandRun.pipeline(
                        "--verbose",
                        "--ventilator-endpoint=ipc://" + directory.resolve("v"),
                        "--sink-endpoint=inproc://here",
                        file);

        assertThat(run.exitCode()).as("%s", run).isZero();
        assertThat(run.err()).contains("ventilator at ipc://", "sink at inproc://here", "at most");
    }

    @ParameterizedTest
    @CsvSource({
        "--chunk=0, not between",
        "--chunk=257M, not between",
        "--chunk=99999999999, not a size",
        "--chunk=many, not a size",
        "--workers=0, between 1 and 256",
        "--workers=-1, between 1 and 256",
        "--workers=x, --workers",
        "--transport=pigeon, --transport",
        "--locale=klingon, none of auto",
        "--no-such-option, --no-such-option",
    })
    void shouldRefuseABadOption(String option, String text) throws IOException {
        assertFails(CommandRun.pipeline(option, write("file", new byte[1])), 2, text);
    }

    @Test
    void shouldRefuseAnEmptyListOfFiles() {
        assertFails(CommandRun.pipeline(), 2, "FILE");
    }

    @Test
    void shouldRefuseProcessesOverInproc() throws IOException {
        Path file = write("file", new byte[1]);

        assertFails(CommandRun.pipeline("--processes", "--transport=inproc", file), 2, "inproc");
        assertFails(
                CommandRun.pipeline("--processes", "--sink-endpoint=inproc://x", file),
                2,
                "inproc");
    }

    @Test
    void shouldNameEveryFileThatIsMissingOrIsNone() throws IOException {
        Path missing = directory.resolve("missing");
        Path there = write("there", new byte[1]);

        CommandRun run = CommandRun.pipeline(there, missing, directory);

        assertFails(run, 1, missing + ": no such file");
        assertFails(run, 1, directory + ": is a directory");
    }

    @Test
    void shouldRefuseAFileThatMayNotBeRead() throws IOException {
        Path file = write("secret", new byte[1]);
        assumeFalse(!file.toFile().setReadable(false) || Files.isReadable(file), "root reads all");

        assertFails(CommandRun.pipeline(file), 1, "permission denied");
    }

    @ParameterizedTest
    @CsvSource({
        "--ventilator-endpoint, bogus://x",
        "--ventilator-endpoint, tcp://127.0.0.1:99999",
        "--ventilator-endpoint, nonsense",
        "--sink-endpoint, tcp://no.such.host.invalid:1",
        "--sink-endpoint, ipc:///no/such/folder/socket",
    })
    void shouldRefuseABadEndpoint(String option, String endpoint) throws IOException {
        assertFails(
                CommandRun.pipeline(option, endpoint, write("file", new byte[1])),
                1,
                "cannot bind to '" + endpoint + "'");
    }

    @Test
    void shouldRefuseAPortInUse() throws IOException {
        try (Context context = Context.create();
                PushSocket push = context.push()) {
            String taken = push.bind("tcp://127.0.0.1:*");

            assertFails(
                    CommandRun.pipeline(
                            "--ventilator-endpoint=" + taken, write("file", new byte[1])),
                    1,
                    "cannot bind to '" + taken + "'");
        }
    }

    @Test
    void shouldFailIfAFileIsTruncatedInTheMiddle() throws IOException {
        Path file = write("large", new byte[40 << 20]);

        CommandRun run =
                CommandRun.pipeline(bytes -> truncate(file), "--chunk=64K", "--workers=2", file);

        assertFails(run, 1, "while it was being counted");
    }

    @Test
    void shouldFailIfAFileVanishes() throws IOException {
        Path file = write("file", new byte[1000]);

        CommandRun run = CommandRun.pipeline(bytes -> delete(file), "--chunk=100", file);

        assertFails(run, 1, "vanished");
    }

    @Test
    void shouldFailIfTheSecondPassDisagrees() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "two words");
        AtomicLong left = new AtomicLong(9);

        CommandRun run =
                CommandRun.pipeline(
                        bytes -> {
                            if (left.addAndGet(-bytes) == 0) {
                                overwrite(file, "three w s");
                            }
                        },
                        "--chunk=3",
                        file);

        assertFails(run, 1, "the second pass disagrees");
    }

    private static void assertFails(CommandRun run, int exitCode, String text) {
        assertThat(run.exitCode()).as("%s", run).isEqualTo(exitCode);
        assertThat(run.err()).contains(text).doesNotContain("\tat ");
        assertThat(run.err().lines()).as("%s", run).hasSize(1);
    }

    private List<Long> wc(Path file, WordRule rule) throws IOException {
        if (Texts.hasMatchingWc(directory)) {
            long[] counts = Texts.wc(file, rule);
            return List.of(counts[0], counts[1], counts[2]);
        }
        FileTotal plain = new PlainPass(rule).count(file);
        return List.of(plain.lines(), plain.words(), plain.bytes());
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    private static long size(Path file) {
        return file.toFile().length();
    }

    private static void overwrite(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void truncate(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(1 << 20);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
