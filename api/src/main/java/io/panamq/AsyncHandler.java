// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What waits for a socket on its loop. All on the loop's thread, but for {@link #submit} and {@link
 * #later}.
 */
final class AsyncHandler extends LoopHandler implements LoopTask {
    private static final long MOST_MILLIS = 16;

    final Socket socket;

    /** Sends and receives that are not decided. */
    final AtomicInteger operations = new AtomicInteger();

    private final ArrayDeque<AsyncReceive> receives = new ArrayDeque<>();
    private final ArrayDeque<AsyncSend> sends = new ArrayDeque<>();

    /** Those who want to know of the end. */
    private final Set<Consumer<ZmqException>> open = new LinkedHashSet<>();

    private PollItem item;
    private boolean watchesIn;
    private boolean watchesOut;

    /** Set while it looks for room on its own: libzmq cannot tell. */
    private LoopTimer retry;

    private long retryMillis;
    private boolean ended;

    AsyncHandler(EventLoop loop, Socket socket) {
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

    /** Runs it on the loop, or tells it that the loop has ended. */
    void submit(LoopTask task) {
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
    ZmqException ending() {
        return socket.core.closedWhile("an asynchronous call");
    }

    // ---- life

    @Override
    public void run() {
        try {
            item = loop.add(socket, this);
        } catch (RuntimeException e) {
            loop.report(e);
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

    void addOpen(Consumer<ZmqException> end) {
        open.add(end);
    }

    void removeOpen(Consumer<ZmqException> end) {
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

    private void end() {
        ended = true;
        if (retry != null) {
            retry.cancel();
        }
        ZmqException why = ending();
        for (AsyncSend send : sends) {
            send.completeExceptionally(why);
        }
        sends.clear();
        for (AsyncReceive receive : receives) {
            if (receive instanceof AsyncTake<?> take) {
                take.completeExceptionally(why);
            }
        }
        receives.clear();
        for (Consumer<ZmqException> each : List.copyOf(open)) {
            call(each, why);
        }
        open.clear();
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

    void add(AsyncReceive receive) {
        if (ended) {
            if (receive instanceof AsyncTake<?> take) {
                take.completeExceptionally(ending());
            }
            return;
        }
        receives.add(receive);
        watch(true, watchesOut);
    }

    /** Whether one that does not wait would overtake none that does. */
    boolean isFirst(AsyncOperation<?> operation) {
        return !ended && (operation instanceof AsyncSend ? sends : receives).isEmpty();
    }

    void add(AsyncSend send) {
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
    <T> void endLate(AsyncOperation<T> operation, T late) {
        if (ended) {
            operation.completeExceptionally(ending());
        } else {
            operation.complete(late);
        }
    }

    /** It is over. */
    void forget(Object operation) {
        boolean ignored =
                operation instanceof AsyncSend
                        ? sends.remove(operation)
                        : receives.remove(operation);
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
            AsyncReceive receive = receives.poll();
            AsyncReceive.Turn turn = receive.take(receiver());
            if (turn == AsyncReceive.Turn.NOTHING) {
                receives.addFirst(receive);
                return;
            }
            if (turn == AsyncReceive.Turn.MORE) {
                receives.add(receive);
            }
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
            AsyncSend send = sends.poll();
            if (!send.attempt(sender())) {
                sends.addFirst(send);
                return moved;
            }
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
