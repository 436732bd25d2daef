// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A worker process. It ends with {@link #close}, or with this process at the latest. */
final class Child implements AutoCloseable {
    private static final Set<Process> LIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> LIVE.forEach(Process::destroyForcibly)));
    }

    /** A line of a child's output; null stands for the end of the output. */
    record Event(Child child, String line) {}

    private final Process process;
    private final Path errors;

    /**
     * Starts a worker.
     *
     * @param command program and arguments
     * @param errors the file for its standard error
     * @param events gets its lines
     */
    Child(List<String> command, Path errors, BlockingQueue<Event> events) throws IOException {
        this.errors = errors;
        process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        LIVE.add(process);
        Thread.ofPlatform().daemon().name("child-output").start(() -> read(events));
    }

    private void read(BlockingQueue<Event> events) {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                events.add(new Event(this, line));
            }
        } catch (IOException e) {
            // The child was killed.
        }
        events.add(new Event(this, null));
    }

    /** Tells the child to end. */
    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /**
     * Waits until the child has ended, up to a deadline of {@link System#nanoTime}.
     *
     * @throws MeasurementException if it ends late or with an error
     */
    void awaitEnd(long deadline) throws InterruptedException {
        if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new MeasurementException("gave a result, but did not end in time");
        }
        if (process.exitValue() != 0) {
            throw failure();
        }
    }

    /**
     * Returns an exception with the last line of its standard error. Waits up to 5 s for its end.
     */
    MeasurementException failure() throws InterruptedException {
        String status =
                process.waitFor(5, TimeUnit.SECONDS)
                        ? "ended with " + process.exitValue()
                        : "closed its output";
        try {
            var lines = Files.readString(errors).strip().lines().toList();
            return new MeasurementException(
                    lines.isEmpty() ? status : lines.get(lines.size() - 1).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        // Otherwise it might still run beside the next one.
        process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
        LIVE.remove(process);
    }
}
