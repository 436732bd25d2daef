// SPDX-License-Identifier: Apache-2.0
package io.panamq.leaks;

import java.util.ResourceBundle;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** All loggers of a child JVM. They keep what is logged, or throw if they are told to. */
public final class Reports extends System.LoggerFinder {
    private static final BlockingQueue<String> ALL = new LinkedBlockingQueue<>();

    /** Whether the next log call throws instead of keeping its text. */
    static volatile boolean throwing;

    /** Returns the next report. Collects garbage until it is there. */
    static String next() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() - deadline < 0) {
            System.gc();
            String report = ALL.poll(10, TimeUnit.MILLISECONDS);
            if (report != null) {
                return report;
            }
        }
        return "none in time";
    }

    /** Returns how many reports are there now. */
    static int left() {
        return ALL.size();
    }

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Log(name);
    }

    private record Log(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
            if (name.startsWith("io.panamq")) {
                if (throwing) {
                    throwing = false;
                    throw new IllegalStateException("a logger that throws");
                }
                ALL.add(level + " " + name + ": " + text);
            }
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... values) {
            log(level, bundle, format, (Throwable) null);
        }
    }
}
