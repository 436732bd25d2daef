// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.error.ZmqException;
import java.util.HashSet;
import java.util.Set;

/**
 * One thing a thread does, and the exceptions it may throw beside those that every method may
 * throw.
 *
 * @param name for the journal and the statistics
 * @param weight how often, compared with the others
 * @param legal whether it must work at least once in a long run
 * @param also documented exceptions of these methods alone
 * @param action what to do
 */
record Operation(
        String name,
        int weight,
        boolean legal,
        Set<Class<? extends Throwable>> also,
        Action action) {

    /** The work of an operation. */
    interface Action {
        void run(Worker worker) throws Exception;
    }

    static Operation legal(String name, int weight, Action action) {
        return new Operation(name, weight, true, new HashSet<>(), action);
    }

    /** Makes an operation that cannot work, or may not work. */
    static Operation illegal(String name, int weight, Action action) {
        return new Operation(name, weight, false, new HashSet<>(), action);
    }

    Operation orThrow(Class<? extends Throwable> type) {
        also.add(type);
        return this;
    }

    /** Returns whether a method may refuse a call with this exception. */
    boolean expects(Throwable thrown) {
        return thrown instanceof ZmqException
                || thrown.getClass() == IllegalStateException.class
                || thrown.getClass() == IllegalArgumentException.class
                || thrown.getClass() == WrongThreadException.class
                || thrown instanceof Planned
                || isCutFile(thrown)
                || also.stream().anyMatch(type -> type.isInstance(thrown));
    }

    /**
     * Returns whether this is the error for a cut mapped file, which the JVM may throw a little
     * later.
     */
    private static boolean isCutFile(Throwable thrown) {
        return thrown instanceof InternalError
                && String.valueOf(thrown.getMessage()).contains("unsafe memory access");
    }

    /** Thrown by the handlers and callbacks of the fuzzer. */
    static final class Planned extends RuntimeException {
        private static final long serialVersionUID = 1;

        Planned() {
            super("planned");
        }
    }
}
