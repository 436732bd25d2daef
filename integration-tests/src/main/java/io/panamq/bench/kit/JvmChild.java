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

/** A benchmark's other process: a JVM of the same Java, which is told lines and answers lines. */
public final class JvmChild implements AutoCloseable {
    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter orders;

    public JvmChild(Class<?> program, List<String> options, Object... args) throws IOException {
        this.name = program.getSimpleName();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.add(program.getName());
        for (Object arg : args) {
            command.add(arg.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        answers = process.inputReader(UTF_8);
        orders = new PrintWriter(process.outputWriter(UTF_8), true);
    }

    /** Does not block. */
    public void tell(String line) {
        orders.println(line);
    }

    /** Its next line. Blocks. */
    public String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException(name + " (pid " + process.pid() + ") has ended");
        }
        return line;
    }

    /** The end of its input tells it to leave. Blocks until it has. */
    @Override
    public void close() throws IOException {
        orders.close();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        answers.close();
    }
}
