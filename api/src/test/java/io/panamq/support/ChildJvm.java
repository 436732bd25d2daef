// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.Context;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a main class of the tests in a JVM of its own, without the libraries of the tests. */
public final class ChildJvm {
    private final List<String> command = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final Path output;

    /** Writes the output to a file in this folder. */
    public ChildJvm(Path folder) {
        output = folder.resolve("output.txt");
    }

    /** The exit code and the output of a child. */
    public record Ended(int exit, String output) {}

    /** Adds an option of the JVM. */
    public ChildJvm with(String option) {
        options.add(option);
        return this;
    }

    /** Runs a shell command before the JVM starts, in the same process. */
    public ChildJvm after(String shell) {
        command.addAll(List.of("sh", "-c", shell + " && exec \"$@\"", "sh"));
        return this;
    }

    public static Path tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name);
    }

    /** Runs the class to its end, which must come within so many seconds. */
    public Ended run(int seconds, Class<?> main, String... arguments) {
        command.add(tool("java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        String cache = System.getProperty("panamq.library.cache");
        if (cache != null) {
            command.add("-Dpanamq.library.cache=" + cache);
        }
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(main), main.getName()));
        command.addAll(List.of(arguments));
        return run(seconds, command, output);
    }

    /** Runs a command to its end, which must come within so many seconds. */
    public static Ended run(int seconds, List<String> command, Path output) {
        try {
            Process child =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            try {
                boolean ended = child.waitFor(seconds, TimeUnit.SECONDS);
                String text = Files.readString(output);
                assertThat(ended).as("child ended in %s s: %s", seconds, text).isTrue();
                return new Ended(child.exitValue(), text);
            } finally {
                child.destroyForcibly();
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("could not run " + command, e);
        }
    }

    /** Returns the class path of a program without the libraries of the tests. */
    public static String classPath(Class<?> main) {
        return Stream.of(main, Context.class, io.panamq.bindings.NativeLibrary.class)
                .map(ChildJvm::classes)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * Returns the folder or archive of a class. One package has classes in two folders, main and
     * test.
     */
    public static String classes(Class<?> type) {
        try {
            String file = type.getName().replace('.', '/') + ".class";
            String url = String.valueOf(type.getResource("/" + file));
            if (url.startsWith("jar:")) {
                return Path.of(new java.net.URI(url.substring(4, url.indexOf("!/")))).toString();
            }
            String path = Path.of(new java.net.URI(url)).toString();
            return path.substring(0, path.length() - file.length() - 1);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
