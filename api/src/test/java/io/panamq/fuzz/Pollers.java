// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Context;
import io.panamq.Internals;
import io.panamq.PollEvent;
import io.panamq.PollItem;
import io.panamq.Poller;
import io.panamq.Receiver;
import io.panamq.Socket;
import io.panamq.SocketMonitor;
import io.panamq.internal.poll.PollMethod;
import io.panamq.support.WithPoller;
import java.time.Duration;
import java.util.List;

/** Uses both kinds of pollers: registrations change and sockets close while a thread polls. */
final class Pollers {
    static final List<Operation> ALL =
            List.of(
                    Operation.legal("poller-open", 4, Pollers::open),
                    Operation.legal("poller-add", 20, Pollers::add),
                    Operation.legal("poller-add-fd", 8, Pollers::addDescriptor),
                    Operation.legal("poller-add-monitor", 5, Pollers::addMonitor),
                    Operation.illegal("poller-add-null", 2, Pollers::addNothing)
                            .orThrow(NullPointerException.class),
                    Operation.legal("poller-poll", 25, Pollers::poll)
                            .orThrow(IndexOutOfBoundsException.class),
                    Operation.legal("poller-blocked", 5, Pollers::blocked)
                            .orThrow(IndexOutOfBoundsException.class),
                    Operation.legal("poller-wakeup", 8, worker -> poller(worker).wakeup()),
                    Operation.legal("poller-release", 6, worker -> poller(worker).handOver()),
                    Operation.legal("poller-close", 4, worker -> poller(worker).close()),
                    Operation.legal("poll-item", 12, Pollers::item));

    private Pollers() {}

    private static void open(Worker worker) {
        Context context = worker.context();
        List<PollMethod> methods = WithPoller.methods().toList();
        PollMethod method = methods.get(worker.draw.below(methods.size()));
        keep(
                worker,
                context,
                worker.draw.coin() ? context.poller() : Internals.poller(context, method));
    }

    private static Poller keep(Worker worker, Context context, Poller poller) {
        worker.world.homes.put(poller, context);
        worker.put(worker.world.pollers, poller);
        return poller;
    }

    private static Poller poller(Worker worker) {
        Poller poller = worker.pick(worker.world.pollers);
        if (poller == null || (poller.isClosed() && !worker.draw.oneIn(4))) {
            Context context = worker.context();
            poller = keep(worker, context, context.poller());
        }
        return worker.note(poller);
    }

    static PollEvent[] events(Draw draw) {
        return switch (draw.below(10)) {
            case 0 -> new PollEvent[0];
            case 1 -> new PollEvent[] {PollEvent.ERROR};
            case 2 -> PollEvent.values();
            case 3 -> new PollEvent[] {PollEvent.IN, PollEvent.OUT};
            case 4 -> new PollEvent[] {PollEvent.OUT};
            default -> new PollEvent[] {PollEvent.IN};
        };
    }

    static PollEvent event(Draw draw) {
        return draw.oneIn(8) ? draw.of(List.of(PollEvent.values())) : PollEvent.IN;
    }

    private static void add(Worker worker) {
        Poller poller = poller(worker);
        Draw draw = worker.draw;
        keep(worker, poller.add(worker.socket(), event(draw), events(draw)));
    }

    /** Gives the item an action that may change, remove or close this item or any other. */
    private static void keep(Worker worker, PollItem item) {
        if (!worker.draw.oneIn(8)) {
            PollItem returned = item.attach(worker).onReady(() -> act(item));
            assert returned == item;
        }
        worker.put(worker.world.items, item);
    }

    /** Does something on the thread that polls, or runs the action, which may be any. */
    private static void act(PollItem ready) {
        Worker worker = Worker.current();
        PollItem other = worker.pick(worker.world.items);
        use(worker, other == null || worker.draw.coin() ? ready : other);
        if (worker.draw.oneIn(8)) {
            throw new Operation.Planned();
        }
    }

