// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Receiver;
import io.panamq.ReceivingSocket;
import io.panamq.Sender;
import io.panamq.Socket;
import io.panamq.error.ZmqException;
import io.panamq.loop.EventLoop;
import io.panamq.loop.LoopTimer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * Uses event loops: handlers throw and do anything, and any thread stops loops and uses them on.
 */
final class Loops {
    /**
     * The exceptions that handlers of a loop may throw: all that a call on its thread may throw.
     */
    static final Operation FAILURES =
            Operation.illegal("handler", 0, worker -> {})
                    .orThrow(IndexOutOfBoundsException.class)
                    .orThrow(NullPointerException.class)
                    .orThrow(UnsupportedOperationException.class)
                    .orThrow(RejectedExecutionException.class);

    static final List<Operation> ALL =
            List.of(
                    Operation.legal("loop-open", 2, Loops::open),
                    Operation.legal("loop-execute", 25, Loops::execute)
                            .orThrow(RejectedExecutionException.class),
                    Operation.legal("loop-schedule", 6, Loops::schedule)
                            .orThrow(RejectedExecutionException.class),
                    Operation.legal("loop-timer", 4, Loops::timer),
                    Operation.legal("loop-on", 20, Loops::on)
                            .orThrow(RejectedExecutionException.class),
                    Operation.illegal("loop-on-elsewhere", 3, w -> on(w, guest(w)))
                            .orThrow(NullPointerException.class),
                    Operation.legal("loop-stop", 2, Loops::stop),
                    Operation.legal("loop-await", 3, Loops::await),
                    Operation.legal("loop-abandoned", 2, Loops::abandoned),
                    Operation.legal("loop-brief", 1, Loops::brief)
                            .orThrow(RejectedExecutionException.class));

    /** How many loops may live at a time, because threads are expensive. */
    private static final int MOST = 4;

    private Loops() {}

    private static Guest open(Worker worker) {
        List<Guest> alive =
                worker.world.allGuests.stream().filter(each -> !each.loop().isStopped()).toList();
        if (alive.size() >= MOST) {
            return worker.draw.of(alive);
        }
        Guest guest = new Guest(worker, worker.context());
        worker.world.allGuests.add(guest);
        worker.put(worker.world.guests, guest);
        return guest;
    }

    /** Makes a loop that nobody else knows, and closes it. */
    private static void brief(Worker worker) {
        try (EventLoop loop = EventLoop.create(worker.context())) {
            loop.execute(() -> {});
        }
    }

    static Guest guest(Worker worker) {
        Guest guest = worker.pick(worker.world.guests);
        if (guest == null || (guest.loop().isStopped() && !worker.draw.oneIn(8))) {
            guest = open(worker);
        }
        worker.note(guest.loop());
        return guest;
    }

    /** Returns a socket for a loop: a connected one, or one that the loop may have to refuse. */
    static Socket socket(Worker worker, Guest guest) {
        return worker.draw.oneIn(6) ? worker.socket() : fresh(worker, guest);
    }

    /** Returns one of two connected sockets, with something to receive if it can receive. */
    private static Socket fresh(Worker worker, Guest guest) {
        Socket[] both = Sockets.pair(worker, guest.context());
        int ours = worker.draw.below(2);
        if (both[1 - ours] instanceof Sender peer) {
            feed(worker, peer);
        }
        return worker.note(both[ours]);
    }

    private static void feed(Worker worker, Sender peer) {
        try {
            for (int i = worker.draw.below(6); i > 0; i--) {
                peer.trySend(worker.draw.bytes(worker.draw.below(40)));
            }
        } catch (ZmqException | IllegalArgumentException e) {
            // The socket has no peer, it is not its turn, or one frame is not enough.
            worker.note("not fed");
        }
    }

    private static void execute(Worker worker) {
        Guest guest = guest(worker);
        boolean throwing = worker.draw.oneIn(8);
        guest.loop()
                .execute(
                        () -> {
                            guest.performAny();
                            if (throwing) {
                                throw new Operation.Planned();
                            }
                        });
    }

