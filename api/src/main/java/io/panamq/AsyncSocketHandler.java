// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What waits for a socket on its loop. All on the loop's thread, but for what says otherwise. What
 * finds no memory leaves all as it was: see {@link LoopQueue} for the lists.
 */
@SuppressWarnings("JdkObsolete")
final class AsyncSocketHandler extends LoopHandler implements AbandonableTask {
    private static final long MOST_MILLIS = 16;

    final Socket socket;

    /** So many that are over may wait for a busy loop to let go of them. */
    private static final int MOST_OVER = AsyncSocket.MAX_PENDING;

    /** Sends and receives that are not decided. */
    final AtomicInteger operations = new AtomicInteger();

    /** Also those that are, and that the loop still holds. */
    final AtomicInteger held = new AtomicInteger();

    private final LinkedList<PendingReceive> receives = new LinkedList<>();
    private final LinkedList<SendFuture> sends = new LinkedList<>();

    /** Those who want to know of the end. */
    private final Set<Consumer<Throwable>> open = new LinkedHashSet<>();

    /** Why the loop did not take the socket. */
    private volatile Throwable refusal;

    private PollItem item;
    private boolean watchesIn;
    private boolean watchesOut;

    /** Set while it looks for room on its own: libzmq cannot tell. */
    private LoopTimer retry;

    private long retryMillis;
    private boolean ended;

    AsyncSocketHandler(EventLoop loop, Socket socket) {
        super(loop);
        this.socket = socket;
    }

    Receiver receiver() {
        return (Receiver) socket;
    }

    Sender sender() {
        return (Sender) socket;
    }

    // ---- from any thread

    /** Gives the socket to the loop. */
    void start() {
        StackGuard.requireMost(); // what is added is given
        loop.asyncs.add(this);
        boolean started = false;
        try {
            socket.release();
            submit(this);
            started = true;
        } finally {
            if (!started) {
                loop.asyncs.remove(this);
            }
        }
    }

    /** Counts one more send or receive, unless there are too many. */
    boolean admit(int most) {
        if (operations.incrementAndGet() <= most) {
            if (held.incrementAndGet() <= (long) most + MOST_OVER) {
                return true;
            }
            held.decrementAndGet();
        }
        operations.decrementAndGet();
        return false;
    }

    /** Runs it on the loop, or tells it that the loop has ended. */
    void submit(AbandonableTask task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            task.abandoned();
        }
    }

    /** Runs it on the loop; after the end there is nothing to do any more. */
    void later(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // Everything was told of the end.
        }
    }

    /** Why nothing can be done. */
    Throwable ending() {
        Throwable refused = refusal;
        return refused == null || socket.isClosed()
                ? socket.core.closedWhile("an asynchronous call")
                : refused;
    }

    // ---- life

    @Override
    public void run() {
        try {
            item = loop.add(socket, this);
        } catch (RuntimeException | Error e) {
            loop.report(e);
            refusal = e;
            end();
        }
    }

    @Override
    public void abandoned() {
        socket.close();
        end();
    }

    boolean isEnded() {
        return ended;
    }

    void addOpen(Consumer<Throwable> end) {
        open.add(end);
    }

    void removeOpen(Consumer<Throwable> end) {
        open.remove(end);
    }

    @Override
    void closed(PollItem closed) {
        end();
    }

    @Override
    void ended(PollItem closing) {
        end();
    }

    /** Each is out when it was told: an error half-way loses none. */
    private void end() {
        ended = true;
        if (retry != null) {
            retry.cancel();
        }
        Throwable why = ending();
        while (!sends.isEmpty()) {
            sends.getFirst().completeExceptionally(why);
            sends.removeFirst();
        }
        while (!receives.isEmpty()) {
            if (receives.getFirst() instanceof ReceiveFuture<?, ?> take) {
                take.completeExceptionally(why);
            }
            receives.removeFirst();
        }
        while (!open.isEmpty()) {
            Consumer<Throwable> first = open.iterator().next();
            first.accept(why);
            open.remove(first);
        }
        loop.asyncs.remove(this);
    }

    /** Timers do not run any more. */
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
            if (receive instanceof ReceiveFuture<?, ?> take) {
                take.completeExceptionally(ending());
            }
            return;
        }
        receives.add(receive);
        watch(true, watchesOut);
    }

    /** Whether one that does not wait would overtake none that does. */
    boolean isFirst(AsyncFuture<?> operation) {
        return !ended && (operation instanceof SendFuture ? sends : receives).isEmpty();
    }

    void add(SendFuture send) {
        if (ended) {
            send.completeExceptionally(ending());
        } else if (!sends.isEmpty() || !send.attempt(sender())) {
            sends.add(send);
            if (retry == null) {
                watch(watchesIn, true);
            }
        }
    }

    /** One that does not wait found nothing. */
    <T> void endLate(AsyncFuture<T> operation, T late) {
        if (ended) {
            operation.completeExceptionally(ending());
        } else {
            operation.complete(late);
        }
    }

    /** It is over. */
    void forget(Object operation) {
        boolean ignored =
                operation instanceof SendFuture
                        ? sends.remove(operation)
                        : receives.remove(operation);
    }

    private void removeFirstReceive() {
        if (receives.removeFirst() instanceof ReceiveFuture<?, ?> take) {
            take.letGo();
        }
    }

    @Override
    void ready(PollItem ready, int most) {
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

    private void receive(int most) {
        for (int i = 0; i < most && !receives.isEmpty() && goesOn(item); i++) {
            PendingReceive receive = receives.getFirst();
            PendingReceive.Turn turn = receive.take(receiver());
            if (turn == PendingReceive.Turn.NOTHING) {
                return;
            }
            if (turn == PendingReceive.Turn.MORE) {
                receives.add(receive);
            }
            removeFirstReceive();
        }
        if (receives.isEmpty()) {
            // Often the next one is asked for at once: stops to watch only when it is not.
            later(this::watchIfWanted);
        }
    }

    private void watchIfWanted() {
        watch(!receives.isEmpty(), watchesOut);
    }

    /** Returns whether one was sent, or failed. */
    private boolean send(int most) {
        boolean moved = false;
        for (int i = 0; i < most && !sends.isEmpty() && goesOn(item); i++) {
            SendFuture send = sends.getFirst();
            if (!send.attempt(sender())) {
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
     * Some types are always ready to send as far as libzmq can tell: then it looks now and then.
     */
    private void retryLater() {
        retryMillis = Math.clamp(2 * retryMillis, 1, MOST_MILLIS);
        try {
            retry = loop.schedule(Duration.ofMillis(retryMillis), this::retry);
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
        if (ended || !item.isRegistered() || (in == watchesIn && out == watchesOut)) {
            return;
        }
        watchesIn = in;
        watchesOut = out;
        if (in && out) {
            item.watch(PollEvent.IN, PollEvent.OUT);
        } else if (in) {
            item.watch(PollEvent.IN);
        } else if (out) {
            item.watch(PollEvent.OUT);
        } else {
            item.watch();
        }
    }
}
