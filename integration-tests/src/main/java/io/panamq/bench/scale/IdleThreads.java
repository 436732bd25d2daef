// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.scale;

import io.panamq.Context;
import io.panamq.PairSocket;
import io.panamq.error.ZmqException;
import java.time.Duration;
import java.util.Locale;

/**
 * Measures the processor time of threads that wait in {@code receive} and get nothing: in the first
 * second, while they look 50 times a second, and later, when they are parked.
 *
 * <p>Arguments: {@code [THREADS]}, 500 by default.
 */
public final class IdleThreads {
    private IdleThreads() {}

    /**
     * Measures and prints both shares.
     *
     * @param args the number of threads
     */
    public static void main(String[] args) throws InterruptedException {
        int threads = args.length == 0 ? 500 : Integer.parseInt(args[0]);
        Context context = Context.builder().maxSockets(threads + 1).linger(Duration.ZERO).build();
        int running = Thread.activeCount();
        for (int i = 0; i < threads; i++) {
            PairSocket pair = context.pair();
            pair.handOver();
            Thread.ofPlatform().daemon().start(() -> receive(pair));
        }
        while (Thread.activeCount() < running + threads) {
            Thread.onSpinWait();
        }
        Thread.sleep(200);
        double looking = share(500);
        Thread.sleep(2_000);
        double parked = share(3_000);
        System.out.printf(
                Locale.ROOT,
                "%d threads that wait: %.1f %% of a core while they look, %.2f %% parked%n",
                threads,
                looking,
                parked);
        context.close();
    }

    private static void receive(PairSocket pair) {
        try {
            pair.receive().close();
        } catch (ZmqException e) {
            // The context was closed.
        }
    }

    /** Measures for some milliseconds; returns the processor time in percent of a core. */
    private static double share(long millis) throws InterruptedException {
        long begin = System.nanoTime();
        long before = cpu();
        Thread.sleep(millis);
        return 100.0 * (cpu() - before) / (System.nanoTime() - begin);
    }

    /** Returns the processor time of this process, in nanoseconds. */
    private static long cpu() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("no processor time of this process"))
                .toNanos();
    }
}
