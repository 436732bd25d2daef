// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.bindings.calls.MessageCalls;
import io.panamq.internal.guard.StackGuard;
import java.lang.foreign.MemorySegment;

/**
 * A frame, which the user sees as a message: whether it has content, is closed, or is in the hands
 * of a socket. Every method checks the thread first.
 *
 * @hidden
 */
public abstract class Frame extends FrameContent {
    static final int NO_CONTENT = 0;
    protected static final int CONTENT = 1;
    protected static final int CLOSED = 2;

    /** A socket works on it: until that is done, everything else is refused. */
    protected static final int IN_TRANSFER = 3;

    /** Its {@code close} was cut off by the end of the stack, and can only be called again. */
    static final int CLOSING = 4;

    protected int state;
    private boolean isFrame;
    private boolean madeByMultipart;

    /** The slot to send, checked; {@link #markSent} or {@link #markNotSent} must follow. */
    final MemorySegment beginSend() {
        checkContent();
        if (hasView()) {
            // When libzmq has the content, nothing may keep the view from being closed.
            StackGuard.requireLittle();
        }
        state = IN_TRANSFER;
        return slot;
    }

    /** The content stays, and its view. */
    final void markNotSent() {
        state = CONTENT;
    }

    /** libzmq took the content. */
    final void markSent() {
        state = NO_CONTENT;
        closeView();
    }

    /** Becomes a frame of a multipart message: of one only. */
    final void join(boolean made) {
        checkOpen();
        if (isFrame) {
            throw new IllegalArgumentException(
                    "this message is a frame of a multipart message already: share() it to send it"
                            + " twice");
        }
        isFrame = true;
        madeByMultipart = made;
    }

    /** Is no longer a frame of a multipart message. */
    final void leave() {
        checkOwner();
        isFrame = false;
    }

    /** Returns whether a multipart message made it, and this thread may receive into it again. */
    final boolean isReusable() {
        return madeByMultipart && isUsable();
    }

    /** Without content from now on, if it has any. */
    final void drop() {
        checkOpen();
        if (state == CONTENT) {
            dropContent();
            initialise();
        }
    }

    /** Between two batches: in the hands of a socket, so that nobody can use it. */
    final void joinBatch(ViewScope scope) {
        join(true);
        sharedScope = scope;
        takeBack();
    }

    /** The slot for a frame of a batch. */
    final MemorySegment batchSlot() {
        return slot;
    }

    /** Whether this thread may receive into it. */
    final boolean isUsable() {
        return isOwn() && state < CLOSED;
    }

    /** Back in the hands of the socket, whatever the handler of a batch did with it. */
    final void takeBack() {
        forgetView();
        state = IN_TRANSFER;
        withdraw();
    }

    /** When its socket is closed, between two batches: on any thread, and for good. */
    final void closeBatchFrame() {
        state = CLOSED;
        giveSlotBack();
    }

    /** Whatever the state: a receive that failed may have dropped it or not. */
    final void dropSlot() {
        StackGuard.check();
        MessageCalls.close(slot);
        initialise();
    }

    /** The slot to receive into: what it held is given up. */
    final MemorySegment beginReceive() {
        checkOpen();
        closeView();
        state = IN_TRANSFER;
        return slot;
    }

    /** A frame arrived; the size is what {@code zmq_msg_recv} returned. */
    final void markReceived(int clippedSize) {
        contentArrived(clippedSize);
        state = CONTENT;
    }

    /** Nothing arrived. Whether libzmq dropped the old content depends on the cause: do it here. */
    final void markNotReceived() {
        dropSlot();
        state = NO_CONTENT;
    }

    /** Hands the frame over to the thread that uses it next; views die, and the content stays. */
    protected final void handOverFrame() {
        checkOpen();
        leaveBatch();
        giveUp();
    }

    /** Returns whether the frame was closed. */
    protected final boolean isEnded() {
        return state == CLOSED;
    }

    /**
     * Closes the frame; does nothing if it was closed before. If this throws, it can be repeated.
     */
    protected final void end() {
        if (state == CLOSED) {
            return;
        }
        checkClosable();
        StackGuard.check();
        closeView();
        state = CLOSING;
        giveSlotBack();
        state = CLOSED;
    }

    /** Returns whether more frames of the same message follow. */
    protected final boolean hasMore() {
        checkContent();
        return MessageCalls.more(slot) != 0;
    }

    // ---- checks

    protected final long checkedAt(long offset, long bytes) {
        checkContent();
        return at(offset, bytes);
    }

    protected final void checkContent() {
        checkOwner();
        if (state != CONTENT) {
            throw withoutContent();
        }
    }

    protected final void checkOpen() {
        checkOwner();
        if (state >= CLOSED) {
            throw withoutContent();
        }
    }

    final void checkClosable() {
        checkOwner();
        if (state == IN_TRANSFER) {
            throw inTransfer();
        }
    }

    /** Is no frame of a batch any more, if it was: the batch makes another one. */
    final void leaveBatch() {
        closeView();
        sharedScope = null;
    }

    final boolean isOfBatch() {
        return sharedScope != null;
    }

    protected final void checkWritable() {
        checkContent();
        if (isContentShared()) {
            throw new IllegalStateException(
                    "the content is shared with other messages: copy it before writing");
        }
    }

    private IllegalStateException withoutContent() {
        if (state == IN_TRANSFER) {
            return inTransfer();
        }
        return new IllegalStateException(
                state == CLOSED
                        ? "the message is closed: make another one"
                        : "the message has no content (it was sent, or never filled): call"
                                + " prepare(size) or receive into it first");
    }

    protected final void dropContent() {
        closeView();
        if (state == CONTENT) {
            StackGuard.check();
            MessageCalls.close(slot);
        }
        state = NO_CONTENT;
    }
}
