// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.support.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the {@link Fuzzer} in a JVM of its own, and reports the result. */
final class FuzzRun {
    private static final List<String> HANDED_DOWN =
            List.of("panamq.library", "panamq.library.source", "panamq.fuzz.without");

    private final Path folder;
    private final long seed;
    private final long operations;
    private final List<String> properties = new ArrayList<>();
    private long episode = -1;

    FuzzRun(Path folder, long seed, long operations) {
        this.folder = folder;
        this.seed = seed;
        this.operations = operations;
        for (String name : HANDED_DOWN) {
            if (System.getProperty(name) != null) {
                with(name, System.getProperty(name));
            }
        }
    }

    /** Limits the run to one episode, again and again. */
    FuzzRun episode(long number) {
        episode = number;
        return this;
    }

    FuzzRun with(String property, Object value) {
        properties.add("-D" + property + "=" + value);
        return this;
    }

    /** The output of a run, and whether it found nothing. */
    record Ended(boolean well, String text) {}

    /** Allows two minutes, and one more second for each thousand operations. */
    Ended run() throws IOException, InterruptedException {
        long seconds = 120 + operations / 1_000;
        Path output = folder.resolve("output.txt");
        Process child = start(output);
        boolean inTime = false;
        try {
            inTime = child.waitFor(seconds, TimeUnit.SECONDS);
        } finally {
            child.destroyForcibly();
        }
        int exit = child.waitFor();
        String text = "fuzz seed " + seed + ", " + operations + " operations\n";
        text += Files.readString(output);
        if (inTime && exit == 0 && text.contains(" operations, 0 findings")) {
            return new Ended(true, text);
        }
        return new Ended(false, text + end(inTime, exit, seconds));
    }

    private String end(boolean inTime, int exit, long seconds) throws IOException {
        String how =
                !inTime
                        ? "HANG: not ended in " + seconds + " s"
                        : exit > 128 ? "CRASH: signal " + (exit - 128) : "exit " + exit;
        Path log = folder.resolve("hs_err.log");
        return how
                + "\nagain with -Dpanamq.fuzz.seed="
                + seed
                + ", one episode with -Dpanamq.fuzz.episode=NUMBER\n"
                + (Files.exists(log) ? log + ":\n" + Files.readString(log) : "")
                + Journal.read(folder.resolve("journal"));
    }

    private Process start(Path output) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ChildJvm.tool("java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-ea",
                        // The heap has a fixed size and is all touched, so that only native memory
                        // makes the process grow.
                        "-Xms256m",
                        "-Xmx256m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:+UnlockExperimentalVMOptions",
                        "-XX:TrimNativeHeapInterval=2000",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=" + folder.resolve("hs_err.log"),
                        "-Djava.util.logging.config.file=" + quietLogging()));
        command.addAll(properties);
        command.addAll(
                List.of(
                        "-Dpanamq.library.cache=" + folder,
                        "-cp",
                        ChildJvm.classPath(Fuzzer.class)));
        command.addAll(
                List.of(
                        Fuzzer.class.getName(),
                        folder.toString(),
                        "" + seed,
                        "" + operations,
                        "" + episode));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        return builder.redirectOutput(output.toFile()).start();
    }

    /**
     * Turns logging off, because callbacks that throw and abandoned contexts log thousands of
     * lines.
     */
    private Path quietLogging() throws IOException {
        return Files.writeString(folder.resolve("logging.properties"), ".level=OFF\n");
    }
}
