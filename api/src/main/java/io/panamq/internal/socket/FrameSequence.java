// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import java.util.ArrayList;
import java.util.List;

/**
 * The base of a multipart message. Owns the frames while they are filled, sent and received, and
 * uses the objects that it made again.
 *
 * @hidden
 */
public abstract class FrameSequence extends ThreadConfined {
    private static final Frame[] NONE = {};

    private final FrameFactory factory;
    private final List<Frame> frames = new ArrayList<>();

    /** A list and not a deque: a deque loses its elements if it finds no memory to grow. */
    private final List<Frame> spares = new ArrayList<>();

    private boolean closed;

    /** Whether a send was tried with these frames, and did not succeed. */
    private boolean unsent;

    /** Whether it was emptied once: sent, cleared, or received into. */
    private boolean wasEmptied;

    /** Whether it was filled again after that: it then keeps the frames that it made. */
    private boolean usedAgain;

    protected FrameSequence(FrameFactory factory) {
        this.factory = factory;
    }

    // ---- for the sockets

    /** Notes that a send is tried, whatever becomes of it: {@link #dropFrames} forgets it. */
    protected final void markTried() {
        if (isOwnOrFree()) {
            unsent = true;
        }
    }

    /**
     * Checks everything that could fail between two frames, and returns a copy of the list, which
     * no other thread can change during the send.
     */
    final Frame[] beginSend(SocketCore core) {
        checkOpen();
        Frame[] sending = frames.toArray(NONE);
        if (sending.length == 0) {
            throw new IllegalArgumentException("a multipart message needs a frame at least");
        }
        for (Frame frame : sending) {
            frame.checkContent();
        }
        if (sending.length > 1 && core.conflate) {
            throw new IllegalArgumentException(
                    core.name + " has ZMQ_CONFLATE: it carries single frames only");
        }
        if (sending.length > 1 && core.type.isThreadSafe()) {
            throw new IllegalArgumentException(
                    core.name + " sends single frames only, as its type does: not " + sending.length);
        }
        if (core.type == SocketTraits.DGRAM && sending.length != 2) {
            throw new IllegalArgumentException(
                    core.name + " sends two frames, address and content, not " + sending.length);
        }
        if (core.type == SocketTraits.STREAM && sending.length != 2) {
            throw new IllegalArgumentException(
                    core.name + " sends two frames, routing id and data, not " + sending.length);
        }
        return sending;
    }

    /** Lets the frames that could not be sent be given back if they become garbage. */
    protected final void markUnsent(boolean forced) {
        boolean own = forced ? isOwnOrFree() : isOwn();
        if (own && !usedAgain) {
            for (int i = 0; i < frames.size(); i++) {
                frames.get(i).markUnsent(forced);
            }
        }
    }

    /**
     * Returns the frame to receive into first, and drops the others. A single frame that was made
     * here is used as it is, because the receive drops its content.
     */
    final Frame beginReceive() {
        checkOpen();
        wasEmptied |= !frames.isEmpty();
        usedAgain = wasEmptied;
        if (frames.size() == 1 && frames.getFirst().isReusable()) {
            unsent = false;
            return frames.getFirst();
        }
        dropFrames();
        return nextFrame();
    }

    /** Appends a frame without content. */
    protected final Frame nextFrame() {
        return insertNew(frames.size());
    }

    /** Inserts a frame without content, which was made here. */
    protected final Frame insertNew(int index) {
        refuseIfUnsent();
        Frame frame = spareOrNew();
        boolean added = false;
        try {
            frame.join(true);
            frames.add(index, frame);
            added = true;
        } finally {
            if (!added) {
                frame.end();
            }
        }
        return frame;
    }

    /** Returns a frame that is in no multipart message. */
    private Frame spareOrNew() {
        while (!spares.isEmpty()) {
            Frame spare = spares.removeLast();
            if (isStillSpare(spare)) {
                return spare;
            }
        }
        return factory.newFrame();
    }

    /** Returns false if the user, who may have kept it, closed it or gave it away. */
    private static boolean isStillSpare(Frame spare) {
        return spare.isOwnOrFree() && spare.isReusable();
    }

    /** Returns whether the calling thread may receive into it. */
    final boolean isUsable() {
        return isOwn() && !closed;
    }