    private static void schedule(Worker worker) {
        Guest guest = guest(worker);
        Duration delay = Duration.ofNanos(worker.draw.below(3_000_000));
        LoopTimer timer =
                worker.draw.coin()
                        ? guest.loop().schedule(delay, guest::performAny)
                        : guest.loop().scheduleAtFixedRate(delay, delay, guest::performAny);
        worker.put(worker.world.timers, timer);
    }

    private static void timer(Worker worker) {
        LoopTimer timer = worker.pick(worker.world.timers);
        if (timer != null) {
            worker.note(timer.isCancelled());
            if (worker.draw.coin()) {
                Duration interval = Duration.ofNanos(worker.draw.below(3_000_000));
                worker.note(worker.draw.coin() ? timer.reset() : timer.setInterval(interval));
                return;
            }
            timer.cancel();
            if (!timer.isCancelled()) {
                throw new AssertionError(timer + " is not cancelled");
            }
        }
    }

    /** Adds a socket to a loop that belongs to this thread, to no thread, or to another thread. */
    private static void on(Worker worker) {
        Guest guest = guest(worker);
        Socket socket = socket(worker, guest);
        if (!worker.draw.oneIn(4)) {
            socket.handOver();
        }
        guest.loop().execute(() -> guest.perform(new On(guest, socket).operation()));
    }

    /** Adds a socket to a loop, mostly from a thread where the loop refuses it. */
    private static void on(Worker worker, Guest guest) {
        new On(guest, worker.draw.oneIn(8) ? null : worker.socket()).run(worker);
    }

    private static void stop(Worker worker) {
        EventLoop loop = guest(worker).loop();
        switch (worker.draw.below(3)) {
            case 0 -> loop.stop();
            case 1 -> loop.stopNow();
            default -> loop.close();
        }
    }

    private static void await(Worker worker) {
        worker.note(guest(worker).loop().awaitStopped(worker.draw.anyWait()));
    }

    private static void abandoned(Worker worker) {
        Guest guest = guest(worker);
        EventLoop loop = guest.loop();
        if (loop.isLoopThread() && worker != guest.worker()) {
            throw new AssertionError(loop + " runs on " + Thread.currentThread());
        }
        boolean stopped = loop.isStopped();
        if (!loop.abandoned().isEmpty() && !stopped && !loop.isStopped()) {
            worker.note("stopping");
        }
    }

    /** Gives a socket to a loop in one of several ways. */
    private record On(Guest guest, Socket socket) {
        Operation operation() {
            return Operation.legal("loop-add", 0, this::run)
                    .orThrow(NullPointerException.class)
                    .orThrow(ClassCastException.class);
        }

        void run(Worker worker) {
            EventLoop loop = guest.loop();
            switch (worker.draw.below(5)) {
                case 0 ->
                        worker.put(
                                worker.world.items,
                                loop.onReady(
                                        socket,
                                        item -> guest.performAny(),
                                        Pollers.event(worker.draw),
                                        Pollers.events(worker.draw)));
                case 1 ->
                        worker.put(
                                worker.world.items,
                                loop.onReady(
                                        Pollers.descriptor(worker.draw),
                                        item -> item.remove(),
                                        Pollers.event(worker.draw),
                                        Pollers.events(worker.draw)));
                case 2 ->
                        worker.put(
                                worker.world.items,
                                loop.onEvent(
                                        Monitors.monitor(worker), event -> guest.performAny()));
                case 3 ->
                        worker.put(
                                worker.world.items,
                                loop.onMultipart(
                                        receiver(socket),
                                        frames -> guest.perform(handling(w -> w.keep(frames)))));
                default ->
                        worker.put(
                                worker.world.items, loop.onMessage(receiver(socket), this::frame));
            }
        }

        private void frame(io.panamq.Message frame) {
            Receiver receiver = (Receiver) socket;
            guest.perform(handling(w -> Batches.handle(w, receiver, frame)));
            if (guest.worker().draw.oneIn(8)) {
                throw new Operation.Planned();
            }
        }

        private static Operation handling(Operation.Action action) {
            return Operation.legal("loop-handle", 0, action)
                    .orThrow(IndexOutOfBoundsException.class);
        }
    }

    /** Returns null if the socket cannot receive. */
    private static ReceivingSocket receiver(Socket socket) {
        return socket instanceof ReceivingSocket receiving ? receiving : null;
    }
}
