// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.bindings.calls.MessageCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.internal.guard.StackGuard;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * The base of a message, which is one frame to a socket. Keeps the state: whether the frame has
 * content, is being sent or received, or is closed. What a user calls checks first that the calling
 * thread owns the frame.
 *
 * @hidden
 */
public abstract class Frame extends FrameContent {
    static final int NO_CONTENT = 0;
    protected static final int CONTENT = 1;
    protected static final int CLOSED = 2;

    /** A socket is sending or receiving the frame: all other uses are refused. */
    protected static final int IN_TRANSFER = 3;

    /** It is being closed, or a StackOverflowError cut that off: it can only be closed. */
    static final int CLOSING = 4;

    /** It has content that could not be sent, and is rescued if it becomes garbage. */
    protected static final int UNSENT = 5;

    /** It was never sent. */
    private static final byte FRESH = 0;

    /** It could not be sent. */
    private static final byte TRIED = 1;

    /** It got content again after a send, and therefore keeps its slot from then on. */
    private static final byte AGAIN = 2;

    protected int state;
    private byte use = FRESH;
    private boolean isFrame;
    private boolean madeByMultipart;

    /**
     * Checks that there is content, and returns the slot to send. {@link #markSent} or {@link
     * #markNotSent} must follow.
     */
    final MemorySegment beginSend() {
        checkContent();
        if (hasView()) {
            // Once libzmq has the content, an overflow must not keep the view from being closed.
            StackGuard.requireLittle();
        }
        state = IN_TRANSFER;
        return slot;
    }

    /** Ends a send that failed: the content and its view stay. */
    final void markNotSent() {
        assert state == IN_TRANSFER;
        state = CONTENT;
    }

    /**
     * Ends a send in which libzmq took the content. A message that was made for one send is done
     * with; the slots of frames are for their multipart message or batch.
     */
    final void markSent() {
        assert state == IN_TRANSFER;
        state = NO_CONTENT;
        closeView();
        if (use != AGAIN && !isFrame) {
            giveEmptySlotBack();
        }
    }

