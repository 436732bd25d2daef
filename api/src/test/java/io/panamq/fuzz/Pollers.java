// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Context;
import io.panamq.Internals;
import io.panamq.PollEvent;
import io.panamq.PollItem;
import io.panamq.Poller;
import io.panamq.Receiver;
import io.panamq.SocketMonitor;
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
        boolean draft = worker.draw.oneIn(3) && Internals.hasDraftPoller();
        Context context = worker.context();
        keep(
                worker,
                context,
                worker.draw.coin() ? context.poller() : Internals.poller(context, draft));
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

    private static void add(Worker worker) {
        Poller poller = poller(worker);
        PollItem item = poller.add(worker.socket(), worker, events(worker.draw));
        worker.put(worker.world.items, item);
    }

    /** Returns a descriptor that may be open or not. It is only looked at. */
    static int descriptor(Draw draw) {
        return draw.of(List.of(draw.below(64), draw.below(4_000), 1 << 20, Integer.MAX_VALUE, -1));
    }

    private static void addDescriptor(Worker worker) {
        int fd = descriptor(worker.draw);
        PollItem item = poller(worker).add(worker.note(fd), worker, events(worker.draw));
        worker.put(worker.world.items, item);
    }

    private static void addMonitor(Worker worker) {
        SocketMonitor monitor = Monitors.monitor(worker);
        worker.put(worker.world.items, poller(worker).add(monitor, worker));
    }

    private static void addNothing(Worker worker) {
        Poller poller = poller(worker);
        switch (worker.draw.below(4)) {
            case 0 -> poller.add((io.panamq.Socket) null, worker);
            case 1 -> poller.add((SocketMonitor) null).attach(worker);
            case 2 -> poller.add(worker.socket(), null);
            default -> poller.poll((Duration) null);
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
            use(worker, item);
        }
    }

    private static void use(Worker worker, PollItem item) {
        switch (worker.draw.below(10)) {
            case 0 -> item.remove();
            case 1 -> item.watch(events(worker.draw));
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
        if (item.isReadable() && item.attachment() == null) {
            throw new AssertionError("nothing is attached to " + item);
        }
        worker.note(item.isReady(PollEvent.ERROR));
    }

    /** Uses an item of any poller, early or late. */
    private static void item(Worker worker) {
        PollItem item = worker.pick(worker.world.items);
        if (item == null) {
            return;
        }
        worker.note(item);
        switch (worker.draw.below(4)) {
            case 0 -> item.remove();
            case 1 -> item.watch(events(worker.draw));
            case 2 -> {
                if (item.socket() == null == (item.monitor() == null) && item.fd() < 0) {
                    throw new AssertionError("what is " + item);
                }
            }
            default -> ask(worker, item);
        }
    }
}
