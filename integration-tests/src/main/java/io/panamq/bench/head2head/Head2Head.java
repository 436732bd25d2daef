// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head;

import io.panamq.bench.head2head.model.Contender;
import io.panamq.bench.head2head.model.Report;
import io.panamq.bench.head2head.model.Result;
import io.panamq.bench.head2head.model.Settings;
import io.panamq.bench.head2head.report.Chart;
import io.panamq.bench.head2head.report.Publisher;
import io.panamq.bench.head2head.report.Table;
import io.panamq.bench.head2head.run.CWorker;
import io.panamq.bench.head2head.run.Commands;
import io.panamq.bench.head2head.run.Machine;
import io.panamq.bench.head2head.run.Measurement;
import io.panamq.bench.head2head.run.Measurer;
import io.panamq.bench.head2head.run.Rounds;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program of the head-to-head benchmark. It prints tables and writes JSON and a chart. */
@Command(
        name = "head2head",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "PanaMQ beside C, JeroMQ and plain sockets, in interleaved rounds.",
        footer =
                "Exit code: 0 measured, foreign contenders (c-system, jeromq, socket) as far as"
                        + " they could be; 1 a measurement of ours failed; 2 wrong usage.")
public final class Head2Head implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--quick",
            description = "One round with short windows, ratios only; under 3 minutes.")
    private boolean quick;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds (5; quick: 1).")
    private Integer rounds;

    @Option(names = "--only", paramLabel = "REGEX", description = "Cells whose name contains this.")
    private String only;

    @Option(
            names = "--contenders",
            paramLabel = "LIST",
            split = ",",
            description = "Some of c, c-system, jeromq, panamq, panamq-batch, socket.")
    private List<String> contenders;

    @Option(names = "--seconds", paramLabel = "S", description = "Window (1.5; quick: 0.4).")
    private Double seconds;

    @Option(
            names = "--warmup",
            paramLabel = "S",
            description = "Before the window (2; quick: 0.6); C takes a quarter of it.")
    private Double warmup;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Folder for JSON and chart (target/head2head of this module).")
    private Path output;

    @Option(
            names = "--publish",
            description =
                    "Also write JSON and chart beside this module, and BENCHMARKS.md's section.")
    private boolean publish;

    @Option(
            names = "--batch-size",
            paramLabel = "BYTES",
            description = "In/out batches of PanaMQ and C on the same library (262144).")
    private Integer batchSize;

    @Option(
            names = "--io-threads",
            paramLabel = "N",
            description = "I/O threads of PanaMQ and C on the same library (1).")
    private Integer ioThreads;

    @Option(
            names = "--system-library",
            paramLabel = "NAME",
            defaultValue = "libzmq.so.5",
            description = "Name or path of the system's libzmq (libzmq.so.5).")
    private String systemLibrary;

    @Option(
            names = "--cc",
            paramLabel = "NAME",
            defaultValue = "cc",
            description = "The C compiler (cc).")
    private String compiler;

    /**
     * Runs the benchmark and ends the process with its exit code.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Head2Head()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings;
        Path module = module();
        try {
            settings = settings();
            settings.cells();
            if (publish) {
                requirePublishable();
                Publisher.check(module);
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        Path folder = output == null ? module.resolve("target").resolve("head2head") : output;
        Files.createDirectories(folder);
        folder = folder.toAbsolutePath().normalize();
        return run(settings, module, folder);
    }

    private int run(Settings settings, Path module, Path folder)
            throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        long start = System.nanoTime();
        CWorker c = CWorker.compile(compiler, folder);
        if (c.problem() != null) {
            err.println("head2head: " + c.problem() + ": without the C contenders");
        }
        var commands = new Commands(settings, c, systemLibrary);
        if (settings.takesPart(Contender.C_SYSTEM)
                && c.problem() == null
                && commands.absence(Contender.C_SYSTEM) != null) {
            err.println("head2head: " + commands.absence(Contender.C_SYSTEM) + " on this system");
        }
        Rounds all;
        List<Result> results;
        Path scratch = Files.createTempDirectory("head2head");
        try {
            Measurer measurer =
                    (cell, contender) ->
                            new Measurement(settings, commands, scratch, contender, cell).run();
            all = new Rounds(settings, commands::absence, measurer);
            results = all.run();
        } finally {
            delete(scratch);
        }
        var report =
                new Report(
                        quick ? "quick" : "full",
                        date,
                        spec.commandLine().getParseResult().originalArgs(),
                        settings,
                        Machine.facts(c, systemLibrary),
                        (System.nanoTime() - start) / 1e9,
                        results,
                        all.failures());
        report.write(folder.resolve(Report.FILE));
        Files.writeString(folder.resolve(Chart.FILE), Chart.of(results));
        print(report, folder);
        if (report.failed()) {
            return 1;
        }
        if (publish) {
            Publisher.publish(module, folder, report);
        }
        return 0;
    }

    private void print(Report report, Path folder) {
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println(Table.ratios(report.results()));
        if (!quick) {
            out.println(Table.medians(report.results()));
        }
        out.println(Table.notes(report.results(), report.failures()));
        out.printf(Locale.ROOT, "%.0f s; %s%n", report.seconds(), folder.resolve(Report.FILE));
        out.flush();
    }

    private Settings settings() {
        return new Settings(
                rounds != null ? rounds : quick ? 1 : 5,
                warmup != null ? warmup : quick ? 0.6 : 2,
                seconds != null ? seconds : quick ? 0.4 : 1.5,
                only == null ? "" : only,
                contenders != null
                        ? contenders
                        : Arrays.stream(Contender.values()).map(contender -> contender.id).toList(),
                batchSize == null ? 0 : batchSize,
                ioThreads == null ? 1 : ioThreads);
    }

    private void requirePublishable() {
        if (quick || only != null || contenders != null || batchSize != null || ioThreads != null) {
            throw new IllegalArgumentException(
                    "--publish wants the whole run: without --quick, --only, --contenders,"
                            + " --batch-size and --io-threads");
        }
    }

    /** Returns this module's folder: the current one, or the one below the repository's root. */
    private static Path module() {
        Path here = Path.of("").toAbsolutePath();
        Path below = here.resolve("integration-tests");
        return Files.isDirectory(below) ? below : here;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
