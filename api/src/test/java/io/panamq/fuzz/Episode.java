// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.CloseReport;
import io.panamq.Context;
import io.panamq.Internals;
import io.panamq.Message;
import io.panamq.MessageArena;
import io.panamq.MessageTracker;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Phaser;

/**
 * Runs some threads that do some hundred operations each on a world of their own. Then it closes
 * everything, and checks that nothing is left.
 */
final class Episode {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Fuzzer.Run run;
    private final long number;
    private final World world;

    Episode(Fuzzer.Run run, long number) {
        this.run = run;
        this.number = number;
        this.world = new World(run.folder());
    }

    /** Returns how many operations the threads did. */
    int play() throws IOException, InterruptedException {
        Draw draw = new Draw();
        draw.seed(run.seed(), number, 0, -1);
        int threads = draw.oneIn(8) ? 1 : 3 + draw.below(4);
        // The share of virtual threads, in percent: none, all, or some.
        int virtual = draw.oneIn(10) ? 100 : draw.oneIn(3) ? 40 : 0;
        // Platform threads that wait either park soon, or look again and again.
        Internals.slicesOfPatience(draw.coin() ? draw.below(3) : -1);
        Phaser phaser = new Phaser(threads);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(new Worker(run, world, number, i + 1, threads, phaser));
        }
        workers.forEach(worker -> worker.start(draw.below(100) < virtual));
        run.watchdog().watch(workers);
        for (Worker worker : workers) {
            worker.thread().join();
        }
        run.watchdog().forget(workers);
        end();
        return threads * run.operationsPerWorker();
    }

    private void end() throws IOException {
        run.journal(0).begin("episode " + number + " ends");
        Worker.closeOwn(world);
        for (Closeable other : world.others) {
            other.close();
        }
        for (Context context : world.allContexts) {
            run.journal(0).note(context.toString());
            // A context that was closed before repeats its first report, possibly after no time at
            // all. Only its descriptors tell whether it has ended since.
            boolean first = !context.isClosed();
            CloseReport report = context.close(LIMIT);
            if (first && (!report.terminated() || !report.abandoned().isEmpty())) {
                addFinding(context + " did not end: " + report);
            }
        }
        world.allGuests.forEach(guest -> guest.worker().forget());
        for (CompletableFuture<?> future : world.allFutures) {
            if (!future.isDone()) {
                addFinding("nobody completes " + future);
            }
        }
        for (Demand<?> demand : world.allDemands) {
            if (!demand.isOver()) {
                addFinding("nobody ends a subscription");
            }
        }
        for (Message message : world.allMessages) {
            if (!Messages.isClosed(message) && !message.toString().equals("Message[in transfer]")) {
                addFinding("nobody could close " + message + ": " + whyNot(message));
            }
        }
        for (MessageTracker tracker : world.allTrackers) {
            if (!tracker.awaitReleased(LIMIT)) {
                addFinding("not released: " + tracker);
            }
        }
        if (world.wrapped.get() != world.released.get()) {
            addFinding(world.wrapped + " callbacks due, " + world.released + " ran");
        }
        world.allArenas.forEach(MessageArena::close);
        world.removeFiles();
        run.journal(0).note("closed");
    }

    /** Says why a message is not closed, which names the thread that owns it. */
    private static String whyNot(Message message) {
        try {
            message.close();
            return "but now";
        } catch (WrongThreadException | IllegalStateException e) {
            return e.getMessage();
        }
    }

    private void addFinding(String what) {
        run.findings().add("the end of episode " + number, what, null);
    }
}
