// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Lists all operations, and draws one by weight. */
final class Operations {
    /** Opens connected sockets, so that messages flow. Each thread starts with it. */
    static final Operation PAIR = Operation.legal("pair", 30, Sockets::pair);

    /** The names of operations to leave out, to find a guilty one or to spare a library. */
    private static final Set<String> WITHOUT =
            Set.of(System.getProperty("panamq.fuzz.without", "").split(","));

    static final List<Operation> ALL =
            Stream.of(
                            List.of(PAIR),
                            Contexts.ALL,
                            Sockets.ALL,
                            Endpoints.ALL,
                            Options.ALL,
                            Sends.ALL,
                            OneShots.ALL,
                            Receives.ALL,
                            Batches.ALL,
                            Messages.ALL,
                            Multiparts.ALL,
                            Memory.ALL,
                            Hostile.ALL,
                            Threads.ALL,
                            Pollers.ALL,
                            Monitors.ALL,
                            Loops.ALL,
                            Asyncs.ALL,
                            Flows.ALL,
                            Fronts.ALL,
                            OwnMethods.ALL,
                            Drafts.ALL,
                            Authenticators.ALL,
                            Proxies.ALL,
                            Fault.PLANTED)
                    .flatMap(List::stream)
                    .filter(operation -> !WITHOUT.contains(operation.name()))
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
