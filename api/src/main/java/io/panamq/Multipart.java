// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * The frames of one message, sent and received together or not at all.
 *
 * <p>It owns its frames: {@link #close}, {@link #clear} and a receive close them. After a
 * successful send it is empty and can be filled again; a receive re-arms it. The objects of frames
 * that were sent are used again, so a loop over one {@code Multipart} allocates no frames.
 *
 * <p><strong>Thread.</strong> It and its frames belong to the thread that made it, until {@link
 * #release}; any other use on a foreign thread throws {@link WrongThreadException}.
 */
public final class Multipart extends Confined implements AutoCloseable, Iterable<Message> {
    private final List<Message> frames = new ArrayList<>();

    /** A list and not a deque, which loses all if there is no memory to grow. */
    private final List<Message> spares = new ArrayList<>();

    private boolean closed;

    private Multipart() {}

    /**
     * An empty one.
     *
     * @return without frames
     */
    public static Multipart create() {
        return new Multipart();
    }

    /**
     * One frame for each text.
     *
     * @param frames encoded as UTF-8
     * @return with these frames
     */
    public static Multipart of(String... frames) {
        var multipart = new Multipart();
        for (String frame : frames) {
            multipart.add(frame);
        }
        return multipart;
    }

    /**
     * One frame for each array.
     *
     * @param frames copied
     * @return with these frames
     */
    public static Multipart of(byte[]... frames) {
        var multipart = new Multipart();
        for (byte[] frame : frames) {
            multipart.add(frame);
        }
        return multipart;
    }

    /**
     * Takes messages over: they are closed with it, and after a send.
     *
     * @param frames not copied
     * @return with these frames
     */
    public static Multipart of(Message... frames) {
        var multipart = new Multipart();
        try {
            for (Message frame : frames) {
                multipart.add(frame);
            }
        } catch (RuntimeException e) {
            multipart.frames.forEach(Message::leave);
            throw e;
        }
        return multipart;
    }

    /**
     * Appends a frame and takes it over: it is closed with the others, and after a send.
     *
     * @param frame a message with content
     * @return this
     * @throws IllegalArgumentException if it is a frame of a multipart message already
     */
    public Multipart add(Message frame) {
        Objects.requireNonNull(frame, "frame");
        checkOpen();
        frame.join(false);
        frames.add(frame);
        return this;
    }

    /**
     * Appends a frame.
     *
     * @param frame encoded as UTF-8
     * @return this
     */
    public Multipart add(String frame) {
        return add(Message.encode(frame));
    }

    /**
     * Appends a frame.
     *
     * @param frame copied
     * @return this
     */
    public Multipart add(byte[] frame) {
        return add(MemorySegment.ofArray(frame));
    }

    /**
     * Appends a frame.
     *
     * @param frame copied
     * @return this
     */
    public Multipart add(MemorySegment frame) {
        long size = frame.byteSize();
        Message added = allocate(size);
        try {
            added.copyFrom(frame, 0, 0, size);
        } catch (RuntimeException | Error e) {
            frames.remove(added);
            free(added);
            throw e;
        }
        return this;
    }

    /**
     * Appends a frame to be written into: claim, write, send. It uses the object of a frame that
     * was sent before, if there is one, and then allocates nothing on the Java heap.
     *
     * @param size in bytes, 0 or more; the memory is not cleared
     * @return the frame, which stays this object's
     * @throws IllegalArgumentException if the size is negative
     * @throws ZmqException ENOMEM if there is no such memory
     */
    public Message allocate(long size) {
        checkOpen();
        Message frame = nextFrame();
        try {
            return frame.prepare(size);
        } catch (RuntimeException e) {
            frames.remove(frame);
            free(frame);
            throw e;
        }
    }

    /**
     * How many frames there are.
     *
     * @return 0 or more
     */
    public int size() {
        checkOwner();
        return frames.size();
    }

    /**
     * A frame; it stays here.
     *
     * @param index from 0
     * @return the frame
     * @throws IndexOutOfBoundsException if there is no such frame
     */
    public Message get(int index) {
        checkOwner();
        return frames.get(index);
    }

    /**
     * The text of a frame.
     *
     * @param index from 0
     * @return decoded from UTF-8
     * @throws IndexOutOfBoundsException if there is no such frame
     */
    public String getString(int index) {
        return get(index).toUtf8();
    }

    /**
     * Takes the first frame out: the caller closes it.
     *
     * @return the frame
     * @throws IndexOutOfBoundsException if there is none
     * @throws WrongThreadException if it belongs to another thread
     */
    public Message removeFirst() {
        checkOwner();
        frames.get(0).leave();
        return frames.remove(0);
    }

    @Override
    public Iterator<Message> iterator() {
        checkOwner();
        return new Frames();
    }

    /** Refuses other threads as all else here does. */
    private final class Frames implements Iterator<Message> {
        private final Iterator<Message> all = frames.iterator();

        @Override
        public boolean hasNext() {
            checkOwner();
            return all.hasNext();
        }

        @Override
        public Message next() {
            checkOwner();
            return all.next();
        }
    }

    /**
     * Gives it and all frames up: the next thread that uses them owns them, see {@link
     * Message#release}.
     *
     * @throws WrongThreadException if it or a frame belongs to another thread
     */
    public void release() {
        checkOpen();
        for (Message frame : frames) {
            if (!frame.isClosed()) {
                frame.release();
            }
        }
        for (Message spare : spares) {
            spare.release();
        }
        giveUp();
    }

    /** Drops all frames; it can be filled again. A frame that another thread took is left to it. */
    public void clear() {
        checkOwner();
        int freed = 0;
        try {
            while (freed < frames.size()) {
                free(frames.get(freed));
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

    /** Closes all frames. Idempotent; filling it afterwards throws. */
    @Override
    public void close() {
        clear();
        closed = true;
        while (!spares.isEmpty()) {
            Message spare = spares.getLast();
            // Otherwise it was given up alone, and another thread took it.
            if (spare.isOwnOrFree()) {
                spare.close();
            }
            spares.removeLast();
        }
    }

    @Override
    public String toString() {
        return isOwn() ? "Multipart" + frames : "Multipart[of another thread]";
    }

    // ---- for the sockets

    /**
     * Everything that could fail later is checked here. Returns the frames as they are now: what
     * another thread does to the list in the meantime must not matter to libzmq.
     */
    Message[] beginSend(SocketCore core) {
        checkOpen();
        Message[] sending = frames.toArray(new Message[0]);
        if (sending.length == 0) {
            throw new IllegalArgumentException("a multipart message needs a frame at least");
        }
        for (Message frame : sending) {
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

    /** libzmq took it, or the first part of what was then lost: the frames are free again. */
    void sent() {
        clear();
    }

    void beginReceive() {
        checkOpen();
        clear();
    }

    Message nextFrame() {
        Message frame = spares.isEmpty() ? Message.create() : spares.removeLast();
        boolean added = false;
        try {
            frame.join(true);
            added = frames.add(frame);
        } finally {
            if (!added) {
                frame.close();
            }
        }
        return frame;
    }

    /** Throws unless it can be sent. */
    void checkFrames() {
        checkOpen();
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("a multipart message needs a frame at least");
        }
        for (Message frame : frames) {
            frame.checkContent();
        }
    }

    /** Moves the content of all frames to a new one; checked before. */
    Multipart moveAll() {
        Multipart target = new Multipart();
        for (int i = 0; i < frames.size(); i++) {
            Message frame = target.nextFrame();
            frames.get(i).moveTo(frame);
        }
        return target;
    }

    /** Undoes {@link #moveAll}, and closes the other. */
    void moveBack(Multipart moved) {
        moved.checkOpen();
        for (int i = 0; i < frames.size(); i++) {
            Message frame = moved.frames.get(i);
            frame.checkContent();
            frame.moveTo(frames.get(i));
        }
        moved.close();
    }

    /** Whether this thread may fill it. */
    boolean isUsable() {
        return isOwn() && !closed;
    }

    /** Keeps the object if it was made here; others may still be in their maker's hands. */
    private void free(Message frame) {
        if (!frame.isOwnOrFree()) {
            // It was given up alone, and another thread took it.
            return;
        }
        if (frame.leave() && frame.isUsable()) {
            frame.drop();
            keep(frame);
        } else {
            frame.close();
        }
    }

    private void keep(Message spare) {
        try {
            spares.add(spare);
        } catch (OutOfMemoryError e) {
            spare.close();
        }
    }

    private void checkOpen() {
        checkOwner();
        if (closed) {
            throw new IllegalStateException("the multipart message is closed: make another one");
        }
    }
}
