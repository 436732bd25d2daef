// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Receiver;
import io.panamq.Sender;
import io.panamq.Socket;
import io.panamq.loop.AsyncSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** Streams messages from and to sockets, with other ends that break the rules. */
final class Flows {
    /** Counts the messages that subscribers got. It is never drawn. */
    static final Operation RECEIVED = Operation.legal("flow-received", 0, worker -> {});

    /** Counts the publishers whose messages were all sent. It is never drawn. */
    private static final Operation SENT = Operation.legal("flow-sent", 0, worker -> {});

    static final List<Operation> ALL =
            List.of(
                    RECEIVED,
                    SENT,
                    Asyncs.or(Operation.legal("flow-subscribe", 8, Flows::subscribe))
                            .orThrow(NullPointerException.class),
                    Asyncs.or(Operation.legal("flow-stream", 5, Flows::stream)),
                    Operation.legal("flow-request", 20, Flows::request),
                    Operation.legal("flow-cancel", 5, Flows::cancel),
                    Asyncs.or(Operation.legal("flow-send", 6, Flows::send))
                            .orThrow(NullPointerException.class));

    private Flows() {}

    private static void subscribe(Worker worker) {
        AsyncSocket async = Asyncs.async(worker, Receiver.class);
        World world = worker.world;
        if (worker.draw.oneIn(16)) {
            async.publisher().subscribe(null);
        } else if (worker.draw.coin()) {
            async.publisher().subscribe(new Demand<>(worker, world.allMessages::add));
        } else {
            async.multipartPublisher().subscribe(new Demand<>(worker, world.allMultiparts::add));
        }
    }

    /** Streams through two connected sockets. */
    private static void stream(Worker worker) {
        Guest guest = Loops.guest(worker);
        Socket[] both = Sockets.pair(worker, guest.context());
        int from = both[0] instanceof Sender && both[1] instanceof Receiver ? 0 : 1;
        AsyncSocket source = AsyncSocket.on(guest.loop(), both[from]);
        worker.put(worker.world.asyncs, source);
        AsyncSocket target = AsyncSocket.on(guest.loop(), both[1 - from]);
        worker.put(worker.world.asyncs, target);
        World world = worker.world;
        target.publisher().subscribe(new Demand<>(worker, world.allMessages::add));
        sendAll(worker, source, new Supply(worker));
    }

    private static void sendAll(Worker worker, AsyncSocket async, Supply supply) {
        CompletableFuture<Void> all = async.sendAll(supply);
        var unused = all.thenRun(() -> worker.countSuccess(SENT));
        Asyncs.track(worker, all);
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
        AsyncSocket async = Asyncs.async(worker, Sender.class);
        if (worker.draw.oneIn(3)) {
            // Streams from socket to socket, for as long as both live.
            AsyncSocket from = Asyncs.async(worker, Receiver.class);
            Asyncs.track(worker, async.sendAll(from.publisher()));
            return;
        }
        if (worker.draw.oneIn(3)) {
            Asyncs.async(worker, Receiver.class)
                    .multipartPublisher()
                    .subscribe(async.multipartSubscriber());
            return;
        }
        Supply supply = new Supply(worker);
        if (worker.draw.coin()) {
            sendAll(worker, async, supply);
        } else {
            supply.subscribe(async.subscriber());
        }
    }
}
