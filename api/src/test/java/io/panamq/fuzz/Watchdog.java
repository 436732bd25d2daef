// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Ends the process when an operation takes far too long. Each call does not wait, waits for
 * milliseconds, or has a {@link Rescue} that ends it.
 */
final class Watchdog implements Runnable {
    static final int EXIT_CODE = 3;
    private static final long LIMIT = 3 * Leaks.PATIENCE;

    /** The limit for a call that was told to end. It takes 20 ms; the rest is for busy machines. */
    private static final long END_LIMIT = TimeUnit.SECONDS.toNanos(5);

    /** A thread that may hang. */
    interface Watched {
        /** Returns what it does now, or null. */
        Doing doing();

        Thread thread();
    }

    /**
     * An operation that is going on.
     *
     * @param what for the report
     * @param since as {@link System#nanoTime}
     * @param limit how many nanoseconds it may take
     */
    record Doing(String what, long since, long limit) {
        static Doing now(String what) {
            return new Doing(what, System.nanoTime(), LIMIT);
        }

        /** Returns the same operation from the time when something ends it. */
        Doing endedBy(String end) {
            String text = what + ", which " + end + " did not end";
            return new Doing(text, System.nanoTime(), END_LIMIT);
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
                    Doing doing = each.doing();
                    if (doing != null && System.nanoTime() - doing.since() > doing.limit()) {
                        hangs(each, doing.what());
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
