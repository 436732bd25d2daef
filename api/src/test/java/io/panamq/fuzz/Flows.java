// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.AsyncSocket;
import java.util.List;
import java.util.concurrent.Flow;

/** Streams from and to sockets, whose other ends keep no rule. */
final class Flows {
    static final List<Operation> ALL =
            List.of(
                    Asyncs.or(Operation.legal("flow-subscribe", 8, Flows::subscribe))
                            .orThrow(NullPointerException.class),
                    Operation.legal("flow-request", 20, Flows::request),
                    Operation.legal("flow-cancel", 5, Flows::cancel),
                    Asyncs.or(Operation.legal("flow-send", 6, Flows::send))
                            .orThrow(NullPointerException.class));

    private Flows() {}

    private static void subscribe(Worker worker) {
        AsyncSocket async = Asyncs.async(worker);
        World world = worker.world;
        if (worker.draw.oneIn(16)) {
            async.publisher().subscribe(null);
        } else if (worker.draw.coin()) {
            async.publisher().subscribe(new Demand<>(worker, world.allMessages::add));
        } else {
            async.multipartPublisher().subscribe(new Demand<>(worker, world.allMultiparts::add));
        }
    }

    private static void request(Worker worker) {
        Flow.Subscription subscription = worker.pick(worker.world.subscriptions);
        if (subscription != null) {
            subscription.request(some(worker.draw));
        }
    }

    static long some(Draw draw) {
        return switch (draw.below(16)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> Long.MAX_VALUE;
            default -> 1 + draw.below(4);
        };
    }

    private static void cancel(Worker worker) {
        Flow.Subscription subscription = worker.pick(worker.world.subscriptions);
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private static void send(Worker worker) {
        AsyncSocket async = Asyncs.async(worker);
        Supply supply = new Supply(worker);
        if (worker.draw.coin()) {
            Asyncs.known(worker, async.sendAll(supply));
        } else {
            supply.subscribe(async.subscriber());
        }
    }
}
