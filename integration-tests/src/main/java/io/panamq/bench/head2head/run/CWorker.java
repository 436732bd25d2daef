// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program of the C contenders, compiled for this run. */
public final class CWorker {
    private final Path program;
    private final String problem;
    private final String compiler;

    private CWorker(Path program, String problem, String compiler) {
        this.program = program;
        this.problem = problem;
        this.compiler = compiler;
    }

    /**
     * Compiles the program, or finds out why that does not work.
     *
     * @param compiler a name or path, such as {@code cc}
     * @param folder gets the source and the program
     * @return the program, or the problem
     */
    public static CWorker compile(String compiler, Path folder)
            throws IOException, InterruptedException {
        Path source = folder.resolve("worker.c");
        Path program = folder.resolve("worker");
        Path log = folder.resolve("cc.txt");
        try (InputStream resource = CWorker.class.getResourceAsStream("worker.c")) {
            Files.copy(resource, source, StandardCopyOption.REPLACE_EXISTING);
        }
        String version;
        try {
            if (run(log, compiler, "--version") != 0) {
                return new CWorker(null, "no C compiler", null);
            }
            version = Files.readString(log).lines().findFirst().orElse(compiler);
        } catch (IOException e) {
            return new CWorker(null, "no C compiler", null);
        }
        int exit =
                run(
                        log,
                        compiler,
                        "-O2",
                        "-o",
                        program.toString(),
                        source.toString(),
                        "-lpthread",
                        "-ldl");
        return exit == 0
                ? new CWorker(program, null, version)
                : new CWorker(
                        null, "the C program does not compile, see " + log.getFileName(), version);
    }

    private static int run(Path log, String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }

    /** Returns why there is no program, or null if there is one. */
    public String problem() {
        return problem;
    }

    /** Returns the compiler's name and version, or null without a compiler. */
    String compiler() {
        return compiler;
    }

    /** Returns the command that runs the program on a libzmq. */
    List<String> command(String library, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.add("library=" + library);
        command.addAll(List.of(arguments));
        return command;
    }

    /** Returns version and file of a libzmq, or null if there is no such library. */
    String probe(String library) {
        if (problem != null) {
            return null;
        }
        Path log = program.resolveSibling("probe.txt");
        try {
            String[] command = command(library, "pattern=probe").toArray(String[]::new);
            int exit = run(log, command);
            String prefix = "result ";
            String output = Files.readString(log).strip();
            return exit == 0 && output.startsWith(prefix)
                    ? output.substring(prefix.length())
                    : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
