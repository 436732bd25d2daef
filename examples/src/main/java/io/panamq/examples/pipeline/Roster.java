// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Knows which workers are present, have answered the current ping, or have died. */
final class Roster {
    private final Set<Integer> present = new TreeSet<>();
    private final Set<Integer> answered = new HashSet<>();
    private final List<Signal> deaths = new ArrayList<>();

    private long round;
    private boolean dismissed;

    Roster(int workers) {
        for (int id = 1; id <= workers; id++) {
            present.add(id);
        }
    }

    /**
     * Starts a round of pings and returns its number. Answers to earlier rounds no longer count.
     */
    long newRound() {
        answered.clear();
        return ++round;
    }

    boolean allAnswered() {
        return answered.containsAll(present);
    }

    /** Notes that workers are asked to leave from now on. */
    void dismiss() {
        dismissed = true;
    }

    /** Notes what a signal says about a worker. */
    void accept(Signal signal) {
        switch (signal.kind()) {
            case Wire.READY -> {
                if (signal.value() == round) {
                    answered.add(signal.worker());
                }
            }
            case Wire.BYE -> present.remove(signal.worker());
            case Wire.EXITED -> {
                boolean unexpected = !dismissed || signal.value() != 0;
                if (present.remove(signal.worker()) && unexpected) {
                    deaths.add(signal);
                }
            }
            default ->
                    throw new PipelineException(
                            "an unknown message arrived at the sink: does something else send to"
                                    + " its endpoint?");
        }
    }

    boolean isEmpty() {
        return present.isEmpty();
    }

    Set<Integer> present() {
        return present;
    }

    /** Returns the workers that have not answered the current ping. */
    Set<Integer> silent() {
        Set<Integer> silent = new TreeSet<>(present);
        silent.removeAll(answered);
        return silent;
    }

    /** Returns the {@code EXITED} signals of the workers that have ended unasked. */
    List<Signal> deaths() {
        return deaths;
    }
}
