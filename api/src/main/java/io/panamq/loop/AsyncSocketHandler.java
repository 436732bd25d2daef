// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import io.panamq.PollEvent;
import io.panamq.PollItem;
import io.panamq.ReceivingSocket;
import io.panamq.Socket;
import io.panamq.internal.guard.StackGuard;
import io.panamq.internal.poll.PollSecrets;
import io.panamq.internal.socket.SocketSecrets;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves the sends, receives and subscriptions that wait for a socket on its loop. On the loop's
 * thread, unless a method says otherwise. A call for which there is no memory leaves the others as
 * they were: see {@link LoopQueue} for the lists.
 */
@SuppressWarnings("JdkObsolete")
final class AsyncSocketHandler extends LoopHandler implements AbandonableTask {
    /** How many sends and receives may wait unless the user says otherwise. */
    static final int MAX_PENDING = 1024;

    /** How many sends and receives that are decided may wait for a busy loop to let go of them. */
    private static final int MOST_DECIDED = MAX_PENDING;

    private static final long MOST_RETRY_MILLIS = 16;

    final Socket socket;

    /** The sends and receives that are not decided. */
    private final AtomicInteger undecided = new AtomicInteger();

    /** The sends and receives that the loop still holds, decided or not. */
    private final AtomicInteger held = new AtomicInteger();

    private final LinkedList<PendingReceive> receives = new LinkedList<>();
    private final LinkedList<SendFuture> sends = new LinkedList<>();

    /** What is told of the end, and why it came. */
    private final Set<Consumer<Throwable>> listeners = new LinkedHashSet<>();

    /** Why the loop did not take the socket, or null. */
    private volatile @Nullable Throwable refusal;

    private @Nullable PollItem item;
    private boolean watchesIn;
    private boolean watchesOut;

    /** The next look for room by the clock, for types whose readiness libzmq cannot tell. */
    private @Nullable LoopTimer retry;

    private long retryMillis;
    private boolean ended;

    AsyncSocketHandler(LoopCore core, Socket socket) {
        super(core);
        this.socket = socket;
    }

    // ---- from any thread

    /** Gives the socket to the loop. */
    void start() {
        StackGuard.require(); // so that a resident that was added is also submitted
        core.addResident(socket, this);
        boolean started = false;
        try {
            socket.handOver();
            submit(this);
            started = true;
        } finally {
            if (!started) {
                core.removeResident(socket, this);
            }
        }
    }

    /** Counts one more send or receive and returns true, unless too many wait. */
    boolean admit(int most) {
        if (undecided.incrementAndGet() <= most) {
            if (held.incrementAndGet() <= (long) most + MOST_DECIDED) {
                return true;
            }
            held.decrementAndGet();
        }
        undecided.decrementAndGet();
        return false;
    }

    /** Takes back what {@link #admit} counted. */
    void dismiss() {
        countDecided();
        countLetGo();
    }

    /** Counts a send or receive as decided. */
    void countDecided() {
        undecided.decrementAndGet();
    }

    /** Counts a send or receive as no longer held. */
    void countLetGo() {
        held.decrementAndGet();
    }

    /** Runs a task on the loop, or tells it that the loop has ended. */
    void submit(AbandonableTask task) {
        try {
            core.execute(task);
        } catch (RejectedExecutionException e) {
            task.abandon();
        }
    }

    /** Runs a task on the loop; does nothing if the loop has ended, which told all listeners. */
    void runLater(Runnable task) {
        try {
            core.execute(task);
        } catch (RejectedExecutionException e) {
            // The loop has ended.
        }
    }

    /** Returns why the socket can do nothing any more. */
    Throwable reasonOfEnd() {
        Throwable refused = refusal;
        return refused == null || socket.isClosed()
                ? SocketSecrets.closedWhile(socket, "an asynchronous call")
                : refused;
    }

    // ---- life

    @Override
    public void run() {
        try {
            PollEvent some = socket instanceof ReceivingSocket ? PollEvent.IN : PollEvent.OUT;
            item = PollSecrets.giveLoopHandler(core.poller.add(socket, some), this);
            item.pause();
        } catch (RuntimeException | Error e) {
            core.report(e);
            refusal = e;
            onEnd();
        }
    }

    @Override
    public void abandon() {
        socket.close();
        onEnd();
    }

    boolean isEnded() {
        return ended;
    }

    void addListener(Consumer<Throwable> listener) {
        listeners.add(listener);
    }

    void removeListener(Consumer<Throwable> listener) {
        listeners.remove(listener);
    }

    @Override
    void onClosed(PollItem closed) {
        onEnd();
    }

