// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import io.panamq.Context;
import io.panamq.error.ContextTerminatedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Runs workers as threads of this process. */
final class ThreadWorkers implements Workers {
    private final Context context;
    private final int count;
    private final Worker.Assignment assignment;
    private final ExitNotices notices;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<Integer, Throwable> failures = new ConcurrentHashMap<>();

    ThreadWorkers(Context context, int count, Worker.Assignment assignment) {
        this.context = context;
        this.count = count;
        this.assignment = assignment;
        this.notices = new ExitNotices(context);
    }

    @Override
    public void start() {
        for (int i = 1; i <= count; i++) {
            int id = i;
            threads.add(Thread.ofPlatform().name("worker-" + id).start(() -> work(id)));
        }
    }

    private void work(int id) {
        long exitCode = 0;
        try (Worker worker = new Worker(context, id, assignment)) {
            worker.run();
        } catch (ContextTerminatedException e) {
            return; // the run was given up
        } catch (RuntimeException | Error e) {
            failures.put(id, e);
            exitCode = 1;
        }
        notices.send(id, exitCode);
    }

    @Override
    public String describe(int id) {
        return "worker " + id;
    }

    @Override
    public String describeEnd(int id, long exitCode) {
        return describe(id) + " failed (" + failures.get(id) + ")";
    }

    @Override
    public void close() {
        context.shutdown(); // wakes the workers that still wait for a chunk
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
