// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.BulkSender;
import io.panamq.Context;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.ReceivingSocket;
import io.panamq.SendingSocket;
import io.panamq.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A thread of an episode. It draws operations and performs them, mostly on its own objects,
 * sometimes on objects of others. A worker may also be a guest on the thread of an event loop, see
 * {@link Guest}.
 */
final class Worker implements Runnable, Watchdog.Watched {
    private static final ThreadLocal<Worker> CURRENT = new ThreadLocal<>();

    final World world;
    final Draw draw = new Draw();
    private final Fuzzer.Run run;
    private final long episode;
    private final int number;
    private final int count;
    private final Journal journal;
    private final Phaser phaser;
    private final int of;
    private final List<Runnable> atEnd = new ArrayList<>();

    /** How to give up what a guest used, before it leaves; null for all other workers. */
    private final List<Runnable> used;

    private Thread thread;
    private final AtomicReference<Watchdog.Doing> doing = new AtomicReference<>();

    Worker(Fuzzer.Run run, World world, long episode, int number, int of, Phaser phaser) {
        this.run = run;
        this.world = world;
        this.episode = episode;
        this.number = number;
        this.of = of;
        this.phaser = phaser;
        this.count = run.operationsPerWorker();
        this.journal = run.journal(number);
        this.used = null;
    }

    /** Creates a guest. */
    private Worker(Worker host, Journal journal) {
        this.run = host.run;
        this.world = host.world;
        this.episode = host.episode;
        this.number = Journal.GUESTS;
        this.of = host.of;
        this.phaser = null;
        this.count = 0;
        this.journal = journal;
        this.used = new ArrayList<>();
        draw.seed(host.draw.any(), episode, number, 0);
    }

    /** Returns a guest on a thread that is not known yet. */
    Worker newGuest() {
        return new Worker(this, run.journal(Journal.GUESTS));
    }

    void watch() {
        run.watchdog().watch(List.of(this));
    }

    void forget() {
        run.watchdog().forget(List.of(this));
    }

    boolean isGuest() {
        return used != null;
    }

    /**
     * Gives up everything that a guest used, because its thread may have ended before its next
     * task.
     */
    void leave() {
        runWholly(
                () -> {
                    runEndActions();
                    used.forEach(Worker::ignoreOwner);
                    used.clear();
                });
    }

    private void runEndActions() {
        while (!atEnd.isEmpty()) {
            atEnd.removeLast().run();
        }
    }

    /**
     * Runs the steps again if the JVM reports a cut file only now, see {@link Operation#expects}.
     */
    private static void runWholly(Runnable steps) {
        for (int left = 3; left > 0; left--) {
            try {
                steps.run();
                return;
            } catch (InternalError e) {
                if (left == 1) {
                    throw e;
                }
            }
        }
    }

    void start(boolean virtual) {
        var builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
        thread = builder.name("fuzz-" + number).unstarted(this);
        thread.start();
    }

    @Override
    public void run() {
        try {
            for (int i = 0; i < count && !run.findings().isEnough(); i++) {
                draw.seed(run.seed(), episode, number, i);
                perform(i < 2 ? Operations.PAIR : Operations.draw(draw), i);
            }
        } finally {
            // From here on nobody hands anything over, so each object has an owner who closes it.
            phaser.arriveAndAwaitAdvance();
            perform(PROBE_LOOPS, count);
            perform(PROBE_FRONTS, count);
            phaser.arriveAndAwaitAdvance();
            perform(END_LOOPS, count);
            phaser.arriveAndAwaitAdvance();
            perform(SWEEP, count);
            phaser.arriveAndDeregister();
        }
    }

    private static final Operation PROBE_LOOPS =
            Operation.legal("probe-loops", 0, worker -> worker.world.probeLoops());

    private static final Operation PROBE_FRONTS =
            Operation.legal("probe-fronts", 0, worker -> worker.world.probeFronts());

    private static final Operation END_LOOPS =
            Operation.legal("end-loops", 0, worker -> worker.world.endLoops());

    private static final Operation SWEEP = Operation.legal("sweep", 0, Worker::closeAll);

    /**
     * Returns the worker that performs an operation on this thread. What another worker registered,
     * such as the action of a poll item, is done by this one, which gives up what it gets.
     */
    static Worker current() {
        return CURRENT.get();
    }

    void perform(Operation operation, int index) {
        journal.begin("episode " + episode + " #" + index + " " + operation.name());
        doing.set(Watchdog.Doing.now(operation.name() + ", episode " + episode));
        String outcome = "ok";
        Worker before = CURRENT.get();
        CURRENT.set(this);
        try {
            operation.action().run(this);
        } catch (Throwable thrown) {
            outcome = thrown.getClass().getSimpleName();
            if (!operation.expects(thrown)) {
                report(where(operation, index), thrown);
            }
        } finally {
            CURRENT.set(before);
            doing.set(null);
        }
        run.findings().countOutcome(operation, outcome);
        journal.note("-> " + outcome);
        if (draw.coin()) {
            Thread.interrupted();
        }
    }

    /** Counts that an operation of an earlier call succeeded. May be called on any thread. */
    void countSuccess(Operation operation) {
        run.findings().countOutcome(operation, "ok");
    }

    /** Reports a failure. May be called on any thread. */
    void report(String where, Throwable thrown) {
        run.findings().add(where, thrown.toString(), thrown);
    }

