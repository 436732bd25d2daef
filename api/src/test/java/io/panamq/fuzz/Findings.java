// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Prints each failure at once, and counts how often each operation ended in which way. */
final class Findings {
    private static final int MOST = 5;

    private final PrintStream out;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();

    Findings(PrintStream out) {
        this.out = out;
    }

    void add(String where, String what, Throwable cause) {
        synchronized (out) {
            out.println("FINDING " + count.incrementAndGet() + " at " + where + ": " + what);
            if (cause != null) {
                cause.printStackTrace(out);
            }
            out.flush();
        }
    }

    boolean isEnough() {
        return count.get() >= MOST;
    }

    int count() {
        return count.get();
    }

    void countOutcome(Operation operation, String outcome) {
        outcomes.computeIfAbsent(operation.name() + " " + outcome, key -> new LongAdder())
                .increment();
    }

    boolean everWorked(Operation operation) {
        return outcomes.containsKey(operation.name() + " ok");
    }

    void print() {
        StringBuilder line = new StringBuilder();
        String last = "";
        for (Map.Entry<String, LongAdder> each : new TreeMap<>(outcomes).entrySet()) {
            String[] words = each.getKey().split(" ");
            if (!words[0].equals(last)) {
                last = words[0];
                line.append('\n').append(last).append(':');
            }
            line.append(' ').append(words[1]).append(' ').append(each.getValue());
        }
        out.println(line.toString().strip());
    }
}
