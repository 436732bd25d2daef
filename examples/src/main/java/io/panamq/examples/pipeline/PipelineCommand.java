// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import io.panamq.examples.console.ProgressDisplay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code pipeline} subcommand. It counts files and prints a table. */
@Command(
        name = "pipeline",
        sortOptions = false,
        description = {
            "Counts lines, words, bytes and CRC-32C of files with ZeroMQ's pipeline.",
            "A ventilator sends chunks of the files to workers (PUSH/PULL), a sink merges their"
                    + " results. A second, plain pass over the files checks all numbers.",
        },
        footer = {
            "",
            "Lines and words are those of GNU wc in the same locale. Files may be of any size.",
            "",
            "Memory: per worker at most 8 MiB of chunks (but at least 4 chunks) are under way,"
                    + " twice that for tcp and ipc, plus one mapped window of 64 MiB (or of one"
                    + " chunk).",
            "",
            "If a worker dies, its chunks are sent again to the others: the totals are complete,"
                    + " the chunks are named, and the exit code is 3. If no worker is left, the chunks"
                    + " that are lost are named, there are no totals, and the exit code is 1.",
            "",
            "Exit code: 0 all well; 1 no result, or the second pass disagrees; 2 wrong usage; 3 the"
                    + " totals are complete, but a worker died.",
        })
public final class PipelineCommand implements Callable<Integer> {
    private static final int MAX_WORKERS = 256;
    private static final int WORKER_DIED = 3;

    @Spec private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files to count.")
    private List<Path> files;

    @Option(
            names = {"-t", "--transport"},
            paramLabel = "TRANSPORT",
            defaultValue = "tcp",
            description = "How the messages travel: ${COMPLETION-CANDIDATES} (default: tcp).")
    private Transport transport;

    @Option(
            names = {"-w", "--workers"},
            paramLabel = "N",
            description = "Number of workers, 1 to 256 (default: one per processor).")
    private int workers = Math.min(MAX_WORKERS, Runtime.getRuntime().availableProcessors());

    @Option(
            names = {"-c", "--chunk"},
            paramLabel = "SIZE",
            defaultValue = "1M",
            converter = ChunkSize.Converter.class,
            description = "Bytes of text in a message: 4096, 64K, 1M; 1 to 256M (default: 1M).")
    private ChunkSize chunk;

    @Option(
            names = {"-p", "--processes"},
            description = "Run each worker as a process of its own instead of a thread.")
    private boolean processes;

    @Option(
            names = "--ventilator-endpoint",
            paramLabel = "ENDPOINT",
            description = "Where the ventilator binds (default: a free endpoint).")
    private String ventilatorEndpoint;

    @Option(
            names = "--sink-endpoint",
            paramLabel = "ENDPOINT",
            description = "Where the sink binds (default: a free endpoint).")
    private String sinkEndpoint;

    @Option(
            names = "--locale",
            paramLabel = "LOCALE",
            defaultValue = "auto",
            converter = WordRule.Converter.class,
            description = {
                "What wc would take for a word: in 'utf-8', or in 'c', where only ASCII can be"
                        + " printed (default: auto, that of the environment)."
            })
    private WordRule rule;

    @Option(names = "--no-verify", description = "Skip the second, plain pass.")
    private boolean noVerify;

    @Option(names = "--no-progress", description = "No progress bar, even on a terminal.")
    private boolean noProgress;

    @Option(
            names = {"-v", "--verbose"},
            description =
                    "Also say endpoints, worker pids and the memory bound; show stack traces.")
    private boolean verbose;

    /** Called at each result; tests set it to act in the middle of a run. */
    private LongConsumer listener = bytes -> {};

    /** Sets the listener of a test, which gets the number of bytes of each result. */
    void listen(LongConsumer newListener) {
        listener = newListener;
    }

    @Override
    public Integer call() throws IOException {
        PipelineSettings settings = settings();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<InputFile> inputs = InputFile.inspect(files);
        Pipeline.Outcome outcome = run(settings, inputs, err);

        ResultTable.print(outcome.totals(), ResultTable.wholeCrc(outcome.totals()), out);
        out.flush();
        if (!noVerify) {
            long start = System.nanoTime();
            verify(outcome.totals());
            out.printf(
                    "verified by a plain pass in %s%n",
                    seconds(Duration.ofNanos(System.nanoTime() - start)));
        }
        out.println(throughput(settings, outcome));
        out.flush();
        if (!outcome.losses().isEmpty()) {
            err.println("pipeline: " + outcome.losses());
            err.flush();
            return WORKER_DIED;
        }
        return 0;
    }

    private PipelineSettings settings() {
        if (workers < 1 || workers > MAX_WORKERS) {
            throw usage("--workers must be between 1 and " + MAX_WORKERS + ", not " + workers);
        }
        if (processes && (transport == Transport.INPROC || isInproc())) {
            throw usage("--processes needs tcp or ipc: inproc does not leave its process");
        }
        return new PipelineSettings(
                files,
                workers,
                chunk.bytes(),
                transport,
                processes,
                ventilatorEndpoint,
                sinkEndpoint,
                rule);
    }

    private boolean isInproc() {
        return (ventilatorEndpoint != null && ventilatorEndpoint.startsWith("inproc:"))
                || (sinkEndpoint != null && sinkEndpoint.startsWith("inproc:"));
    }

    private ParameterException usage(String text) {
        return new ParameterException(spec.commandLine(), text);
    }

    private Pipeline.Outcome run(PipelineSettings settings, List<InputFile> inputs, PrintWriter err)
            throws IOException {
        long bytes = inputs.stream().mapToLong(InputFile::size).sum();
        try (ProgressDisplay display =
                new ProgressDisplay("counting", " MiB", 1 << 20, bytes, !noProgress)) {
            LongConsumer progress = display.andThen(listener);
            return new Pipeline(settings, progress, text -> log(text, err)).run(inputs);
        } catch (InternalError e) {
            // The JVM throws this when a mapped page is gone.
            throw new PipelineException(
                    "a file was truncated while it was being counted (" + e.getMessage() + ")", e);
        }
    }

    private void log(String text, PrintWriter err) {
        if (verbose) {
            err.println(text);
            err.flush();
        }
    }

    private void verify(List<FileTotal> totals) throws IOException {
        PlainPass plain = new PlainPass(rule);
        for (FileTotal total : totals) {
            FileTotal expected = plain.count(total.file());
            if (!expected.equals(total)) {
                throw new PipelineException(
                        "the second pass disagrees: " + total + ", but plainly " + expected);
            }
        }
        if (plain.wholeCrc() != ResultTable.wholeCrc(totals)) {
            throw new PipelineException("the second pass disagrees on the checksum of all files");
        }
    }

    private static String throughput(PipelineSettings settings, Pipeline.Outcome outcome) {
        long bytes = outcome.totals().stream().mapToLong(FileTotal::bytes).sum();
        double seconds = Math.max(1, outcome.elapsed().toNanos()) / 1e9;
        return String.format(
                Locale.ROOT,
                "%d %s, %d bytes in %s: %.1f MB/s, %.0f chunks/s (%d %s over %s)",
                outcome.chunks(),
                outcome.chunks() == 1 ? "chunk" : "chunks",
                bytes,
                seconds(outcome.elapsed()),
                bytes / seconds / 1e6,
                outcome.chunks() / seconds,
                settings.workers(),
                settings.processes() ? "processes" : "threads",
                settings.transportName());
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
    }
}