    /** Tells all that wait. Each is removed after it was told: an error half-way loses none. */
    @Override
    void onEnd() {
        ended = true;
        if (retry != null) {
            retry.cancel();
        }
        Throwable why = reasonOfEnd();
        while (!sends.isEmpty()) {
            sends.getFirst().completeExceptionally(why);
            sends.removeFirst();
        }
        while (!receives.isEmpty()) {
            fail(receives.getFirst(), why);
            receives.removeFirst();
        }
        while (!listeners.isEmpty()) {
            Consumer<Throwable> first = listeners.iterator().next();
            first.accept(why);
            listeners.remove(first);
        }
        core.removeResident(socket, this);
    }

    /** Subscriptions are listeners, too, and are told as such. */
    private static void fail(PendingReceive receive, Throwable why) {
        if (receive instanceof ReceiveFuture<?, ?> future) {
            future.completeExceptionally(why);
        }
    }

    /** Looks for room itself, since timers do not run while the loop drains. */
    @Override
    boolean isBusy() {
        if (retry != null) {
            boolean ignored = send(1);
        }
        return !sends.isEmpty();
    }

    // ---- turns

    void add(PendingReceive receive) {
        if (ended) {
            fail(receive, reasonOfEnd());
            return;
        }
        receives.add(receive);
        watch(true, watchesOut);
    }

    /** Returns whether none waits that a call without waiting would overtake. */
    boolean isFirst(AsyncFuture<?> future) {
        return !ended && (future instanceof SendFuture ? sends : receives).isEmpty();
    }

    void add(SendFuture send) {
        if (ended) {
            send.completeExceptionally(reasonOfEnd());
        } else if (!sends.isEmpty() || !send.attempt()) {
            sends.add(send);
            if (retry == null) {
                watch(watchesIn, true);
            }
        }
    }

    /** Removes a send, receive or subscription that is over, if it waits. */
    void remove(Object waiting) {
        boolean ignored =
                waiting instanceof SendFuture ? sends.remove(waiting) : receives.remove(waiting);
    }

    @Override
    void onReady(PollItem ready, int most) {
        if (ready.isReadable()) {
            receive(most);
        }
        if (ready.isWritable()) {
            boolean moved = send(most);
            if (!moved && !sends.isEmpty()) {
                retryLater();
            }
        }
    }

    private boolean goesOn() {
        return item != null && goesOn(item);
    }

    private void receive(int most) {
        for (int i = 0; i < most && !receives.isEmpty() && goesOn(); i++) {
            PendingReceive receive = receives.getFirst();
            PendingReceive.Turn turn = receive.take();
            if (turn == PendingReceive.Turn.NOTHING) {
                return;
            }
            if (turn == PendingReceive.Turn.MORE) {
                receives.add(receive);
            }
            if (receives.removeFirst() instanceof ReceiveFuture<?, ?> future) {
                future.letGo();
            }
        }
        if (receives.isEmpty()) {
            // Often the next one is asked for at once: stops to watch only when it is not.
            runLater(this::watchIfWanted);
        }
    }

    private void watchIfWanted() {
        watch(!receives.isEmpty(), watchesOut);
    }

    /** Sends what waits, at most so many. Returns whether one was sent, or failed. */
    private boolean send(int most) {
        boolean moved = false;
        for (int i = 0; i < most && !sends.isEmpty() && goesOn(); i++) {
            SendFuture send = sends.getFirst();
            if (!send.attempt()) {
                return moved;
            }
            sends.removeFirst();
            send.letGo();
            moved = true;
        }
        if (sends.isEmpty()) {
            watch(watchesIn, false);
        }
        return moved;
    }

    /**
     * Looks for room by the clock: sockets of some types are always ready to send as far as libzmq
     * can tell.
     */
    private void retryLater() {
        retryMillis = Math.clamp(2 * retryMillis, 1, MOST_RETRY_MILLIS);
        try {
            retry = core.schedule(this::retry, TimeUnit.MILLISECONDS.toNanos(retryMillis), 0);
            watch(watchesIn, false);
        } catch (RejectedExecutionException e) {
            // The loop drains, and asks isBusy.
        }
    }

    private void retry() {
        retry = null;
        if (sends.isEmpty()) {
            return;
        }
        if (send(1)) {
            retryMillis = 0;
            watch(watchesIn, !sends.isEmpty());
        } else {
            retryLater();
        }
    }

    private void watch(boolean in, boolean out) {
        if (ended
                || item == null
                || !item.isRegistered()
                || (in == watchesIn && out == watchesOut)) {
            return;
        }
        watchesIn = in;
        watchesOut = out;
        try {
            watch(item, in, out);
        } catch (IllegalStateException e) {
            if (item.isRegistered()) {
                throw e;
            }
            // Another thread closed the socket meanwhile.
        }
    }

    private static void watch(PollItem item, boolean in, boolean out) {
        if (in && out) {
            item.watch(PollEvent.IN, PollEvent.OUT);
        } else if (in) {
            item.watch(PollEvent.IN);
        } else if (out) {
            item.watch(PollEvent.OUT);
        } else {
            item.pause();
        }
    }
}
