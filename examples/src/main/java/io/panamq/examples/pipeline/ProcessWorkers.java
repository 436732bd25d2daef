// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import io.panamq.Context;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs workers as processes: JVMs of the same Java, with the same class path and memory flags. A
 * child reads its standard input, which never carries a byte. Its end tells the child that the
 * parent is gone, so a killed parent leaves no orphan.
 */
final class ProcessWorkers implements Workers {
    private static final long PATIENCE_SECONDS = 10;

    private final int count;
    private final Worker.Assignment assignment;
    private final ExitNotices notices;
    private final List<Process> processes = new ArrayList<>();
    private final List<CompletableFuture<Void>> noticed = new ArrayList<>();

    ProcessWorkers(Context context, int count, Worker.Assignment assignment) {
        this.count = count;
        this.assignment = assignment;
        this.notices = new ExitNotices(context);
    }

    @Override
    public void start() throws IOException {
        for (int i = 1; i <= count; i++) {
            int id = i;
            ProcessBuilder builder = new ProcessBuilder(command(id));
            // The environment, since on Windows a class path may be longer than a command line.
            builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.INHERIT);
            Process process = builder.start();
            processes.add(process);
            noticed.add(process.onExit().thenAccept(p -> notices.send(id, p.exitValue())));
        }
    }

    private List<String> command(int id) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            // Pass on heap size and library settings, but no debugger and no agent.
            if (flag.startsWith("-Xm") || flag.startsWith("-Dpanamq.")) {
                command.add(flag);
            }
        }
        command.add("io.panamq.examples.Main");
        command.add(WorkerCommand.NAME);
        command.add("--id=" + id);
        command.add("--ventilator-endpoint=" + assignment.ventilatorEndpoint());
        command.add("--sink-endpoint=" + assignment.sinkEndpoint());
        command.add("--high-water-mark=" + assignment.highWaterMark());
        command.add("--locale=" + assignment.rule().optionValue());
        return command;
    }

    @Override
    public String describe(int id) {
        return "worker " + id + " (pid " + processes.get(id - 1).pid() + ")";
    }

    @Override
    public String describeEnd(int id, long exitCode) {
        String how = exitCode > 128 ? " was killed by signal " + (exitCode - 128) : " ended";
        return describe(id) + how + " (exit code " + exitCode + ")";
    }

    @Override
    public void close() {
        boolean interrupted = false;
        for (Process process : processes) {
            try {
                process.getOutputStream().close(); // at the end of its input it leaves
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
                }
            } catch (IOException e) {
                process.destroyForcibly();
            } catch (InterruptedException e) {
                interrupted = true;
                process.destroyForcibly();
            }
        }
        noticed.forEach(CompletableFuture::join);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
