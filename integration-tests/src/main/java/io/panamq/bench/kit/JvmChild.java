// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another process of a benchmark: a JVM of the same Java, which reads and writes lines. */
public final class JvmChild implements AutoCloseable {
    private static final long END_SECONDS = 60;

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter orders;

    /** Starts a program; the arguments are passed as strings. */
    public JvmChild(Class<?> program, List<String> options, Object... args) throws IOException {
        name = program.getSimpleName();
        process =
                new ProcessBuilder(command(program, options, args))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        answers = process.inputReader(UTF_8);
        orders = new PrintWriter(process.outputWriter(UTF_8), true);
    }

    /** Returns the command that starts a program with this JVM's Java and class path. */
    public static List<String> command(Class<?> program, List<String> options, Object... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        for (Object arg : args) {
            command.add(arg.toString());
        }
        return command;
    }

    /** Runs a program that measures, and returns the figures in its first line. Blocks. */
    public static Figures measure(Class<?> program, List<String> options, Object... args)
            throws IOException {
        try (JvmChild child = new JvmChild(program, options, args)) {
            return Figures.parse(child.answer());
        }
    }

    /** Answers with these figures and ends this process at once, whatever its threads do. */
    public static void answerAndHalt(Figures figures) {
        System.out.println(figures);
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    /** Writes a line to the child. Does not wait for an answer. */
    public void tell(String line) {
        orders.println(line);
    }

    /**
     * Returns the child's next line. Blocks.
     *
     * @throws IOException if the child has ended
     */
    public String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException(name + " (pid " + process.pid() + ") has ended");
        }
        return line;
    }

    /** Ends the child's input, which tells it to leave, and waits up to 60 s until it has. */
    @Override
    public void close() throws IOException {
        orders.close();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        answers.close();
    }
}
