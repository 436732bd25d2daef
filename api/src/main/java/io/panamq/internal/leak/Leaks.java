// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.leak;

import io.panamq.internal.guard.OpenContexts;
import io.panamq.internal.guard.Threads;
import java.util.HashMap;
import java.util.Map;

/**
 * Reports objects that became garbage without having been closed, as warnings of the logger {@code
 * io.panamq.leaks}, with the place where they were made. The system property {@code panamq.leaks}
 * tells which objects are followed:
 *
 * <ul>
 *   <li>{@code off}: none;
 *   <li>{@code sampled}, the default: contexts, sockets, monitors, pollers and message arenas, and
 *       one message of 1024, counted by eight counters that the threads share;
 *   <li>{@code all}: also every message, which then costs a microsecond or two to make.
 * </ul>
 *
 * <p>A message counts when its object is made, not when the object is used again. A multipart
 * message does not count, because its frames do. A context refers to its pollers, and a poller to
 * its sockets, so they are only lost together with the context. An event loop is never lost,
 * because its thread runs.
 */
public final class Leaks {
    /** A power of two. With 128, following one message costs as much as making 40 others. */
    static final int SAMPLE = 1024;

    private static final int INTERVAL = interval(System.getProperty("panamq.leaks", "sampled"));
    private static final int STRIPES = 8;

    /** The ints of a cache line, so that each counter has its own. */
    private static final int LINE = 16;

    /** The counters of messages. Threads may lose each other's increments, which is harmless. */
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

    // ---- following, which never throws, not even without memory

    /** Returns where the calling code is making an object; null if leaks are not followed. */
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
     * @param owner the object that the user holds
     * @param name the name of the object in a report
     * @param consequence what the report says about the loss
     * @param site where the object was made
     * @return null if leaks are not followed
     */
    public static Leak follow(Object owner, String name, String consequence, CreationSite site) {
        if (site == null) {
            return null;
        }
        Leak leak = null;
        try {
            leak = new Leak(owner, name, consequence, site);
            if (!started) {
                start();
            }
            return leak;
        } catch (Throwable e) {
            if (leak != null) {
                leak.markClosed();
            }
            return null;
        }
    }

    /**
     * Returns a token for a new message; null for most messages. It does not take the message, so
     * that the JVM can leave out the object of a message that stays within a method.
     */
    public static Leak.Token message() {
        if (INTERVAL == 0) {
            return null;
        }
        int stripe = ((int) Thread.currentThread().threadId() & (STRIPES - 1)) + 1;
        return (MADE[stripe * LINE]++ & (INTERVAL - 1)) == 0 ? followMessage() : null;
    }

    private static Leak.Token followMessage() {
        Leak.Token token = null;
        try {
            token = new Leak.Token(new CreationSite());
            if (!started) {
                start();
            }
            return token;
        } catch (Throwable e) {
            if (token != null) {
                token.markClosed();
            }
            return null;
        }
    }

    // ---- reporting

    private static synchronized void start() {
        if (!started) {
            Threads.daemon("panamq-leaks", new Reporter()).start();
            started = true;
        }
    }

    /**
     * Ends the thread if nothing is followed, and no context is there that could be lost. Who
     * follows an object adds it first and looks whether the thread runs afterwards, so one of the
     * two sees the other.
     */
    private static synchronized boolean endIfIdle() {
        if (!OpenContexts.areNone() || Leak.isAnyFollowed()) {
            return false;
        }
        started = false;
        started = Leak.isAnyFollowed();
        return !started;
    }

    private static void log(String text) {
        try {
            System.getLogger("io.panamq.leaks").log(System.Logger.Level.WARNING, text);
        } catch (Throwable e) {
            // A logger that throws must not end the reports.
        }
    }

    /** Is a class because the first lambda of a program costs it 20 ms. */
    private static final class Reporter implements Runnable {
        /** The number of lost messages, by the place where they were made. */
        private final Map<String, Integer> counts = new HashMap<>();

        @Override
        public void run() {
            while (true) {
                try {
                    Leak leak = (Leak) Leak.LOST.remove(OpenContexts.LOOK_MILLIS);
                    if (leak == null) {
                        if (endIfIdle()) {
                            return;
                        }
                    } else if (leak.takeLost()) {
                        report(leak);
                    }
                } catch (Throwable e) {
                    // There may be no memory for this report, but for the next.
                }
            }
        }

        private void report(Leak leak) {
            String places = leak.places();
            String often = "";
            if (leak.isMessage()) {
                int count = counts.merge(places, 1, Integer::sum);
                if (Integer.bitCount(count) > 1) {
                    return; // only the 1st, 2nd, 4th, 8th and so on of a place are reported
                }
                often = count == 1 ? "" : " (number " + count + " that was followed from there)";
            }
            log(leak + often + "; made at" + places);
        }
    }
}
