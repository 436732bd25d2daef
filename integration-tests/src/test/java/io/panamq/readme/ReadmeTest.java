// SPDX-License-Identifier: Apache-2.0
package io.panamq.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the programs in the README compile as shown, and run. */
class ReadmeTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("\\bclass (\\w+)");

    private static final Map<String, String> OUTPUT =
            Map.of(
                    "Hello", "hello, world",
                    "Numbers", "499500",
                    "Weather", "paris: sunny",
                    "Broker", "done");

    record Program(String name, String source) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Program> programs() throws Exception {
        List<Program> programs = new ArrayList<>();
        Matcher matcher = JAVA.matcher(Files.readString(readme()));
        while (matcher.find()) {
            Matcher name = NAME.matcher(matcher.group(1));
            assertThat(name.find()).as("each Java block has a class").isTrue();
            programs.add(new Program(name.group(1), matcher.group(1)));
        }
        return programs;
    }

    private static Path readme() {
        return Path.of("..", "README.md");
    }

    @Test
    void shouldShowBothPatternsInTheFirstSixtyLines() throws Exception {
        List<String> lines = Files.readAllLines(readme());
        String head = String.join("\n", lines.subList(0, 60));
        assertThat(head).contains("context.req()", "context.rep()", "context.push()", "pull()");
        assertThat(programs()).hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void shouldCompileAndRunAsShown(Program program, @TempDir Path folder) throws Exception {
        Path source = folder.resolve(program.name() + ".java");
        Files.writeString(source, program.source());
        Path output = folder.resolve("output.txt");
        // The launcher compiles the file first, which is what a reader would do.
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                absolute(System.getProperty("java.class.path")),
                                source.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("ends within 60 s: %s", Files.readString(output)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        assertThat(OUTPUT).as("what it prints").containsKey(program.name());
        assertThat(Files.readString(output)).isEqualTo(OUTPUT.get(program.name()) + "\n");
    }

    private static String absolute(String classPath) {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
