// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import java.util.List;
import java.util.stream.Stream;

/** All that a thread may do, by weight. */
final class Operations {
    /** Legal, so that messages flow: each thread starts with it. */
    static final Operation PAIR = Operation.legal("pair", 30, Sockets::pair);

    static final List<Operation> ALL =
            Stream.of(
                            List.of(PAIR),
                            Contexts.ALL,
                            Sockets.ALL,
                            Endpoints.ALL,
                            Options.ALL,
                            Sends.ALL,
                            Receives.ALL,
                            Batches.ALL,
                            Messages.ALL,
                            Multiparts.ALL,
                            Memory.ALL,
                            Hostile.ALL,
                            Threads.ALL)
                    .flatMap(List::stream)
                    .toList();

    private static final int TOTAL = ALL.stream().mapToInt(Operation::weight).sum();

    private Operations() {}

    static Operation draw(Draw draw) {
        int left = draw.below(TOTAL);
        for (Operation operation : ALL) {
            left -= operation.weight();
            if (left < 0) {
                return operation;
            }
        }
        throw new AssertionError("the weights have another sum");
    }
}
