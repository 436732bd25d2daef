// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.ZmqException;
import io.panamq.internal.socket.Frame;
import io.panamq.internal.socket.FrameSequence;
import java.lang.foreign.MemorySegment;
import java.util.Iterator;
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
@SuppressWarnings("exports") // what it extends is hidden
public final class Multipart extends FrameSequence implements AutoCloseable, Iterable<Message> {
    private Multipart() {
        super(Message.FACTORY);
    }

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
            multipart.giveBackAll();
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
        append(frame);
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
            remove(added);
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
        Message frame = (Message) nextFrame();
        try {
            return frame.prepare(size);
        } catch (RuntimeException e) {
            remove(frame);
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
        return frames().size();
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
        return (Message) frames().get(index);
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
        return (Message) takeFirst();
    }

    @Override
    public Iterator<Message> iterator() {
        checkOwner();
        return new Frames();
    }

    /** Refuses other threads as all else here does. */
    private final class Frames implements Iterator<Message> {
        private final Iterator<Frame> all = frames().iterator();

        @Override
        public boolean hasNext() {
            checkOwner();
            return all.hasNext();
        }

        @Override
        public Message next() {
            checkOwner();
            return (Message) all.next();
        }
    }

    /**
     * Gives it and all frames up: the next thread that uses them owns them, see {@link
     * Message#release}.
     *
     * @throws WrongThreadException if it or a frame belongs to another thread
     */
    public void release() {
        handOverAll();
    }

    /** Drops all frames; it can be filled again. A frame that another thread took is left to it. */
    public void clear() {
        dropFrames();
    }

    /** Closes all frames. Idempotent; filling it afterwards throws. */
    @Override
    public void close() {
        end();
    }

    @Override
    public String toString() {
        return isOwn() ? "Multipart" + frames() : "Multipart[of another thread]";
    }
}