    private String where(Operation operation, int index) {
        return "episode " + episode + " thread " + number + " #" + index + " " + operation.name();
    }

    private void closeAll() {
        runWholly(
                () -> {
                    runEndActions();
                    closeOwn(world);
                });
    }

    /** Closes all objects that this thread owns, or that have no owner. */
    static void closeOwn(World world) {
        for (Multipart multipart : world.allMultiparts) {
            ignoreOwner(multipart::close);
        }
        for (Message message : world.allMessages) {
            ignoreOwner(message::close);
        }
    }

    static void ignoreOwner(Runnable close) {
        try {
            close.run();
        } catch (WrongThreadException | IllegalStateException e) {
            // The owner closes it, or the socket whose batch it belongs to.
        }
    }

    // ---- for the watchdog

    @Override
    public Watchdog.Doing doing() {
        return doing.get();
    }

    /** Notes that something ends this call, if it still goes on. May be called on any thread. */
    void markEnding(Watchdog.Doing call, String how) {
        boolean ignored = doing.compareAndSet(call, call.endedBy(how));
    }

    @Override
    public Thread thread() {
        return thread;
    }

    // ---- for the operations

    /** Writes the value into the journal, before the call that uses it. */
    <T> T note(T value) {
        journal.note(String.valueOf(value));
        return value;
    }

    /** Runs the action on this thread at the end, when nobody uses anything any more. */
    void atEnd(Runnable action) {
        atEnd.add(action);
    }

    void later(long micros, Runnable action) {
        run.later(micros, action);
    }

    Rescue rescue() {
        return new Rescue(this);
    }

    /** Sets the current thread, which differs between the tasks of a guest. */
    void enter(Thread current) {
        thread = current;
    }

    /** Returns a place of this thread three times out of four, and any place otherwise. */
    int place(int places) {
        int any = draw.below(places);
        return draw.below(4) == 0 ? any : any / of * of % places + number % of;
    }

    <T> T pick(AtomicReferenceArray<T> places) {
        return places.get(place(places.length()) % places.length());
    }

    <T> void put(AtomicReferenceArray<T> places, T value) {
        places.set(place(places.length()) % places.length(), value);
    }

    /** Returns a context, mostly an open one. */
    Context context() {
        Context context = world.contexts.get(draw.below(world.contexts.length()));
        if (context == null || (context.isClosed() && !draw.oneIn(4))) {
            context = Contexts.random(this);
        }
        return context;
    }

    Socket socket() {
        Socket socket = pick(world.sockets);
        if (socket == null || (socket.isClosed() && !draw.oneIn(4))) {
            socket = Sockets.open(this);
        }
        return note(socket);
    }

    SendingSocket sender() {
        for (int i = 0; i < 8; i++) {
            if (pick(world.sockets) instanceof SendingSocket sender) {
                return note(sender);
            }
        }
        return note((SendingSocket) Sockets.open(this, draw.of(Sockets.SENDERS)));
    }

    ReceivingSocket receiver() {
        for (int i = 0; i < 8; i++) {
            if (pick(world.sockets) instanceof ReceivingSocket receiver) {
                return note(receiver);
            }
        }
        return note((ReceivingSocket) Sockets.open(this, draw.of(Sockets.RECEIVERS)));
    }

    /** Returns the view of a sender, which may have been kept for long. */
    BulkSender bulkSender() {
        BulkSender kept = pick(world.bulkSenders);
        if (kept != null && draw.oneIn(8)) {
            return kept;
        }
        BulkSender bulk = sender().bulkSender();
        put(world.bulkSenders, bulk);
        return bulk;
    }

    /** Returns a message in any state. */
    Message message() {
        Message message = pick(world.messages);
        return message == null || draw.oneIn(16)
                ? keep(Messages.random(this))
                : note(releaseLater(message));
    }

    /** Registers the message, so that it is closed even if filling it fails. */
    Multipart register(Multipart multipart) {
        world.allMultiparts.add(multipart);
        return releaseLater(multipart);
    }

    private Message releaseLater(Message message) {
        if (used != null) {
            used.add(message::handOver);
        }
        return message;
    }

    private Multipart releaseLater(Multipart multipart) {
        if (used != null) {
            used.add(() -> giveUp(multipart));
        }
        return multipart;
    }

    /** Releases the message, or closes it if it has frames of other threads. */
    private static void giveUp(Multipart multipart) {
        try {
            multipart.handOver();
        } catch (WrongThreadException | IllegalStateException e) {
            multipart.close();
        }
    }

    /** Returns a message that mostly has content, if it belongs to this thread. */
    Message filled() {
        Message message = message();
        if (draw.oneIn(8)) {
            return message;
        }
        if (Messages.isClosed(message)) {
            return keep(Messages.random(this));
        }
        try {
            long size = message.size();
            assert size >= 0;
        } catch (IllegalStateException e) {
            message.prepare(draw.size());
        }
        return message;
    }

    /** Keeps the message for other operations, and closes it at the end. */
    Message keep(Message message) {
        world.allMessages.add(message);
        put(world.messages, message);
        return releaseLater(message);
    }

    Multipart multipart() {
        Multipart multipart = pick(world.multiparts);
        return multipart == null || draw.oneIn(8)
                ? keep(Multiparts.random(this))
                : note(releaseLater(multipart));
    }

    Multipart keep(Multipart multipart) {
        put(world.multiparts, multipart);
        return register(multipart);
    }
}
