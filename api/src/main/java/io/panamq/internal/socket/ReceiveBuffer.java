// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.bindings.calls.BatchCalls;
import io.panamq.bindings.calls.MessageCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.ReleaseCalls;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/**
 * Frames that libzmq receives into, many in one call, used again from batch to batch. In this
 * order: those that were handed out in this batch, from {@code first} on; those that were received
 * and not handed out, from {@code next} to {@code end}, which the next receive gets and a poller
 * sees; and empty ones. All views of a batch die together, so what they show lives until then.
 * Between batches nobody can use the frames, even if the user has kept one.
 */
public final class ReceiveBuffer {
    static final int MOST = 64;

    /** How many bytes one call takes: what a batch leaves behind is on top of high-water marks. */
    private static final long BYTES = 65536;

    /** Whether one call can take many: the bundled library can, if no free function is in Java. */
    static final boolean MANY = BatchCalls.isPresent() && ReleaseCalls.isPresent();

    private final ViewScope scope = new ViewScope();

    /** Frames with views that were handed out, and whose places others have. */
    private final ArrayDeque<Frame> viewed = new ArrayDeque<>(0);

    /** Empty frames, which take those places. */
    private final ArrayDeque<Frame> spare = new ArrayDeque<>(0);

    private FrameFactory factory;

    /** Made when needed. All belong to the socket, unless they are handed out. */
    private Frame[] frames;

    private MemorySegment addresses;
    private MemorySegment sizes;
    private int made;
    private int first;
    private int next;
    private int end;
    private boolean ranOut;

    /** Says what makes the frames, before the first is needed. */
    void makeWith(FrameFactory newFactory) {
        factory = newFactory;
    }

    public boolean isEmpty() {
        return next == end;
    }

    // ---- receiving, when it is empty

    /** Takes back what was handed out, makes sure of so many frames, returns the first's slot. */
    MemorySegment prepare(int count) {
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
        return frames[0].batchSlot();
    }

    private Frame newFrame() {
        Frame frame = factory.newFrame();
        frame.joinBatch(scope);
        return frame;
    }

    private void put(int index, Frame frame) {
        NativeMemory.setAddress(addresses, index, frame.batchSlot());
        frames[index] = frame;
    }

    /** Receives what is there, without waiting; returns how many. */
    int fill(MemorySegment handle, int most) {
        int result = BatchCalls.receive(handle, addresses, sizes, Math.min(most, made), BYTES);
        ranOut = result < 0;
        end = ranOut ? ~result : result;
        return end;
    }

    /** Returns whether the last call took all there was. */
    boolean ranOut() {
        return ranOut;
    }

    /** Notes that the first slot got a frame of this size. */
    void addOne(int clippedSize) {
        NativeMemory.setLong(sizes.address(), clippedSize);
        ranOut = false;
        end = 1;
    }

    // ---- handing out

    /** Returns the next frame, which is the calling thread's from now on. */
    Frame take() {
        Frame frame = frames[next];
        frame.adopt();
        frame.markReceived(nextSize());
        next++;
        return frame;
    }

    /** Moves the next frame to a slot of the user's, whose content is replaced. */
    int moveInto(MemorySegment slot) {
        Frame frame = frames[next];
        frame.takeBack();
        int size = nextSize();
        MessageCalls.close(slot);
        MessageCalls.move(frame.batchSlot(), slot.address());
        next++;
        return size;
    }

    /** Returns the size of the next frame, clipped to an int. */
    private int nextSize() {
        long size = NativeMemory.getLong(sizes.address() + (long) next * Long.BYTES);
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    // ---- taking back

    /** Ends a batch: all views die, and all frames come back without content. */
    void recall() {
        scope.close();
        retire(false);
        while (!viewed.isEmpty()) {
            Frame frame = viewed.pollLast();
            if (frame.isOwn() && !frame.isEnded()) {
                frame.takeBack();
                frame.dropSlot();
                spare.addLast(frame);
            }
        }
    }

    /**
     * Takes back what was handed out, and drops its content. While the batch goes on, frames with
     * views are kept, and others take their places; so do they for those that the handler closed or
     * handed over.
     */
    private void retire(boolean goesOn) {
        int from = first;
        for (; first < next; first++) {
            Frame frame = frames[first];
            if (frame.isWithdrawn()) {
                continue; // moved to a message of the user's
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
            MessageCalls.close(frames[i].batchSlot());
            MessageCalls.init(frames[i].batchSlot());
        }
    }

    /** Closes the frames with the socket: one by one, so that none is closed twice. */
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
