// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import io.panamq.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Counts files with a ventilator, workers and a sink.
 *
 * <pre>
 *                 PUSH        +--- PULL worker 1 PUSH ---+        PULL
 * files -&gt; ventilator  ---+--- PULL worker 2 PUSH ---+--- sink -&gt; totals
 *                             +--- PULL worker N PUSH ---+
 * </pre>
 *
 * <p>Ventilator and sink share one thread, the caller's, because they share the window, which is
 * the number of chunks that may be under way. So <b>memory</b> is bounded for files of any size. At
 * most {@link PipelineSettings#chunksPerWorker} chunks are under way to each worker: as many as 8
 * MiB hold, but at least 4 and at most 1000. The high-water marks of the sockets match that. A
 * chunk may exist at both ends of a tcp or ipc connection for a moment. There are also one mapped
 * window of 64 MiB (page cache, not heap), a result of about 100 bytes for each chunk of the
 * window, and a record for each file. {@link PipelineSettings#memoryBound} is the sum.
 */
final class Pipeline {
    private final PipelineSettings settings;
    private final LongConsumer progress;
    private final Consumer<String> log;

    /**
     * Prepares a run.
     *
     * @param settings the options of the user
     * @param progress gets the number of bytes of each result
     * @param log gets the lines that {@code --verbose} shows
     */
    Pipeline(PipelineSettings settings, LongConsumer progress, Consumer<String> log) {
        this.settings = settings;
        this.progress = progress;
        this.log = log;
    }

    /**
     * The result of a run.
     *
     * @param totals the totals of each file
     * @param chunks the number of chunks
     * @param elapsed the time from the first chunk to the last result
     * @param losses what happened to dead workers and their chunks, empty if none has died
     */
    record Outcome(List<FileTotal> totals, long chunks, Duration elapsed, String losses) {}

    /**
     * Counts the files. Blocks.
     *
     * @param files the files, already checked
     * @throws PipelineException if there is no complete result
     */
    Outcome run(List<InputFile> files) throws IOException {
        ChunkPlan plan = new ChunkPlan(files, settings.chunkSize());
        Merger merger = new Merger(plan, settings.window());
        // These close in reverse order: first the workers, so that the sink gets their notices.
        try (Endpoints endpoints = new Endpoints(settings);
                Context context = Context.create();
                Sink sink = new Sink(context, endpoints.sink(), settings.window());
                Ventilator ventilator =
                        new Ventilator(
                                context, endpoints.ventilator(), plan, settings.highWaterMark());
                Workers workers = workers(context, ventilator, sink)) {
            workers.start();
            announce(workers, ventilator, sink);
            Coordinator coordinator =
                    new Coordinator(
                            plan, merger, ventilator, sink, workers, settings.workers(), progress);
            coordinator.join();
            long start = System.nanoTime();
            coordinator.work();
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            coordinator.dismiss();
            for (InputFile file : files) {
                file.requireUnchanged();
            }
            return new Outcome(merger.totals(), plan.size(), elapsed, coordinator.losses());
        }
    }

    private Workers workers(Context context, Ventilator ventilator, Sink sink) {
        Worker.Assignment assignment =
                new Worker.Assignment(
                        ventilator.endpoint(),
                        sink.endpoint(),
                        settings.highWaterMark(),
                        settings.rule());
        return settings.processes()
                ? new ProcessWorkers(context, settings.workers(), assignment)
                : new ThreadWorkers(context, settings.workers(), assignment);
    }

    private void announce(Workers workers, Ventilator ventilator, Sink sink) {
        log.accept("ventilator at " + ventilator.endpoint() + ", sink at " + sink.endpoint());
        for (int id = 1; id <= settings.workers(); id++) {
            log.accept(workers.describe(id));
        }
        log.accept(
                "messages take at most %d MiB: %d chunks under way to %d workers"
                        .formatted(
                                (settings.memoryBound() >> 20) + 1,
                                settings.window(),
                                settings.workers()));
    }
}
