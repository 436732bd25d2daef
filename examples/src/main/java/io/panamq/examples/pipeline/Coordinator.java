// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Runs the work in one thread: it sends chunks as long as the window has room, takes results, and
 * watches the workers. It never sleeps, and each of its waits has a limit.
 *
 * <p><b>Start.</b> A PUSH socket shares its messages among the connected workers, so work begins
 * when all are connected: the coordinator sends pings until each worker has answered one.
 *
 * <p><b>A worker dies.</b> PUSH does not tell which worker has got a chunk. So the coordinator
 * pings the survivors. A pipe keeps its order, so a worker that answers has sent the results of all
 * chunks before the ping. When all have answered, each chunk without a result was lost with the
 * dead worker and is sent again. (A chunk that was sent into the pipe of a dead worker before
 * libzmq knew of the death is found by the next round of pings.) A result that comes twice counts
 * once.
 *
 * <p><b>End.</b> Each worker sends {@code BYE} and leaves when it receives the first {@code END};
 * {@code END} is repeated until all have left.
 */
final class Coordinator {
    /** How long to wait for a report before looking for room in a pipe again. */
    private static final Duration TICK = Duration.ofMillis(10);

    /** The workers are pinged after this time without a result. */
    private static final Duration STALL = Duration.ofSeconds(10);

    /** How long a worker may take to answer a ping; it first finishes the chunks in its queue. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    /** How long the workers may take to leave at the end. */
    private static final Duration LEAVE = Duration.ofSeconds(5);

    private final ChunkPlan plan;
    private final Merger merger;
    private final Ventilator ventilator;
    private final Sink sink;
    private final Workers workers;
    private final Roster roster;
    private final LongConsumer progress;
    private final Set<Long> sentAgain = new TreeSet<>();

    /** The next chunk to send for the first time. */
    private long next;

    private int deathsHandled;

    Coordinator(
            ChunkPlan plan,
            Merger merger,
            Ventilator ventilator,
            Sink sink,
            Workers workers,
            int workerCount,
            LongConsumer progress) {
        this.plan = plan;
        this.merger = merger;
        this.ventilator = ventilator;
        this.sink = sink;
        this.workers = workers;
        this.roster = new Roster(workerCount);
        this.progress = progress;
    }

    /** Waits until all workers are connected. */
    void join() {
        awaitAnswers();
    }

    /** Sends all chunks and merges all results. */
    void work() throws IOException {
        while (!merger.isComplete()) {
            sendAhead();
            if (roster.deaths().size() > deathsHandled) {
                recover();
            } else if (merger.missing(next) > 0) {
                if (!receive(STALL)) {
                    recover();
                }
            } else if (next < plan.size() && !merger.isComplete()) {
                // No chunk is under way, but the pipes look full: either libzmq has not yet noticed
                // the room, or all workers are gone.
                requireWorkers();
                next += ventilator.send(next, TICK) ? 1 : 0;
                drain();
            }
        }
    }

    /** Sends {@code END} until all workers have left, for 5 s at most. */
    void dismiss() {
        roster.dismiss();
        long deadline = System.nanoTime() + LEAVE.toNanos();
        while (!roster.isEmpty() && System.nanoTime() < deadline) {
            ventilator.trySignal(Wire.END, 0);
            receive(TICK);
            drain();
        }
    }

    /** Says what happened to dead workers and their chunks; empty if no worker has died. */
    String losses() {
        if (roster.deaths().isEmpty()) {
            return "";
        }
        return deathsText()
                + (sentAgain.isEmpty()
                        ? "; no chunk was lost"
                        : "; sent again to the others: " + ChunkList.describe(plan, sentAgain));
    }

    private void sendAhead() throws IOException {
        long end = Math.min(plan.size(), merger.next() + merger.window());
        while (next < end && ventilator.trySend(next)) {
            next++;
        }
    }

    private void recover() throws IOException {
        deathsHandled = roster.deaths().size();
        long deadline = System.nanoTime() + ANSWER.toNanos();
        while (merger.missing(next) > 0) {
            requireWorkers();
            awaitAnswers();
            List<Long> missing = merger.missingChunks(next);
            if (!missing.isEmpty() && System.nanoTime() > deadline) {
                throw lost("the workers answer, but some chunks never arrive");
            }
            for (long sequence : missing) {
                sendAgain(sequence);
            }
        }
    }

    private void sendAgain(long sequence) throws IOException {
        sentAgain.add(sequence);
        while (!ventilator.send(sequence, TICK)) {
            drain();
            requireWorkers();
        }
    }

    /** Sends pings until all living workers have answered. */
    private void awaitAnswers() {
        long round = roster.newRound();
        long deadline = System.nanoTime() + ANSWER.toNanos();
        while (!roster.allAnswered()) {
            if (System.nanoTime() > deadline) {
                throw lost(
                        names(roster.silent())
                                + " did not answer for "
                                + ANSWER.toSeconds()
                                + " s");
            }
            ventilator.trySignal(Wire.PING, round);
            receive(TICK);
            drain();
            requireWorkers();
        }
    }

    private boolean receive(Duration patience) {
        return sink.receive(patience).map(this::handle).isPresent();
    }

    private void drain() {
        while (receive(Duration.ZERO)) {
            // The receive method handles the report.
        }
    }

    private Report handle(Report report) {
        if (report instanceof ChunkResult result) {
            progress.accept(merger.accept(result));
        } else if (report instanceof Signal signal) {
            roster.accept(signal);
        }
        return report;
    }

    private void requireWorkers() {
        if (roster.isEmpty()) {
            throw lost("no worker is left");
        }
    }

    private PipelineException lost(String why) {
        StringBuilder text = new StringBuilder(why);
        if (!roster.deaths().isEmpty()) {
            text.append(": ").append(deathsText());
        }
        List<Long> missing = merger.missingChunks(next);
        if (!missing.isEmpty()) {
            text.append("; lost: ").append(ChunkList.describe(plan, missing));
        }
        long unsent = plan.size() - next;
        if (unsent > 0) {
            text.append("; never sent: ").append(unsent).append(" of ").append(plan.size());
            text.append(" chunks");
        }
        return new PipelineException(text.toString());
    }

    private String deathsText() {
        return roster.deaths().stream()
                .map(death -> workers.describeEnd(death.worker(), death.value()))
                .collect(Collectors.joining(", "));
    }

    private String names(Collection<Integer> ids) {
        return ids.stream().map(workers::describe).collect(Collectors.joining(", "));
    }
}
