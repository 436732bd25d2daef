// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Who takes part. */
public enum Contender {
    C("c", "C"),
    C_SYSTEM("c-system", "C, system's libzmq"),
    JEROMQ("jeromq", "JeroMQ"),
    PANAMQ("panamq", "PanaMQ"),
    PANAMQ_BATCH("panamq-batch", "PanaMQ, batches"),
    SOCKET("socket", "plain socket");

    /** On the command line and in the JSON. */
    public final String id;

    /** For people. */
    public final String label;

    Contender(String id, String label) {
        this.id = id;
        this.label = label;
    }

    public boolean isC() {
        return this == C || this == C_SYSTEM;
    }

    /** Neither PanaMQ nor C on the same library: nothing of ours is wrong when it fails. */
    public boolean foreign() {
        return this == C_SYSTEM || this == JEROMQ || this == SOCKET;
    }

    /** Whether it can do what the cell measures. */
    public boolean takesPart(Cell cell) {
        boolean large = cell.size() >= 32 * 1024;
        boolean pipeline = cell.pattern() == Pattern.PUSH_PULL;
        return switch (this) {
            case SOCKET -> pipeline && cell.transport().tcp() && large;
            case PANAMQ_BATCH -> pipeline && !large;
            default -> true;
        };
    }

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