    /** Returns a descriptor that may be open or not. It is only looked at. */
    static int descriptor(Draw draw) {
        return draw.of(List.of(draw.below(64), draw.below(4_000), 1 << 20, Integer.MAX_VALUE, -1));
    }

    private static void addDescriptor(Worker worker) {
        int fd = descriptor(worker.draw);
        Draw draw = worker.draw;
        keep(worker, poller(worker).add(worker.note(fd), event(draw), events(draw)));
    }

    private static void addMonitor(Worker worker) {
        SocketMonitor monitor = Monitors.monitor(worker);
        keep(worker, poller(worker).add(monitor));
    }

    private static void addNothing(Worker worker) {
        Poller poller = poller(worker);
        PollItem item = worker.pick(worker.world.items);
        switch (worker.draw.below(item == null ? 5 : 10)) {
            case 0 -> poller.add((Socket) null, PollEvent.IN);
            case 1 -> poller.add((SocketMonitor) null);
            case 2 -> poller.add(worker.socket(), null);
            case 3 -> poller.add(worker.socket(), PollEvent.IN, (PollEvent) null);
            case 4 -> poller.poll((Duration) null);
            case 5 -> item.attach(null);
            case 6 -> item.attach(PollEvent.IN);
            case 7 -> item.onReady(null);
            case 8 -> item.watch(null);
            default -> worker.note(item.isReady(null));
        }
    }

    private static void poll(Worker worker) {
        Poller poller = poller(worker);
        worker.note(poller.size());
        int found = worker.draw.coin() ? poller.tryPoll() : poller.poll(worker.draw.anyWait());
        handle(worker, poller, found);
    }

    private static void blocked(Worker worker) {
        Poller poller = poller(worker);
        worker.rescue().of(worker.world.homes.get(poller), poller::close, poller::wakeup);
        handle(worker, poller, poller.poll());
    }

    private static void handle(Worker worker, Poller poller, int found) {
        int count = worker.draw.oneIn(16) ? found + 1 : found;
        for (int i = 0; i < count; i++) {
            PollItem item = poller.ready().get(i);
            worker.put(worker.world.items, item);
            if (worker.draw.coin()) {
                item.run();
            } else {
                use(worker, item);
            }
        }
    }

    private static void use(Worker worker, PollItem item) {
        switch (worker.draw.below(12)) {
            case 0 -> item.remove();
            case 1 -> item.watch(event(worker.draw), events(worker.draw));
            case 4 -> item.pause();
            case 5 -> item.resume();
            case 2 -> {
                if (item.socket() != null) {
                    item.socket().close();
                }
            }
            case 3 -> {
                if (item.socket() != null) {
                    item.socket().handOver();
                }
            }
            default -> {
                if (item.isReadable() && item.socket() instanceof Receiver receiver) {
                    receiver.tryReceive().ifPresent(worker::keep);
                }
            }
        }
    }

    private static void ask(Worker worker, PollItem item) {
        worker.note(item.isClosed());
        worker.note(item.isRegistered());
        worker.note(item.isWritable());
        worker.note(item.attachment() != null);
        worker.note(item.isReadable());
        worker.note(item.isReady(PollEvent.ERROR));
    }

    /** Uses an item of any poller, early or late. */
    private static void item(Worker worker) {
        PollItem item = worker.pick(worker.world.items);
        if (item == null) {
            return;
        }
        worker.note(item);
        switch (worker.draw.below(9)) {
            case 0 -> item.remove();
            case 1 -> item.watch(event(worker.draw), events(worker.draw));
            case 3 -> item.pause();
            case 4 -> item.resume();
            case 5 -> item.attach(worker.draw.coin() ? worker : "another");
            case 6 -> item.onReady(() -> act(item));
            case 7 -> item.run();
            case 2 -> {
                if (item.socket() == null == (item.monitor() == null) && item.fd() < 0) {
                    throw new AssertionError("what is " + item);
                }
            }
            default -> ask(worker, item);
        }
    }
}
