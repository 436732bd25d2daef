// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every program of this package, a class with a main method, in a JVM of its own: it ends by
 * itself with exit code 0, prints its line, and reports no leak and no error.
 */
@Timeout(300)
class GuideProgramsTest {
    private static final int MESSAGES = 20_000;
    private static final int AT_ONCE = 3;
    private static final int SECONDS = 120;

    @TempDir private static Path folder;

    private static final ExecutorService THREADS = Executors.newFixedThreadPool(AT_ONCE);
    private static final Map<String, Future<Result>> RESULTS = new TreeMap<>();

    /** What a program has left. */
    private record Result(boolean ended, int exitCode, List<String> output, String errors) {}

    @BeforeAll
    static void startAll() throws Exception {
        for (String program : programs()) {
            RESULTS.put(program, THREADS.submit(() -> run(program)));
        }
    }

    @AfterAll
    static void endAll() {
        THREADS.shutdownNow();
    }

    @Test
    void shouldFindThePrograms() throws Exception {
        assertThat(programs()).contains("HelloWorld", "ThreadRelay").doesNotContain("Rss");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void shouldRunToItsEndWithoutALeak(String program) throws Exception {
        Result result = RESULTS.get(program).get();

        assertThat(result.errors()).isEmpty();
        assertThat(result.ended()).as("ended within %d s", SECONDS).isTrue();
        assertThat(result.exitCode()).isZero();
        assertThat(result.output()).hasSize(1).allMatch(line -> line.matches(".*\\w.*"));
    }

    /** Returns the simple names of all classes of this package that have a main method. */
    static List<String> programs() throws Exception {
        Path classes = Path.of(GuideProgramsTest.class.getResource(".").toURI());
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(classes)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class")) {
                    String simple = name.substring(0, name.length() - ".class".length());
                    if (!simple.equals("package-info") && hasMain(simple)) {
                        names.add(simple);
                    }
                }
            }
        }
        return names;
    }

    private static boolean hasMain(String name) throws ClassNotFoundException {
        try {
            Class<?> type =
                    Class.forName(
                            GuideProgramsTest.class.getPackageName() + "." + name,
                            false,
                            GuideProgramsTest.class.getClassLoader());
            return Modifier.isStatic(type.getDeclaredMethod("main", String[].class).getModifiers());
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** Runs a program to its end, or ends it. A small young generation makes lost objects known. */
    private static Result run(String program) throws IOException, InterruptedException {
        Path output = folder.resolve(program + ".out");
        Path errors = folder.resolve(program + ".err");
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dpanamq.leaks=all",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmn2m",
                        "-Xmx256m",
                        GuideProgramsTest.class.getPackageName() + "." + program,
                        Integer.toString(MESSAGES));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process =
                builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
        try {
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            return new Result(
                    ended,
                    ended ? process.exitValue() : -1,
                    Files.readAllLines(output, UTF_8),
                    Files.readString(errors, UTF_8));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
