// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Who takes part. */
enum Contender {
    C("c", "C"),
    C_SYSTEM("c-system", "C, system's libzmq"),
    JEROMQ("jeromq", "JeroMQ"),
    PANAMQ("panamq", "PanaMQ"),
    SOCKET("socket", "plain socket");

    /** On the command line and in the JSON. */
    final String id;

    /** For people. */
    final String label;

    Contender(String id, String label) {
        this.id = id;
        this.label = label;
    }

    boolean isC() {
        return this == C || this == C_SYSTEM;
    }

    /** Whether it can do what the cell measures. */
    boolean takesPart(Cell cell) {
        return this != SOCKET
                || (cell.pattern() == Pattern.PUSH_PULL
                        && cell.transport().tcp()
                        && cell.size() >= 32 * 1024);
    }

    static Contender of(String id) {
        for (Contender contender : values()) {
            if (contender.id.equals(id)) {
                return contender;
            }
        }
        String known = Arrays.stream(values()).map(c -> c.id).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("no contender " + id + ": there are " + known);
    }
}
