// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Ends the process when an operation takes far longer than any may: all calls either do not wait,
 * or wait for milliseconds, or are made with somebody who ends them.
 */
final class Watchdog implements Runnable {
    static final int EXIT_CODE = 3;
    private static final long LIMIT = 3 * Leaks.PATIENCE;

    /** Somebody who may hang. */
    interface Watched {
        /** What it does now, or null. */
        String doing();

        /** When it started to, as {@link System#nanoTime}. */
        long since();

        Thread thread();

        /** How long it may take. */
        default long limit() {
            return LIMIT;
        }
    }

    private final List<Watched> all = new CopyOnWriteArrayList<>();
    private final PrintStream out;

    Watchdog(PrintStream out) {
        this.out = out;
        Thread.ofPlatform().daemon().name("fuzz-watchdog").start(this);
    }

    void watch(List<? extends Watched> watched) {
        all.addAll(watched);
    }

    void forget(List<? extends Watched> watched) {
        all.removeAll(watched);
    }

    @Override
    public void run() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(200);
                for (Watched each : all) {
                    String doing = each.doing();
                    if (doing != null && System.nanoTime() - each.since() > each.limit()) {
                        hangs(each, doing);
                    }
                }
            }
        } catch (InterruptedException e) {
            out.println("the watchdog was interrupted");
        }
    }

    private void hangs(Watched watched, String doing) {
        out.println("HANG: " + watched.thread().getName() + " in " + doing);
        print(watched.thread().getName(), watched.thread().getStackTrace());
        for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
            print(each.getKey().getName(), each.getValue());
        }
        out.flush();
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    private void print(String name, StackTraceElement[] stack) {
        out.println("\"" + name + "\"");
        for (StackTraceElement frame : stack) {
            out.println("    at " + frame);
        }
    }
}
