// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A library, in one way of its use, that takes part. */
public enum Contender {
    C("c", "C"),
    C_SYSTEM("c-system", "C, system's libzmq"),
    JEROMQ("jeromq", "JeroMQ"),
    PANAMQ("panamq", "PanaMQ"),
    PANAMQ_BATCH("panamq-batch", "PanaMQ, batches"),
    SOCKET("socket", "plain socket");

    /** The name on the command line and in the JSON. */
    public final String id;

    /** The name that tables show. */
    public final String label;

    Contender(String id, String label) {
        this.id = id;
        this.label = label;
    }

    /** Whether this is the C program. */
    public boolean isC() {
        return this == C || this == C_SYSTEM;
    }

    /**
     * Whether this is neither PanaMQ nor C on the same library, so that its failure is not ours.
     */
    public boolean isForeign() {
        return this == C_SYSTEM || this == JEROMQ || this == SOCKET;
    }

    /** Whether this contender can do what the cell measures. */
    public boolean takesPart(Cell cell) {
        boolean large = cell.size() >= 32 * 1024;
        boolean pipeline = cell.pattern() == Pattern.PUSH_PULL;
        return switch (this) {
            case SOCKET -> pipeline && cell.transport().isTcp() && large;
            case PANAMQ_BATCH -> pipeline && !large;
            default -> true;
        };
    }

    /** Returns the contender with this id. */
    public static Contender of(String id) {
        for (Contender contender : values()) {
            if (contender.id.equals(id)) {
                return contender;
            }
        }
        String known = Arrays.stream(values()).map(c -> c.id).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("no contender " + id + ": there are " + known);
    }
}
