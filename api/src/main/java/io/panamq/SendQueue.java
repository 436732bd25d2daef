// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.AbstractList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded queue of messages from many threads to one. Its places are made once: what is added
 * moves into a place, and from there to libzmq.
 */
final class SendQueue {
    /** Set in the tail: nothing is added any more. */
    private static final long CLOSED = Long.MIN_VALUE;

    /** In an array of their own, a cache line apart. */
    private static final int TAIL = 16;

    private static final int HEAD = 48;

    private final AtomicLongArray ends = new AtomicLongArray(64);
    private final int mask;
    private final Message[] frames;
    private final Multipart[] multiparts;

    /**
     * One more than the number of what is in a place and complete. Written with a fence: the next
     * thing that is read is whether the taker sleeps.
     */
    private final AtomicLongArray complete;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();

    private final Run run = new Run();

    SendQueue(int capacity) {
        int size = Integer.highestOneBit(Math.max(2, 2 * capacity - 1));
        mask = size - 1;
        frames = new Message[size];
        multiparts = new Multipart[size];
        complete = new AtomicLongArray(size);
        for (int i = 0; i < size; i++) {
            frames[i] = Message.create();
        }
    }

    // ---- from any thread

    /** What came of adding. */
    enum Added {
        YES,
        FULL,
        CLOSED
    }

    /** Moves a message that has content and is this thread's. */
    Added add(Message message) {
        long number = claim();
        if (number < 0) {
            return number == CLOSED ? Added.CLOSED : Added.FULL;
        }
        int place = (int) number & mask;
        try {
            message.moveTo(frames[place]);
        } finally {
            complete.set(place, number + 1);
        }
        return Added.YES;
    }

    /** Takes it; it was released. */
    Added add(Multipart multipart) {
        long number = claim();
        if (number < 0) {
            return number == CLOSED ? Added.CLOSED : Added.FULL;
        }
        int place = (int) number & mask;
        multiparts[place] = multipart;
        complete.set(place, number + 1);
        return Added.YES;
    }

    private long claim() {
        while (true) {
            long tail = ends.get(TAIL);
            if (tail < 0) {
                return CLOSED;
            }
            if (tail - ends.get(HEAD) > mask) {
                return -1;
            }
            if (ends.compareAndSet(TAIL, tail, tail + 1)) {
                return tail;
            }
        }
    }

    boolean isClosed() {
        return ends.get(TAIL) < 0;
    }

    boolean isFull() {
        long tail = ends.get(TAIL);
        return tail >= 0 && tail - ends.get(HEAD) > mask;
    }

    /** Waits until there is room, or it is closed; returns what is left of the time. */
    long awaitRoom(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            waiting.incrementAndGet();
            long left = nanos;
            while (isFull() && left > 0) {
                // Now and then in any case.
                long slice = Math.min(left, TimeUnit.SECONDS.toNanos(1));
                long unused = slice - Math.max(0, room.awaitNanos(slice));
                left -= nanos == Waiting.FOREVER ? 0 : unused;
            }
            return left;
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }

    /** Nothing is added from here on; what is being added still arrives. */
    void close() {
        long tail;
        do {
            tail = ends.get(TAIL);
        } while (tail >= 0 && !ends.compareAndSet(TAIL, tail, tail | CLOSED));
        signal();
    }

    private void signal() {
        lock.lock();
        try {
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many were added and not taken, also those that are not complete. */
    long size() {
        return (ends.get(TAIL) & ~CLOSED) - ends.get(HEAD);
    }

    /** Whether one could be taken. */
    boolean isReady() {
        long head = ends.get(HEAD);
        return complete.get((int) head & mask) == head + 1;
    }

    // ---- by the one who takes

    /** Frames one after the other, for {@code sendBatch}. */
    private final class Run extends AbstractList<Message> {
        long from;
        int count;

        @Override
        public Message get(int index) {
            return frames[(int) (from + index) & mask];
        }

        @Override
        public int size() {
            return count;
        }
    }

    /**
     * Sends what there is at the front, some dozens at most, without waiting. Returns how many; 0
     * if there is none, or no room. What libzmq refuses is dropped, and the exception tells.
     */
    int send(Sender sender) {
        long head = ends.get(HEAD);
        int place = (int) head & mask;
        if (complete.getAcquire(place) != head + 1) {
            return 0;
        }
        Multipart multipart = multiparts[place];
        if (multipart != null) {
            return send(sender, multipart);
        }
        int count = 0;
        while (count < SendBatch.MOST) {
            int next = (int) (head + count) & mask;
            if (complete.getAcquire(next) != head + count + 1
                    || multiparts[next] != null
                    || !frames[next].isSendable()) {
                break;
            }
            count++;
        }
        if (count == 0) {
            advance(1); // whoever claimed the place failed
            return 1;
        }
        run.from = head;
        run.count = count;
        try {
            int sent = sender.trySendBatch(run);
            advance(sent);
            return sent;
        } catch (SocketClosedException | ContextTerminatedException e) {
            throw e;
        } catch (RuntimeException e) {
            int sent = 0;
            while (sent < count && !run.get(sent).hasContent()) {
                sent++;
            }
            if (sent < count) {
                run.get(sent).drop();
            }
            advance(Math.min(count, sent + 1));
            throw e;
        }
    }

    private int send(Sender sender, Multipart multipart) {
        boolean over = true;
        try {
            over = sender.trySend(multipart);
        } catch (SocketClosedException | ContextTerminatedException e) {
            over = false;
            throw e;
        } finally {
            if (over) {
                dropMultipart(multipart);
            }
        }
        return over ? 1 : 0;
    }

    private void dropMultipart(Multipart multipart) {
        multipart.close();
        multiparts[(int) ends.get(HEAD) & mask] = null;
        advance(1);
    }

    private void advance(int count) {
        if (count > 0) {
            long head = ends.addAndGet(HEAD, count);
            // Not for each place: who waits is woken when it is worth it.
            if (waiting.get() > 0 && (ends.get(TAIL) & ~CLOSED) - head <= mask / 2) {
                signal();
            }
        }
    }

    /** After {@link #close}: drops what is left, and all places. Returns how many were dropped. */
    int end() {
        int dropped = 0;
        while (size() > 0) {
            if (!isReady()) {
                Thread.onSpinWait(); // somebody is just moving it in
                continue;
            }
            Multipart multipart = multiparts[(int) ends.get(HEAD) & mask];
            dropped++;
            if (multipart != null) {
                dropMultipart(multipart);
            } else {
                advance(1);
            }
        }
        for (Message frame : frames) {
            frame.adopt();
            frame.close();
        }
        return dropped;
    }
}
