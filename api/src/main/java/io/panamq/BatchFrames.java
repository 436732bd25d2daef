// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.calls.BatchCalls;
import io.panamq.bindings.calls.MessageCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.ReleaseCalls;
import java.lang.foreign.MemorySegment;

/**
 * Messages that libzmq receives into, many in one call. In this order: those handed out in this
 * batch, from {@code first} on; those received that nobody has got yet, from {@code next} to {@code
 * end}: whoever receives next gets them, and a poller sees them; and empty ones.
 */
final class BatchFrames {
    static final int MOST = 64;

    /** And so much content, in bytes: what a batch leaves behind is on top of high-water marks. */
    private static final long BYTES = 65536;

    /** In the bundled library; and no free function of ours may be Java. */
    private static final boolean MANY = BatchCalls.isPresent() && ReleaseCalls.isPresent();

    /** Made when needed. All belong to the socket, unless they are handed out. */
    private Message[] messages;

    private MemorySegment addresses;
    private MemorySegment sizes;
    private int made;
    private int first;
    private int next;
    private int end;
    private boolean ranOut;

    boolean isEmpty() {
        return next == end;
    }

    /**
     * Whether the socket may receive many in one call. What a conflating queue holds may still be
     * replaced, and a manual XPUB answers the message that libzmq handed out last.
     */
    static boolean suits(SocketCore core) {
        return MANY && !core.conflate && core.type != SocketTraits.XPUB;
    }

    // ---- receiving; only when it is empty, and after retire()

    /** Makes sure of so many messages, and returns the slot of the first. */
    MemorySegment prepare(int count, ViewScope scope) {
        if (messages == null) {
            messages = new Message[MOST];
            addresses = NativeMemory.addresses(MOST);
            sizes = NativeMemory.longs(MOST);
        }
        while (made < Math.min(count, MOST)) {
            put(made, newMessage(scope));
            made++;
        }
        first = 0;
        next = 0;
        end = 0;
        return messages[0].batchSlot();
    }

    static Message newMessage(ViewScope scope) {
        Message message = Message.create();
        message.joinBatch(scope);
        return message;
    }

    private void put(int index, Message message) {
        NativeMemory.setAddress(addresses, index, message.batchSlot());
        messages[index] = message;
    }

    /** Receives what is there, without waiting; returns how many. */
    int fill(MemorySegment handle, int most) {
        int result = BatchCalls.receive(handle, addresses, sizes, Math.min(most, made), BYTES);
        ranOut = result < 0;
        end = ranOut ? ~result : result;
        return end;
    }

    /** Whether the last call took all there was. */
    boolean ranOut() {
        return ranOut;
    }

    /** The first slot got a frame of this size. */
    void one(int clippedSize) {
        NativeMemory.setLong(sizes.address(), clippedSize);
        ranOut = false;
        end = 1;
    }

    // ---- handing out

    /** The next frame, as a message of this thread. */
    Message take() {
        Message message = messages[next];
        message.adopt();
        message.received(nextSize());
        next++;
        return message;
    }

    /** Moves the next frame to a message of the user's, whose content is replaced. */
    int moveInto(MemorySegment slot) {
        Message message = messages[next];
        message.takeBack();
        int size = nextSize();
        MessageCalls.close(slot);
        MessageCalls.move(message.batchSlot(), slot.address());
        next++;
        return size;
    }

    /** Clipped to an int. */
    private int nextSize() {
        long size = NativeMemory.getLong(sizes.address() + (long) next * Long.BYTES);
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    // ---- taking back

    /**
     * Takes back what was handed out, and drops its content. Messages with views are given to the
     * batch, if it goes on; those that the handler closed or gave away are replaced.
     */
    void retire(Batch batch, boolean goesOn) {
        int from = first;
        for (; first < next; first++) {
            Message message = messages[first];
            if (message.isWithdrawn()) {
                continue; // moved to a message of the user's
            }
            if (!message.isOwn() || message.isClosed() || !message.isOfBatch()) {
                put(first, newMessage(batch.scope));
            } else if (goesOn && message.hasView()) {
                put(first, batch.exchange(message));
            } else {
                message.takeBack();
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
            MessageCalls.close(messages[i].batchSlot());
            MessageCalls.init(messages[i].batchSlot());
        }
    }

    /** The socket is closed. */
    void close() {
        next = end;
        while (made > 0) {
            made--;
            if (messages[made].isWithdrawn()) {
                messages[made].closeBatchFrame();
            }
        }
    }
}