    /** Throws if frames are still to be sent: others after them would be in one message. */
    private void refuseIfUnsent() {
        unsent = unsent && !frames.isEmpty();
        if (unsent) {
            throw new IllegalStateException(
                    "the multipart message was not sent: send it again, or call clear() before"
                            + " adding the frames of another message");
        }
        usedAgain = wasEmptied;
    }

    // ---- for the public type

    protected final List<Frame> frames() {
        return frames;
    }

    protected final void checkOpen() {
        checkOwner();
        if (closed) {
            throw new IllegalStateException("the multipart message is closed: make another one");
        }
    }

    /** Inserts a frame of the user, and takes it over. */
    protected final void insert(int index, Frame frame) {
        checkOpen();
        refuseIfUnsent();
        frame.join(false);
        frames.add(index, frame);
    }

    /** Moves all frames of another sequence to the end of this one. */
    protected final void moveAll(FrameSequence other) {
        checkOpen();
        refuseIfUnsent();
        other.checkOwner();
        if (other == this) {
            throw new IllegalArgumentException("a multipart message cannot be added to itself");
        }
        for (Frame frame : other.frames) {
            frame.checkOwner();
        }
        frames.addAll(other.frames);
        other.frames.clear();
        other.unsent = false;
    }

    /** Puts a frame of the user in the place of another one, which is dropped. */
    protected final void replace(int index, Frame frame) {
        checkOpen();
        Frame old = frames.get(index);
        frame.join(false);
        frames.set(index, frame);
        free(old, usedAgain);
    }

    /** Removes a frame, and gives it to the user. */
    protected final Frame take(int index) {
        checkOwner();
        frames.get(index).leave();
        return frames.remove(index);
    }

    /** Removes a frame, and drops it. */
    protected final void remove(int index) {
        checkOwner();
        free(frames.remove(index), usedAgain);
    }

    /** Removes a frame of {@link #nextFrame} that could not be filled. */
    protected final void remove(Frame frame) {
        frames.remove(frame);
        free(frame, usedAgain);
    }

    /** Removes all frames, and gives them back to the user. */
    protected final void giveBackAll() {
        for (Frame frame : frames) {
            frame.leave();
        }
        frames.clear();
    }

    /** Drops all frames, but not one that was handed over and that another thread took. */
    protected final void dropFrames() {
        wasEmptied |= !frames.isEmpty();
        free(usedAgain);
    }

    private void free(boolean keep) {
        checkOwner();
        unsent = false;
        int freed = 0;
        try {
            while (freed < frames.size()) {
                free(frames.get(freed), keep);
                freed++;
            }
        } finally {
            if (freed == frames.size()) {
                frames.clear();
            } else {
                frames.subList(0, freed).clear();
            }
        }
    }

    /** Closes all frames, and the spare ones. */
    protected final void end() {
        free(false);
        closed = true;
        closeSpares();
    }

    private void closeSpares() {
        while (!spares.isEmpty()) {
            Frame spare = spares.getLast();
            if (isStillSpare(spare)) {
                spare.end();
            }
            spares.removeLast();
        }
    }

    /** Hands the sequence and its frames over to the thread that uses them next. */
    protected final void handOverAll() {
        checkOpen();
        for (Frame frame : frames) {
            if (!frame.isEnded()) {
                frame.handOverFrame();
            }
        }
        for (Frame spare : spares) {
            if (isStillSpare(spare)) {
                spare.handOverFrame();
            }
        }
        giveUp();
    }

    /**
     * Closes a frame, or keeps its object for {@link #nextFrame} if that is wanted and it was made
     * here. Does nothing if the frame was handed over and another thread took it.
     */
    private void free(Frame frame, boolean keep) {
        if (!frame.isOwnOrFree()) {
            return;
        }
        boolean kept = keep && frame.isReusable();
        frame.leave();
        if (kept) {
            frame.drop();
            keepSpare(frame);
        } else {
            frame.end();
        }
    }

    /** Keeps an object to be used again, or closes it when there is no memory for the list. */
    private void keepSpare(Frame frame) {
        try {
            spares.add(frame);
        } catch (OutOfMemoryError e) {
            frame.end();
        }
    }
}
