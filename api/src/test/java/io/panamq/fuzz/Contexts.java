// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Context;
import io.panamq.Zmq;
import java.time.Duration;
import java.util.List;

/** Makes contexts, and shuts them down and closes them under their sockets. */
final class Contexts {
    static final Duration PATIENCE = Duration.ofSeconds(5);

    static final List<Operation> ALL =
            List.of(
                    Operation.legal("context-create", 1, Contexts::random),
                    Operation.legal("context-shutdown", 1, Contexts::shutdown),
                    Operation.legal("context-close", 2, Contexts::close),
                    Operation.illegal("context-builder", 1, Contexts::badBuilder),
                    Operation.legal("context-ask", 2, Contexts::ask));

    private static final int MANY = 500;

    private Contexts() {}

    static Context random(Worker worker) {
        Draw draw = worker.draw;
        Context context =
                Context.builder()
                        .ioThreads(draw.oneIn(10) ? draw.below(3) : 1)
                        .maxSockets(draw.oneIn(10) ? few(1 + draw.below(6)) : MANY)
                        .ipv6(draw.oneIn(10))
                        .linger(Duration.ofMillis(draw.oneIn(4) ? draw.below(10) : 0))
                        .batchSize(draw.oneIn(4) ? 256 + draw.below(100_000) : 65_536)
                        .build();
        worker.world.allContexts.add(context);
        worker.world.contexts.set(draw.below(worker.world.contexts.length()), context);
        return context;
    }

    private static int few(int count) {
        return Unmended.PENDING_TERM.isLeftOut() ? MANY : count;
    }

    /** Shuts down a context. Mostly replaces it, because nothing can be done with it afterwards. */
    private static void shutdown(Worker worker) {
        worker.context().shutdown();
        if (!worker.draw.oneIn(4)) {
            random(worker);
        }
    }

    /** Closes a context at once, or with time to linger. */
    private static void close(Worker worker) {
        Context context = worker.context();
        if (worker.draw.coin()) {
            context.close();
        } else {
            context.close(Duration.ofMillis(worker.draw.below(3) * 200L));
        }
    }

    private static void badBuilder(Worker worker) {
        int bad = worker.draw.of(List.of(-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 2_000_000_000));
        Context.Builder builder = Context.builder();
        switch (worker.draw.below(5)) {
            case 0 -> builder.ioThreads(bad);
            case 1 -> builder.maxSockets(bad);
            case 2 -> builder.batchSize(bad);
            case 3 -> builder.linger(Duration.ofMillis(-1));
            default -> builder.closeTimeout(Duration.ofNanos(-1));
        }
    }

    private static void ask(Worker worker) {
        worker.note(Zmq.version());
        Context context = worker.context();
        if (context.isClosed() != context.toString().contains("closed") && !context.isClosed()) {
            throw new AssertionError("closed or not: " + context);
        }
    }
}
