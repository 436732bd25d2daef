// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which workers are there, which have answered the current ping, and which have died. */
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

    /** Starts a round of pings; answers to earlier rounds do not count any more. */
    long newRound() {
        answered.clear();
        return ++round;
    }

    boolean allAnswered() {
        return answered.containsAll(present);
    }

    /** From now on workers leave because they were asked to. */
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

    /** Those that have not answered the current ping. */
    Set<Integer> silent() {
        Set<Integer> silent = new TreeSet<>(present);
        silent.removeAll(answered);
        return silent;
    }

    /** The {@code EXITED} signals of the workers that ended without being asked to. */
    List<Signal> deaths() {
        return deaths;
    }
}
