// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program in a JVM of its own, with a deadline. */
final class ChildJvm {
    private static final long DEADLINE_SECONDS = 120;

    /** The exit code of a child, and what it wrote to both streams. */
    record Result(int exit, String text) {
        Result succeeded() {
            assertThat(exit).as("exit code of the child, which wrote:%n%s", text).isZero();
            return this;
        }

        Result failed() {
            assertThat(exit)
                    .as("exit code of the child, which wrote:%n%s", text)
                    .isEqualTo(LoaderMain.FAILED);
            return this;
        }

        /** Returns the rest of the first line that starts with a word. */
        String value(String word) {
            return text.lines()
                    .filter(line -> line.startsWith(word + " "))
                    .findFirst()
                    .map(line -> line.substring(word.length() + 1))
                    .orElseThrow(() -> new AssertionError("no line '" + word + "' in:\n" + text));
        }
    }

    /** A started child. */
    record Running(Process process, Path output) {
        Result await() throws IOException, InterruptedException {
            try {
                if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError(
                            "the child was still running after "
                                    + DEADLINE_SECONDS
                                    + " s; it wrote:\n"
                                    + Files.readString(output));
                }
                return new Result(process.exitValue(), Files.readString(output));
            } finally {
                process.destroyForcibly();
                Files.deleteIfExists(output);
            }
        }
    }

    private final Path folder;
    private final List<String> before = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final List<String[]> environment = new ArrayList<>();
    private boolean modular;

    /** Creates a child whose output goes through a file in a folder. */
    ChildJvm(Path folder) {
        this.folder = folder;
        option("-XX:TieredStopAtLevel=1").option("-Xmx64m").option("-Dstdout.encoding=UTF-8");
    }

    ChildJvm option(String option) {
        options.add(option);
        return this;
    }

    ChildJvm property(String name, Object value) {
        return option("-D" + name + "=" + value);
    }

    /** Sets a variable of the environment; a null value removes it. */
    ChildJvm environment(String name, String value) {
        environment.add(new String[] {name, value});
        return this;
    }

    /** Runs the child with a command that ends by running its remaining arguments. */
    ChildJvm inside(List<String> command) {
        before.addAll(command);
        return this;
    }

    ChildJvm onModulePath() {
        modular = true;
        return this;
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).await();
    }

    /** Starts {@link LoaderMain}. */
    Running start(String... arguments) throws IOException {
        String classes = TestLibrary.classesOf(NativeLibrary.class).toString();
        String tests = TestLibrary.classesOf(LoaderMain.class).toString();
        String main = LoaderMain.class.getName();
        List<String> command = new ArrayList<>(before);
        command.add(java());
        command.addAll(options);
        if (modular) {
            String module = "io.panamq.bindings";
            command.addAll(List.of("--module-path", classes));
            command.addAll(List.of("--patch-module", module + "=" + tests));
            command.addAll(List.of("--module", module + "/" + main));
        } else {
            command.addAll(List.of("-cp", classes + File.pathSeparator + tests, main));
        }
        command.addAll(List.of(arguments));
        return launch(command);
    }

    /** Runs a single source file with this JDK. */
    Result source(Path file, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(options);
        command.add(file.toString());
        command.addAll(List.of(arguments));
        return launch(command).await();
    }

    private Running launch(List<String> command) throws IOException {
        Path output = Files.createTempFile(folder, "child", ".txt");
        var builder = new ProcessBuilder(command);
        var variables = builder.environment();
        // The JVM's notices about these would mix with the output of the child.
        variables.remove("JAVA_TOOL_OPTIONS");
        variables.remove("JDK_JAVA_OPTIONS");
        for (String[] entry : environment) {
            if (entry[1] == null) {
                variables.remove(entry[0]);
            } else {
                variables.put(entry[0], entry[1]);
            }
        }
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        return new Running(builder.start(), output);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Runs a program, drops its output, and returns its exit code; -1 if it cannot be run. */
    static int exitCode(List<String> command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.PIPE)
                            .start();
            try (var output = process.getInputStream()) {
                String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
                if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError(command + " does not end; it wrote:\n" + text);
                }
                return process.exitValue();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return -1;
        }
    }
}
