// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import java.util.ArrayList;
import java.util.List;

/**
 * The frames of one message, which the user sees as a multipart message: whose they are while they
 * are filled, sent and received. Frames that it made are used again.
 *
 * @hidden
 */
public abstract class FrameSequence extends ThreadConfined {
    private final FrameFactory factory;
    private final List<Frame> frames = new ArrayList<>();

    /** A list and not a deque, which loses all if there is no memory to grow. */
    private final List<Frame> spares = new ArrayList<>();

    private boolean closed;

    protected FrameSequence(FrameFactory factory) {
        this.factory = factory;
    }

    // ---- for the sockets

    /**
     * Checks all that could fail later, and returns the frames as they are now: what another thread
     * does to the list in the meantime must not matter to libzmq.
     */
    final Frame[] beginSend(SocketCore core) {
        checkOpen();
        Frame[] sending = frames.toArray(new Frame[0]);
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
        if (core.type == SocketTraits.STREAM && sending.length != 2) {
            throw new IllegalArgumentException(
                    core.name + " sends two frames, routing id and data, not " + sending.length);
        }
        return sending;
    }

    /** Frees the frames: libzmq took them, or the first of a message whose rest was then lost. */
    final void markSent() {
        dropFrames();
    }

    /**
     * Returns the frame to receive into first. If there is just one, which was made here, that is
     * used again: the receive itself drops what it holds. All others are dropped before.
     */
    final Frame beginReceive() {
        checkOpen();
        if (frames.size() == 1 && frames.getFirst().isReusable()) {
            return frames.getFirst();
        }
        dropFrames();
        return nextFrame();
    }

    /** Appends a frame without content. */
    protected final Frame nextFrame() {
        Frame frame = spares.isEmpty() ? factory.newFrame() : spares.removeLast();
        boolean added = false;
        try {
            frame.join(true);
            added = frames.add(frame);
        } finally {
            if (!added) {
                frame.end();
            }
        }
        return frame;
    }

    /** Returns whether the calling thread may fill it. */
    final boolean isUsable() {
        return isOwn() && !closed;
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

    /** Takes a frame of the user's over. */
    protected final void append(Frame frame) {
        checkOpen();
        frame.join(false);
        frames.add(frame);
    }

    /** Gives the first frame to the user. */
    protected final Frame takeFirst() {
        checkOwner();
        frames.get(0).leave();
        return frames.remove(0);
    }

    /** Removes a frame that was appended, and could not be filled. */
    protected final void undo(Frame frame) {
        frames.remove(frame);
        free(frame, true);
    }

    /** Gives all frames back to the user, who had given them. */
    protected final void giveBackAll() {
        for (Frame frame : frames) {
            frame.leave();
        }
        frames.clear();
    }

    /** Drops all frames. One that another thread took is left to it. */
    protected final void dropFrames() {
        free(true);
    }

    private void free(boolean keep) {
        checkOwner();
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

    /** Closes all frames, and those that are kept. */
    protected final void end() {
        free(false);
        closed = true;
        while (!spares.isEmpty()) {
            Frame spare = spares.getLast();
            // Otherwise it was handed over alone, and another thread took it.
            if (spare.isOwnOrFree()) {
                spare.end();
            }
            spares.removeLast();
        }
    }

    /** Hands it and its frames over to the thread that uses them next. */
    protected final void handOverAll() {
        checkOpen();
        for (Frame frame : frames) {
            if (!frame.isEnded()) {
                frame.handOverFrame();
            }
        }
        for (Frame spare : spares) {
            spare.handOverFrame();
        }
        giveUp();
    }

    /** Frees a frame; the object may be kept if it was made here, since the user has no other. */
    private void free(Frame frame, boolean keep) {
        if (!frame.isOwnOrFree()) {
            // It was handed over alone, and another thread took it.
            return;
        }
        boolean kept = keep && frame.isReusable();
        frame.leave();
        if (kept) {
            frame.drop();
            spares.add(frame);
        } else {
            frame.end();
        }
    }
}
