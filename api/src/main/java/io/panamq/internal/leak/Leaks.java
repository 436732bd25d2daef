// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.leak;

import io.panamq.internal.guard.Threads;
import java.util.HashMap;
import java.util.Map;

/**
 * Reports objects that became garbage without having been closed, as warnings of the logger {@code
 * io.panamq.leaks}, with the place where they were made. The system property {@code panamq.leaks}
 * tells which are followed:
 *
 * <ul>
 *   <li>{@code off}: none;
 *   <li>{@code sampled}, the default: contexts, sockets, monitors, pollers and message arenas, and
 *       one message of 1024, counted by thread (more or less: eight counters serve all threads);
 *   <li>{@code all}: every message too, which then costs a microsecond or two to make.
 * </ul>
 *
 * <p>A message counts when the object is made, not when it is used again; a multipart message has
 * no memory but that of its frames. A poller is reached through its context, and a socket through
 * the poller it is registered with: they are lost when the context is. An event loop is never lost,
 * since its thread runs.
 */
public final class Leaks {
    /** A power of two. Of 128 messages, remembering one costs as much as making a third of them. */
    static final int SAMPLE = 1024;

    private static final int INTERVAL = interval(System.getProperty("panamq.leaks", "sampled"));
    private static final int STRIPES = 8;

    /** So many that each counter has a line of the cache. */
    private static final int LINE = 16;

    /** How many messages were made; a count that is lost between threads does not matter. */
    private static final int[] MADE = new int[(STRIPES + 1) * LINE];

    private static volatile boolean started;

    private Leaks() {}

    private static int interval(String level) {
        return switch (level) {
            case "off" -> 0;
            case "all" -> 1;
            case "sampled" -> SAMPLE;
            default -> {
                log("panamq.leaks=" + level + " is not off, sampled or all: taken as sampled");
                yield SAMPLE;
            }
        };
    }

    // ---- following; nothing here throws, for lack of memory or whatever

    /** Where a socket or context is being made; null if nobody will ask. */
    public static CreationSite site() {
        try {
            return INTERVAL == 0 ? null : new CreationSite();
        } catch (Throwable e) {
            return null;
        }
    }

    /**
     * Follows an object that must be closed.
     *
     * @param owner what the user holds; it becomes garbage when the user has lost it
     * @param name what the report calls it
     * @param consequence what the report says of its being lost
     * @param site where it was made
     * @return null if that is off
     */
    public static Leak follow(Object owner, String name, String consequence, CreationSite site) {
        if (site == null) {
            return null;
        }
        try {
            start();
            return new Leak(owner, name, consequence, site);
        } catch (Throwable e) {
            return null;
        }
    }

    /**
     * A token for a message being made; null for most. The message itself is not handed in: then
     * one that stays within a method needs no object.
     */
    public static Leak.Token message() {
        if (INTERVAL == 0) {
            return null;
        }
        int stripe = ((int) Thread.currentThread().threadId() & (STRIPES - 1)) + 1;
        return (MADE[stripe * LINE]++ & (INTERVAL - 1)) == 0 ? followMessage() : null;
    }

    private static Leak.Token followMessage() {
        try {
            start();
            return new Leak.Token(new CreationSite());
        } catch (Throwable e) {
            return null;
        }
    }

    // ---- reporting

    private static void start() {
        if (!started) {
            startThread();
        }
    }

    private static synchronized void startThread() {
        if (!started) {
            Threads.daemon("panamq-leaks", new Reporter()).start();
            started = true;
        }
    }

    private static void log(String text) {
        try {
            System.getLogger("io.panamq.leaks").log(System.Logger.Level.WARNING, text);
        } catch (Throwable e) {
            // A logger that throws must not end the reports.
        }
    }

    /** A class and not a lambda: the first lambda of a program costs it 20 ms. */
    private static final class Reporter implements Runnable {
        /** Of messages, by the place where they were made. */
        private final Map<String, Integer> counts = new HashMap<>();

        @Override
        public void run() {
            while (true) {
                try {
                    Leak leak = (Leak) Leak.LOST.remove();
                    if (leak.isLost()) {
                        report(leak);
                    }
                } catch (Throwable e) {
                    // Out of memory, perhaps: the next one may be told again.
                }
            }
        }

        private void report(Leak leak) {
            String places = leak.places();
            String often = "";
            if (leak.isMessage()) {
                int count = counts.merge(places, 1, Integer::sum);
                if (Integer.bitCount(count) > 1) {
                    return; // the 1st, 2nd, 4th, 8th of a place are enough
                }
                often = count == 1 ? "" : " (number " + count + " that was followed from there)";
            }
            log(leak + often + "; made at" + places);
        }
    }
}
