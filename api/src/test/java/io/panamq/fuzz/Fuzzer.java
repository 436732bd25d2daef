// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Misuses the public API in episodes, until it has done the given number of operations. It runs in
 * a process of its own, which may crash: {@link FuzzTest} starts it and reports what it saw.
 */
final class Fuzzer {
    static final int EXIT_CODE = 2;
    private static final int PER_WORKER = 600;

    private Fuzzer() {}

    /** What all episodes share. */
    record Run(
            long seed,
            Path folder,
            Findings findings,
            Watchdog watchdog,
            List<Journal> journals,
            ScheduledThreadPoolExecutor rescuers) {
        Journal journal(int thread) {
            return journals.get(thread);
        }

        int operationsPerWorker() {
            return PER_WORKER;
        }

        void later(long micros, Runnable action) {
            var unused = rescuers.schedule(action, micros, TimeUnit.MICROSECONDS);
        }
    }

    /**
     * Arguments: folder, seed, operations, and the number of an episode to repeat, or -1 for all.
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        long operations = Long.parseLong(arguments[2]);
        long only = Long.parseLong(arguments[3]);
        PrintStream out = System.out;
        Findings findings = new Findings(out);
        var rescuers = new ScheduledThreadPoolExecutor(3, Fuzzer::daemon);
        Run run =
                new Run(
                        seed,
                        folder,
                        findings,
                        new Watchdog(out),
                        List.of(Journal.create(folder.resolve("journal"))),
                        rescuers);
        long done = play(run, operations, only);
        findings.print();
        if (only < 0 && operations >= 200_000 && findings.count() == 0) {
            for (Operation operation : Operations.ALL) {
                if (operation.legal() && !findings.everWorked(operation)) {
                    findings.add("the end", operation.name() + " never worked", null);
                }
            }
        }
        out.println(done + " operations, " + findings.count() + " findings");
        out.flush();
        System.exit(findings.count() == 0 ? 0 : EXIT_CODE);
    }

    private static long play(Run run, long operations, long only)
            throws IOException, InterruptedException {
        Leaks leaks = new Leaks(run.findings());
        long done = 0;
        boolean warm = false;
        long last = System.nanoTime();
        for (long episode = 0; done < operations && !run.findings().isEnough(); episode++) {
            done += new Episode(run, only < 0 ? episode : only).play();
            if (episode == 0) {
                leaks.begin();
            }
            leaks.check(episode);
            if (!warm && done >= operations / 3) {
                warm = true;
                leaks.rememberMemory();
            }
            if (System.nanoTime() - last > TimeUnit.SECONDS.toNanos(10)) {
                last = System.nanoTime();
                long mebibytes = Leaks.anonymousMemory() >> 20;
                System.out.println("episode " + episode + ", " + done + ", " + mebibytes + " MiB");
            }
        }
        if (warm) {
            leaks.checkMemory();
        }
        return done;
    }

    private static Thread daemon(Runnable task) {
        return Thread.ofPlatform().daemon().name("fuzz-rescuer").unstarted(task);
    }
}