    /**
     * Returns whether the content is an id of libzmq that was decoded as UTF-8: its first byte is
     * 0, as no other id has it, and there are replacement characters instead of the other four
     * bytes.
     */
    final boolean isDecodedId() {
        long bytes = contentSize();
        if (bytes < 6 || bytes > 13 || NativeMemory.getByte(contentAddress()) != 0) {
            return false;
        }
        String text =
                new String(
                        NativeMemory.toByteArray(contentAddress(), (int) bytes),
                        StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') > 0;
    }

    /** Drops the content, and leaves the message as a send does. */
    protected final void useUp() {
        StackGuard.check(); // so that nothing is cut off in the middle
        MemorySegment ignored = beginSend();
        dropSlot();
        markSent();
    }

    /** Makes sure that there is a slot: the first send gave it back. */
    protected final void useAgain() {
        if (slot == null) {
            assert state == NO_CONTENT;
            renewSlot();
            use = AGAIN;
            noteFrame(isFrame);
            initialise();
        }
    }

    /**
     * Lets a message that was made for one send, and could not be sent, be given back if it becomes
     * garbage: {@code trySend(Message.of(text))} leaves no other way. This is done once for a
     * message, because one that is tried again and again is not lost. It is done again if it is
     * forced, and then also to a message that is free, which becomes the calling thread's.
     */
    protected final void markUnsent(boolean forced) {
        boolean own = forced ? isOwnOrFree() : isOwn();
        if (!own || state != CONTENT || hasView() || isOfBatch()) {
            return;
        }
        if (use == FRESH || (forced && use == TRIED)) {
            use = TRIED;
            try {
                beginRescue();
                state = UNSENT;
            } catch (StackOverflowError | OutOfMemoryError e) {
                endWatch(); // then the program must close it
            }
        }
    }

    /** Ends the rescue of a message that is used again. Returns false if there is none. */
    private boolean resume() {
        if (state == UNSENT) {
            endWatch();
            state = CONTENT;
            return true;
        }
        return false;
    }

    /**
     * Makes this a frame of a multipart message, if it is not one already.
     *
     * @param made whether the multipart message created the object
     */
    final void join(boolean made) {
        checkOpen();
        if (isFrame) {
            throw new IllegalArgumentException(
                    "this message is a frame of a multipart message already: share() it to send it"
                            + " twice");
        }
        isFrame = true;
        madeByMultipart = made;
        noteFrame(true);
    }

    /** Takes the frame out of its multipart message. */
    final void leave() {
        checkOwner();
        isFrame = false;
        noteFrame(false);
    }

    /** Returns whether a multipart message made it and the calling thread may receive into it. */
    final boolean isReusable() {
        return madeByMultipart && isUsable();
    }

    /** Drops the content, if there is any. */
    final void drop() {
        checkOpen();
        if (state == CONTENT) {
            dropContent();
            initialise();
        }
    }

    /** Gives a new frame to the batches of a socket; views then live in the given scope. */
    final void joinBatch(ViewScope scope) {
        join(true);
        noteFrame(false); // the user gets single messages
        sharedScope = scope;
        takeBack();
    }

    /** Returns whether the calling thread may receive into it. */
    final boolean isUsable() {
        return isOwn() && (state < CLOSED || state == UNSENT);
    }

    /** Returns whether the calling thread may receive into it, and no multipart message has it. */
    final boolean isLoose() {
        return isUsable() && !isFrame;
    }

    /** Returns whether it is a frame of a batch that was not handed over. */
    final boolean isOfBatch() {
        return sharedScope != null;
    }

    /** Takes the frame back for the socket, whatever the handler of a batch did with it. */
    final void takeBack() {
        forgetView();
        state = IN_TRANSFER;
        withdraw();
    }

    /** Closes a frame that the socket has, on any thread. */
    final void closeBatchFrame() {
        assert isWithdrawn();
        state = CLOSED;
        giveSlotBack();
    }

    /** Drops what the slot holds, whatever the state. */
    final void dropSlot() {
        StackGuard.check();
        MessageCalls.close(slot);
        initialise();
    }

    /**
     * Returns the slot to receive into, which drops the old content. {@link #markReceived} or
     * {@link #markNotReceived} must follow.
     */
    final MemorySegment beginReceive() {
        checkOpen();
        closeView();
        useAgain();
        state = IN_TRANSFER;
        return slot;
    }

    /** Ends a receive that worked; the size is what {@code zmq_msg_recv} returned. */
    final void markReceived(int clippedSize) {
        setReceived(clippedSize);
        state = CONTENT;
    }

    /** Ends a receive that failed. Drops the old content, which libzmq does only sometimes. */
    final void markNotReceived() {
        dropSlot();
        state = NO_CONTENT;
    }

    /** Hands the frame over to the thread that uses it next; closes views and keeps content. */
    protected final void handOverFrame() {
        checkOwner();
        if (state != UNSENT) { // otherwise it stays so
            checkOpen();
        }
        closeView();
        if (sharedScope != null) {
            sharedScope = null; // a batch replaces a frame that was handed over
            isFrame = false;
        }
        giveUp();
    }

    /** Returns whether the frame was closed. */
    protected final boolean isEnded() {
        return state == CLOSED;
    }

    /** Closes the frame, once; may be called again if it throws. */
    protected final void end() {
        if (state == CLOSED) {
            return;
        }
        checkOwner();
        if (state == IN_TRANSFER) {
            throw inTransfer();
        }
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
        if (state != CONTENT && !resume()) {
            throw withoutContent();
        }
    }

    protected final void checkOpen() {
        checkOwner();
        if (state >= CLOSED && !resume()) {
            throw withoutContent();
        }
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

    /** Drops the content and leaves the slot for {@link #allocateContent}. */
    protected final void dropContent() {
        closeView();
        if (state == CONTENT) {
            StackGuard.check();
            MessageCalls.close(slot);
        }
        state = NO_CONTENT;
    }
}
