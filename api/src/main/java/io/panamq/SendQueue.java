// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.MessageCalls;
import io.panamq.bindings.NativeMemory;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A bounded queue of messages from many threads to one. Its places are slots in one piece of native
 * memory, made once: what is added moves into a slot, without a call into C, and libzmq takes it
 * from there, many in one call.
 */
final class SendQueue {
    /** Set in the tail: nothing is added any more. */
    private static final long CLOSED = Long.MIN_VALUE;

    /** In an array of their own, a cache line apart. */
    private static final int TAIL = 16;

    private static final int HEAD = 48;

    private static final int SLOT = 64;

    final Room room = new Room(this);

    private final AtomicLongArray ends = new AtomicLongArray(64);
    private final int mask;
    private final MemorySegment slots;

    /** Of the slots, in their order: what libzmq is given a part of. */
    private final MemorySegment addresses;

    /** What is no single message in a slot, by place: see {@link #sendOther}. */
    private final Object[] others;

    /**
     * One more than the number of what is in a place and complete; negative if it is one of the
     * others. Written with a fence: the next thing that is read is whether the taker sleeps.
     */
    private final AtomicLongArray complete;

    SendQueue(int capacity) {
        int size = Integer.highestOneBit(Math.max(2, 2 * capacity - 1));
        mask = size - 1;
        slots = NativeMemory.scratchSlots(size);
        addresses = NativeMemory.addresses(size);
        for (int i = 0; i < size; i++) {
            NativeMemory.setAddress(addresses, i, slots.asSlice((long) i * SLOT, SLOT));
        }
        others = new Object[size];
        complete = new AtomicLongArray(size);
    }

    // ---- from any thread

    /** What came of adding. */
    enum Added {
        YES,
        FULL,
        CLOSED
    }

    /** Moves a message that has content, is this thread's, and not over a file. */
    Added add(Message message) {
        long number = claim();
        if (number < 0) {
            return number == CLOSED ? Added.CLOSED : Added.FULL;
        }
        int place = (int) number & mask;
        long mark = -(number + 1);
        try {
            message.moveTo(slots, (long) place * SLOT);
            mark = number + 1;
        } finally {
            complete.set(place, mark);
        }
        return Added.YES;
    }

    /** Takes a message over a file, or one of several frames; it was released. */
    Added addOther(Object other) {
        long number = claim();
        if (number < 0) {
            return number == CLOSED ? Added.CLOSED : Added.FULL;
        }
        int place = (int) number & mask;
        others[place] = other;
        complete.set(place, -(number + 1));
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

    /** Whether there is so much room that it is worth waking somebody for it. */
    boolean isHalfEmpty() {
        return size() <= mask / 2;
    }

    /** Nothing is added from here on; what is being added still arrives. */
    void close() {
        long tail;
        do {
            tail = ends.get(TAIL);
        } while (tail >= 0 && !ends.compareAndSet(TAIL, tail, tail | CLOSED));
        room.wakeAll();
    }

    /** How many were added and not taken, also those that are not complete. */
    long size() {
        return (ends.get(TAIL) & ~CLOSED) - ends.get(HEAD);
    }

    /** Whether one could be taken. */
    boolean isReady() {
        long head = ends.get(HEAD);
        return Math.abs(complete.get((int) head & mask)) == head + 1;
    }

    // ---- by the one who takes

    /**
     * Sends what there is at the front, some dozens at most, without waiting. Returns how many; 0
     * if there is none, or no room. What libzmq refuses is dropped, and the exception tells.
     */
    int send(Socket socket) {
        long head = ends.get(HEAD);
        int place = (int) head & mask;
        int most = Math.min(SendBatch.MOST, mask + 1 - place);
        int count = 0;
        while (count < most && complete.getAcquire(place + count) == head + count + 1) {
            count++;
        }
        if (count == 0) {
            return complete.get(place) == -(head + 1) ? sendOther((Sender) socket, place) : 0;
        }
        int sent = 0;
        try {
            sent = socket.outgoing.sendSlots(slots, addresses, place, count);
        } catch (SocketClosedException | ContextTerminatedException e) {
            throw e;
        } catch (RuntimeException e) {
            drop(place);
            sent = 1;
            throw e;
        } finally {
            advance(sent);
        }
        return sent;
    }

    /** Sends a message of several frames, or one over a file, which libzmq may have to get. */
    private int sendOther(Sender sender, int place) {
        boolean over = true;
        try {
            if (others[place] instanceof Multipart multipart) {
                over = sender.trySend(multipart);
            } else if (others[place] instanceof Message message) {
                over = sender.trySend(message);
            } // else whoever claimed the place failed
        } catch (SocketClosedException | ContextTerminatedException e) {
            over = false;
            throw e;
        } finally {
            if (over) {
                dropOther(place);
                advance(1);
            }
        }
        return over ? 1 : 0;
    }

    private void drop(int place) {
        StackGuard.check();
        MessageCalls.close(slots.asSlice((long) place * SLOT, SLOT));
    }

    private void dropOther(int place) {
        if (others[place] instanceof Multipart multipart) {
            multipart.close();
        } else if (others[place] instanceof Message message) {
            message.close();
        }
        others[place] = null;
    }

    private void advance(int count) {
        if (count > 0) {
            ends.addAndGet(HEAD, count);
            room.made();
        }
    }

    /** After {@link #close}: drops what is left. Returns how many were dropped. */
    int end() {
        int dropped = 0;
        while (size() > 0) {
            if (!isReady()) {
                Thread.onSpinWait(); // somebody is just moving it in
                continue;
            }
            int place = (int) ends.get(HEAD) & mask;
            if (complete.get(place) < 0) {
                dropOther(place);
            } else {
                drop(place);
            }
            advance(1);
            dropped++;
        }
        return dropped;
    }
}
