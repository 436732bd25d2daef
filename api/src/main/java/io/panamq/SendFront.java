// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Moves messages from a queue to a socket on its loop. */
final class SendFront extends LoopHandler implements LoopTask {
    /** Of a turn, before others have theirs. */
    private static final int MOST = 1024;

    private static final Duration RETRY = Duration.ofMillis(1);

    final Socket socket;

    /** How many were lost; done when the socket is closed. */
    final CompletableFuture<Long> result = new CompletableFuture<>();

    private final SendQueue queue;

    /** A turn is coming: nobody needs to ask for one. */
    private final AtomicBoolean scheduled = new AtomicBoolean();

    private final Runnable turn = this::turn;
    private final Patience patience = new Patience();
    private PollItem item;
    private boolean ended;

    SendFront(EventLoop loop, Socket socket, SendQueue queue) {
        super(loop);
        this.socket = socket;
        this.queue = queue;
    }

    // ---- from any thread

    void start() {
        try {
            loop.execute(this);
        } catch (RejectedExecutionException e) {
            abandoned();
        }
    }

    long size() {
        return result.isDone() ? 0 : queue.size();
    }

    boolean send(Message message, long timeout) {
        message.checkContent();
        if (message.isMapped()) {
            return sendMapped(message, timeout);
        }
        long left = timeout;
        while (!accepted(addToQueue(message))) {
            left = await(left);
            if (left <= 0) {
                return false;
            }
        }
        return true;
    }

    private SendQueue.Added addToQueue(Message message) {
        try {
            return queue.add(message);
        } catch (Throwable t) {
            // It has a place, and there may be others behind it.
            schedule();
            throw t;
        }
    }

    /** Not into a slot: whether libzmq may get it or a copy is known when it is sent. */
    private boolean sendMapped(Message message, long timeout) {
        Message moved = Message.create();
        message.moveTo(moved);
        moved.release();
        boolean accepted = false;
        try {
            accepted = add(moved, timeout);
        } finally {
            if (!accepted) {
                moved.checkContent();
                moved.moveTo(message);
                moved.close();
            }
        }
        return accepted;
    }

    boolean send(Multipart multipart, long timeout) {
        multipart.checkFrames();
        Multipart moved = multipart.moveAll();
        moved.release();
        boolean accepted = false;
        try {
            accepted = add(moved, timeout);
        } finally {
            if (accepted) {
                multipart.clear();
            } else {
                multipart.moveBack(moved);
            }
        }
        return accepted;
    }

    private boolean add(Object moved, long timeout) {
        long left = timeout;
        while (!accepted(queue.addOther(moved))) {
            left = await(left);
            if (left <= 0) {
                return false;
            }
        }
        return true;
    }

    private boolean accepted(SendQueue.Added added) {
        if (added == SendQueue.Added.CLOSED) {
            throw socket.core.closedWhile("send");
        }
        if (added == SendQueue.Added.FULL) {
            return false;
        }
        if (!scheduled.get()) {
            schedule();
        }
        return true;
    }

    private void schedule() {
        StackGuard.require(); // nobody would ask for a turn again
        if (scheduled.compareAndSet(false, true)) {
            try {
                loop.execute(turn);
            } catch (RejectedExecutionException e) {
                // The loop drains, and asks isBusy; or it ends, and counts what is left.
            } catch (Throwable t) {
                scheduled.set(false); // no memory
                throw t;
            }
        }
    }

    /** Returns what is left of the time. */
    private long await(long left) {
        if (left == Waiting.NOT) {
            return 0;
        }
        if (loop.isLoopThread()) {
            flush();
            if (queue.isFull()) {
                throw new IllegalStateException(
                        socket + ": its queue is full, and the loop would wait for itself");
            }
            return left;
        }
        try {
            return queue.room.await(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted("send", socket.toString());
        }
    }

    void close(long nanos) {
        queue.close();
        if (loop.isLoopThread()) {
            flush();
            end();
            return;
        }
        try {
            if (nanos == Waiting.NOT) {
                loop.execute(this::endNow);
            } else {
                loop.execute(this::endIfDone);
                LoopTimer ignored = loop.schedule(Duration.ofNanos(nanos), this::end);
            }
        } catch (RejectedExecutionException e) {
            // The loop ends, and this with it.
        }
    }

    // ---- on the loop's thread

    @Override
    public void run() {
        if (ended) {
            return;
        }
        try {
            item = loop.add(socket, this);
        } catch (RuntimeException e) {
            loop.report(e);
            queue.close();
            end();
        }
    }

    @Override
    public void abandoned() {
        socket.close();
        queue.close();
        end();
    }

    private void turn() {
        if (ended) {
            return;
        }
        int left = MOST;
        int sent = 1;
        while (left > 0 && sent > 0) {
            sent = flushOnce();
            left -= sent;
        }
        if (left < MOST) {
            patience.sent(MOST - left);
        }
        if (left <= 0 || (!queue.isClosed() && patience.isWorthALook())) {
            again();
        } else if (queue.isReady()) {
            waitForRoom(PollEvent.OUT);
        } else {
            rest();
        }
    }

    private void again() {
        scheduled.set(true);
        try {
            loop.execute(turn);
        } catch (RejectedExecutionException e) {
            // The loop ends, and counts what is left.
        }
    }

    private void rest() {
        scheduled.set(false);
        if (queue.isReady()) {
            schedule();
        }
        endIfDone();
    }

    /** Stays scheduled meanwhile. */
    private void waitForRoom(PollEvent... events) {
        if (item.isRegistered()) {
            item.watch(events);
        }
    }

    private int flushOnce() {
        try {
            return queue.send(socket);
        } catch (SocketClosedException | ContextTerminatedException e) {
            return 0; // the loop tells
        } catch (RuntimeException e) {
            loop.report(e);
            return 1;
        }
    }

    private void flush() {
        if (!ended && item != null) {
            long left = queue.size();
            int sent = 1;
            while (left > 0 && sent > 0) {
                sent = flushOnce();
                left -= sent;
            }
        }
    }

    @Override
    void ready(PollItem ready, int most) {
        waitForRoom();
        long before = queue.size();
        turn();
        if (!ended && queue.isReady() && queue.size() >= before && ready.isRegistered()) {
            // Ready as far as libzmq can tell, and there is no room: looks now and then.
            waitForRoom();
            retry();
        }
    }

    private void retry() {
        try {
            LoopTimer ignored = loop.schedule(RETRY, turn);
        } catch (RejectedExecutionException e) {
            // The loop drains, and asks isBusy.
        }
    }

    @Override
    boolean isBusy() {
        queue.close();
        flush();
        endIfDone();
        return !ended && queue.size() > 0;
    }

    @Override
    void closed(PollItem closed) {
        queue.close();
        end();
    }

    @Override
    void ended(PollItem closing) {
        queue.close();
        flush();
        end();
    }

    private void endNow() {
        flush();
        end();
    }

    private void endIfDone() {
        if (queue.isClosed() && queue.size() == 0) {
            end();
        }
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        long lost = queue.end();
        socket.close();
        if (lost > 0) {
            LoopFailures.logLost(socket, lost);
        }
        result.complete(lost);
    }
}
