// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.bindings.calls.BatchCalls;
import io.panamq.bindings.calls.MessageCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.ReleaseCalls;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/**
 * Keeps the frames that libzmq receives into, many in one call, and uses them again from batch to
 * batch. They lie in this order: from {@code first} on those that were handed out; from {@code
 * next} to {@code end} those that were received and not handed out, which the next receive gets;
 * then empty ones. All views of a batch are closed together, so they are valid until its end.
 * Between batches no thread can use the frames, even if the user has kept one.
 */
final class ReceiveBuffer {
    static final int MOST = 64;

    /** The bytes after which one call ends: what waits here is beyond the high-water mark. */
    private static final long BYTES = 65536;

    /**
     * Whether one call can receive many frames: the bundled library can, unless memory is released
     * by upcalls to Java.
     */
    static final boolean MANY = BatchCalls.isPresent() && ReleaseCalls.isPresent();

    private final ViewScope scope = new ViewScope();

    /** Frames that were handed out and have views; {@link #frames} has others in their places. */
    private final ArrayDeque<Frame> viewed = new ArrayDeque<>(0);

    /** Empty frames to take such places. */
    private final ArrayDeque<Frame> spare = new ArrayDeque<>(0);

    private FrameFactory factory;

    /** Made when needed. All are the socket's, except those that were handed out. */
    private Frame[] frames;

    private MemorySegment addresses;
    private MemorySegment sizes;
    private int made;
    private int first;
    private int next;
    private int end;
    private boolean ranOut;

    /** Sets what makes the frames. Must be called before the first receive. */
    void setFactory(FrameFactory newFactory) {
        factory = newFactory;
    }

    boolean isEmpty() {
        return next == end;
    }

    // ---- receiving

    /**
     * Takes back what was handed out, makes frames until there are this many, and returns the slot
     * of the first.
     */
    MemorySegment prepare(int count) {
        assert isEmpty();
        retire(true);
        if (frames == null) {
            frames = new Frame[MOST];
            addresses = NativeMemory.addresses(MOST);
            sizes = NativeMemory.longs(MOST);
        }
        while (made < Math.min(count, MOST)) {
            put(made, newFrame());
            made++;
        }
        first = 0;
        next = 0;
        end = 0;
        return frames[0].slot;
    }

    private Frame newFrame() {
        Frame frame = factory.newFrame();
        frame.joinBatch(scope);
        return frame;
    }

    private void put(int index, Frame frame) {
        NativeMemory.setAddress(addresses, index, frame.slot);
        frames[index] = frame;
    }

    /** Receives frames into an empty buffer, without waiting; returns how many. */
    int fill(MemorySegment handle, int most) {
        int result = BatchCalls.receive(handle, addresses, sizes, Math.min(most, made), BYTES);
        ranOut = result < 0;
        end = ranOut ? ~result : result;
        return end;
    }

    /** Returns whether the last call received all that was there. */
    boolean ranOut() {
        return ranOut;
    }

    /** Notes that the first slot received a frame of this size. */
    void addOne(int clippedSize) {
        NativeMemory.setLong(sizes.address(), clippedSize);
        ranOut = false;
        end = 1;
    }

    // ---- handing out

    /** Hands the next frame out to the calling thread. */
    Frame take() {
        Frame frame = frames[next];
        frame.adopt();
        frame.markReceived(nextSize());
        next++;
        return frame;
    }

    /** Returns the slot of the next frame, which stays the next one. */
    MemorySegment nextSlot() {
        assert !isEmpty();
        return frames[next].slot;
    }

    /** Moves the content of the next frame to a slot of the user; returns its size. */
    int moveInto(MemorySegment slot) {
        Frame frame = frames[next];
        frame.takeBack();
        int size = nextSize();
        MessageCalls.close(slot);
        MessageCalls.move(frame.slot, slot.address());
        next++;
        return size;
    }

    /**
     * Makes the content of a slot the next frame again, and leaves the slot empty. It is what was
     * taken last, from here or, while nothing was here, from libzmq.
     */
    void putBack(MemorySegment slot, int clippedSize) {
        if (isEmpty()) {
            MemorySegment ignored = prepare(1);
            addOne(clippedSize);
        } else {
            next--;
        }
        MessageCalls.move(slot, frames[next].slot.address());
    }

    /** Returns the size of the next frame, clipped to an int. */
    private int nextSize() {
        long size = NativeMemory.getLong(sizes.address() + (long) next * Long.BYTES);
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    // ---- taking back

    /** Ends a batch: closes all views, and takes all frames back without content. */
    void recall() {
        scope.close();
        retire(false);
        while (!viewed.isEmpty()) {
            Frame frame = viewed.pollLast();
            if (frame.isOwn() && !frame.isEnded() && frame.isOfBatch()) {
                frame.takeBack();
                frame.dropSlot();
                spare.addLast(frame);
            }
        }
    }

    /**
     * Takes back what was handed out, and drops its content. Other frames take the places of those
     * that the handler closed or handed over, and, while the batch goes on, of those with views.
     */
    private void retire(boolean goesOn) {
        int from = first;
        for (; first < next; first++) {
            Frame frame = frames[first];
            if (frame.isWithdrawn()) {
                continue; // its content was moved to a message of the user
            }
            if (!frame.isOwn() || frame.isEnded() || !frame.isOfBatch()) {
                put(first, newFrame());
            } else if (goesOn && frame.hasView()) {
                Frame other = spare.isEmpty() ? newFrame() : spare.pollLast();
                viewed.addLast(frame);
                put(first, other);
            } else {
                frame.takeBack();
            }
        }
        drop(from, next);
    }

    private void drop(int from, int to) {
        if (MANY) {
            BatchCalls.close(addresses, from, to);
            return;
        }
        for (int i = from; i < to; i++) {
            MessageCalls.close(frames[i].slot);
            MessageCalls.init(frames[i].slot);
        }
    }

    /** Closes the frames with the socket; none twice, even if an error cuts this off. */
    void close() {
        next = end;
        while (made > 0) {
            made--;
            if (frames[made].isWithdrawn()) {
                frames[made].closeBatchFrame();
            }
        }
        while (!spare.isEmpty()) {
            spare.pollLast().closeBatchFrame();
        }
    }
}
