// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.Context;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random calls, legal and not, crash nothing, hang nowhere and leave nothing behind.
 *
 * <p>Runs only where {@code -Dpanamq.fuzz.operations=N} says how many, as long as it still finds
 * something now and then: 200,000 take half a minute. For other calls: {@code
 * -Dpanamq.fuzz.seed=SEED}, where 0 stands for one that the clock chooses; for more: {@code
 * -Dpanamq.fuzz.operations=100000000}; for one episode again and again: {@code
 * -Dpanamq.fuzz.episode=NUMBER}. The seed is in the output. What the threads draw is the same with
 * the same seed; how they meet is not.
 */
@EnabledIfSystemProperty(named = "panamq.fuzz.operations", matches = "[0-9]+")
@EnabledOnOs(value = OS.LINUX, disabledReason = "counts files and memory in /proc")
class FuzzTest {
    private static final long OPERATIONS = Long.getLong("panamq.fuzz.operations", 200_000);
    private static final long EPISODE = Long.getLong("panamq.fuzz.episode", -1);

    /** A thousand operations each second at the very least. */
    private static final long SECONDS = 120 + OPERATIONS / 1_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void shouldSurviveMisuse() throws Exception {
        long seed = Long.getLong("panamq.fuzz.seed", 1);
        if (seed == 0) {
            seed = System.nanoTime() % 1_000_000_000;
        }
        Path output = folder.resolve("output.txt");
        String title = "fuzz seed " + seed + ", " + OPERATIONS + " operations";
        System.out.println(title);
        Process child = start(seed, output);
        boolean ended = false;
        try {
            ended = child.waitFor(SECONDS, TimeUnit.SECONDS);
        } finally {
            child.destroyForcibly();
        }
        child.waitFor();
        String text = title + "\n" + Files.readString(output);
        System.out.println(text);
        if (!ended || child.exitValue() != 0) {
            text += crashLog() + Journal.read(folder.resolve("journal"));
        }
        assertThat(ended).as("ended in %s s: %s", SECONDS, text).isTrue();
        assertThat(child.exitValue()).as("%s\nexit value", text).isZero();
        assertThat(text).contains(" operations, 0 findings");
    }

    private Process start(long seed, Path output) throws IOException, URISyntaxException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-ea",
                        // A heap of fixed size, all touched: then the memory of the process grows
                        // by native memory alone.
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
        for (String property :
                List.of("panamq.library", "panamq.library.source", "panamq.fuzz.deep")) {
            if (System.getProperty(property) != null) {
                command.add("-D" + property + "=" + System.getProperty(property));
            }
        }
        command.addAll(List.of("-Dpanamq.library.cache=" + folder, "-cp", classPath()));
        command.addAll(
                List.of(
                        Fuzzer.class.getName(),
                        folder.toString(),
                        "" + seed,
                        "" + OPERATIONS,
                        "" + EPISODE));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        return builder.redirectOutput(output.toFile()).start();
    }

    /** What callbacks throw and contexts leave is logged, as it should be, thousands of times. */
    private Path quietLogging() throws IOException {
        return Files.writeString(folder.resolve("logging.properties"), ".level=OFF\n");
    }

    private String crashLog() throws IOException {
        Path log = folder.resolve("hs_err.log");
        return Files.exists(log) ? log + ":\n" + Files.readString(log) : "";
    }

    private static String classPath() throws URISyntaxException {
        List<String> folders = new ArrayList<>();
        Class<?>[] types = {Fuzzer.class, Context.class, io.panamq.bindings.NativeLibrary.class};
        for (Class<?> type : types) {
            folders.add(folderOf(type));
        }
        return Stream.of(folders.toArray(String[]::new))
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Main and test classes of one package are one module, but two folders. */
    private static String folderOf(Class<?> type) throws URISyntaxException {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        String url = String.valueOf(type.getResource(file));
        if (url.startsWith("jar:")) {
            return Path.of(new URI(url.substring(4, url.indexOf("!/")))).toString();
        }
        String path = Path.of(new URI(url)).toString();
        return path.substring(0, path.length() - file.length());
    }
}
