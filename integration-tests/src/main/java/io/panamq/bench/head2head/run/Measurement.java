// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.run;

import io.panamq.bench.head2head.model.Cell;
import io.panamq.bench.head2head.model.Contender;
import io.panamq.bench.head2head.model.Pattern;
import io.panamq.bench.head2head.model.Settings;
import io.panamq.bench.head2head.model.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Measures one contender in one cell once, in fresh processes. */
public final class Measurement {
    /** The time for the start and the end of the processes. */
    private static final long GRACE_SECONDS = 20;

    private final Settings settings;
    private final Commands commands;
    private final Path folder;
    private final BlockingQueue<Child.Event> events = new LinkedBlockingQueue<>();
    private final Contender contender;
    private final Cell cell;
    private final long deadline;

    /** Sets the deadline: it begins now. */
    public Measurement(
            Settings settings, Commands commands, Path folder, Contender contender, Cell cell) {
        this.settings = settings;
        this.commands = commands;
        this.folder = folder;
        this.contender = contender;
        this.cell = cell;
        this.deadline =
                System.nanoTime()
                        + settings.warmupNanos(contender)
                        + settings.windowNanos()
                        + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
    }

    /**
     * Starts the processes and waits for the result.
     *
     * @return a value for each of the cell's metrics
     * @throws MeasurementException if there is none
     */
    public List<Double> run() throws IOException, InterruptedException {
        // JeroMQ's worker checks that its own ipc file exists: one of another contender must not.
        Files.deleteIfExists(Transport.ipcFile(folder));
        String result = cell.transport() == Transport.TCP_TWO ? inTwoProcesses() : inOneProcess();
        if (cell.pattern() == Pattern.REQ_REP) {
            return percentiles(samples());
        }
        return List.of(Double.parseDouble(result));
    }

    private String inOneProcess() throws IOException, InterruptedException {
        String endpoint = cell.transport().endpoint(folder);
        try (Child child = start("both", endpoint)) {
            String result = await("result ");
            child.awaitEnd(deadline);
            return result;
        }
    }

    private String inTwoProcesses() throws IOException, InterruptedException {
        try (Child receiver = start("recv", cell.transport().endpoint(folder));
                Child sender = start("send", await("endpoint "))) {
            String result = await("result ");
            // The receiver goes on receiving until the sender has ended.
            sender.endInput();
            sender.awaitEnd(deadline);
            receiver.endInput();
            receiver.awaitEnd(deadline);
            return result;
        }
    }

    private Child start(String role, String endpoint) throws IOException {
        List<String> command = new ArrayList<>(commands.of(contender));
        command.add("pattern=" + cell.pattern().id);
        command.add("role=" + role);
        command.add("endpoint=" + endpoint);
        command.add("size=" + cell.size());
        command.add("slice=" + cell.slice());
        command.add("subscribers=" + cell.subscribers());
        command.add("warmup=" + settings.warmupNanos(contender));
        command.add("window=" + settings.windowNanos());
        command.add("samples=" + samplesFile());
        return new Child(command, folder.resolve("stderr-" + role + ".txt"), events);
    }

    private String await(String prefix) throws InterruptedException {
        while (true) {
            long left = deadline - System.nanoTime();
            Child.Event event = left <= 0 ? null : events.poll(left, TimeUnit.NANOSECONDS);
            if (event == null) {
                throw new MeasurementException("no " + prefix.strip() + " in time");
            }
            if (event.line() == null) {
                throw event.child().failure();
            }
            if (event.line().startsWith(prefix)) {
                return event.line().substring(prefix.length());
            }
        }
    }

    private Path samplesFile() {
        return folder.resolve("samples.bin");
    }

    private Histogram samples() throws IOException {
        var histogram = new Histogram(3);
        var buffer = ByteBuffer.wrap(Files.readAllBytes(samplesFile()));
        buffer.order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            histogram.recordValue(buffer.getLong());
        }
        Files.delete(samplesFile());
        return histogram;
    }

    /** Returns microseconds in the order of {@link Cell#metrics}. */
    private static List<Double> percentiles(Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            throw new MeasurementException("no round trip within the window");
        }
        return List.of(
                histogram.getValueAtPercentile(50) / 1e3,
                histogram.getValueAtPercentile(99) / 1e3,
                histogram.getValueAtPercentile(99.9) / 1e3);
    }
}
