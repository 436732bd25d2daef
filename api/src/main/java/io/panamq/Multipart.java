// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.ZmqException;
import io.panamq.internal.socket.Frame;
import io.panamq.internal.socket.FrameSequence;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * All frames of one ZeroMQ message, which are sent and received together or not at all.
 *
 * {@snippet :
 * try (var message = Multipart.of("topic", "content")) {
 *     socket.send(message); // now it is empty
 * }
 * }
 *
 * <p>A multipart message owns its frames: {@link #close}, {@link #clear} and a receive close them.
 * After a successful send it is empty, and it can be filled again. A receive replaces the frames
 * that it had. The object uses the frames that it made itself again, so a loop over one {@code
 * Multipart} allocates no frames. Therefore do not use a frame any more after the multipart message
 * was sent, cleared, closed, or received into.
 *
 * <p><strong>Thread.</strong> It and its frames belong to the thread that made it. {@link
 * #handOver} gives them up; any other use on a foreign thread throws {@link WrongThreadException}.
 */
@SuppressWarnings("exports") // what it extends is hidden
public final class Multipart extends FrameSequence implements AutoCloseable, Iterable<Message> {
    private Multipart() {
        super(Message.FACTORY);
    }

    /**
     * Makes an empty multipart message.
     *
     * @return a multipart message without frames, which the caller closes
     */
    public static Multipart create() {
        return new Multipart();
    }

    /**
     * Makes a multipart message with one frame for each text.
     *
     * @param frames the texts, encoded as UTF-8
     * @return a multipart message with these frames, which the caller closes
     */
    public static Multipart of(String... frames) {
        var multipart = new Multipart();
        for (String frame : frames) {
            multipart.add(frame);
        }
        return multipart;
    }

    /**
     * Makes a multipart message with one frame for each array.
     *
     * @param frames the arrays, which are copied
     * @return a multipart message with these frames, which the caller closes
     */
    public static Multipart of(byte[]... frames) {
        var multipart = new Multipart();
        for (byte[] frame : frames) {
            multipart.add(frame);
        }
        return multipart;
    }

    /**
     * Makes a multipart message of existing messages and takes them over without a copy: it closes
     * them when it is closed, and after a send. The caller may read and write them through its own
     * references until then. If this throws, all messages are still the caller's.
     *
     * @param frames messages with content
     * @return a multipart message with these frames, which the caller closes
     * @throws IllegalArgumentException if one is a frame of a multipart message already
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
     * Makes a multipart message with one frame for each array of a list.
     *
     * @param frames the arrays, which are copied
     * @return a multipart message with these frames
     */
    public static Multipart of(List<byte[]> frames) {
        var multipart = new Multipart();
        for (byte[] frame : frames) {
            multipart.add(frame);
        }
        return multipart;
    }

    /**
     * Appends a message as a frame and takes it over without a copy, see {@link #of(Message...)}.
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
     * Appends a frame with a text.
     *
     * @param frame the text, encoded as UTF-8
     * @return this
     */
    public Multipart add(String frame) {
        return add(Message.encode(frame));
    }

    /**
     * Appends a frame with a copy of an array.
     *
     * @param frame the array
     * @return this
     */
    public Multipart add(byte[] frame) {
        return add(MemorySegment.ofArray(frame));
    }

    /**
     * Appends a frame with a copy of a segment.
     *
     * @param frame the segment
     * @return this
     */
    public Multipart add(MemorySegment frame) {
        long size = frame.byteSize();
        Message added = allocate(size);
        try {
            added.fill(frame);
        } catch (RuntimeException | Error e) {
            remove(added);
            throw e;
        }
        return this;
    }

    /**
     * Appends a frame of the given size and returns it, so that its content can be written in place
     * before the send. Uses the object of a frame that was sent before, if there is one, and then
     * allocates nothing on the Java heap.
     *
     * @param size in bytes, 0 or more; the memory is not cleared
     * @return the frame, which this multipart message owns and closes
     * @throws IllegalArgumentException if the size is negative
     * @throws ZmqException ENOMEM if there is not so much memory
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
     * Returns how many frames there are.
     *
     * @return 0 or more
     */
    public int size() {
        checkOwner();
        return frames().size();
    }

    /**
     * Returns a frame, without taking it out.
     *
     * @param index from 0
     * @return the frame, which this multipart message owns and closes
     * @throws IndexOutOfBoundsException if there is no such frame
     */
    public Message get(int index) {
        checkOwner();
        return (Message) frames().get(index);
    }

    /**
     * Returns the content of a frame as text.
     *
     * @param index from 0
     * @return decoded from UTF-8
     * @throws IndexOutOfBoundsException if there is no such frame
     */
    public String getString(int index) {
        return get(index).getString();
    }

    /**
     * Returns copies of all frames.
     *
     * @return a new list of new arrays, in the order of the frames
     */
    public List<byte[]> toByteArrays() {
        List<byte[]> arrays = new ArrayList<>(size());
        for (Message frame : this) {
            arrays.add(frame.getBytes());
        }
        return arrays;
    }

    /**
     * Removes the first frame and returns it.
     *
     * @return the frame, which is the caller's and must be closed by it
     * @throws IndexOutOfBoundsException if there is none
     * @throws WrongThreadException if it belongs to another thread
     */
    public Message removeFirst() {
        return (Message) takeFirst();
    }

    /**
     * Returns an iterator over the frames in their order. It cannot remove frames, and throws
     * {@link WrongThreadException} on a foreign thread.
     *
     * @return the iterator; its frames are still owned by this multipart message
     */
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
     * Hands the multipart message and all its frames over to the next thread that uses them, see
     * {@link Message#handOver}.
     *
     * @throws WrongThreadException if it or a frame belongs to another thread
     */
    public void handOver() {
        handOverAll();
    }

    /**
     * Closes all frames; the multipart message is empty then and can be filled again. A frame that
     * was released alone and belongs to another thread now is not closed.
     */
    public void clear() {
        dropFrames();
    }

    /**
     * Closes the multipart message and all frames; does nothing if it was closed before. Filling it
     * afterwards throws {@link IllegalStateException}.
     */
    @Override
    public void close() {
        end();
    }

    @Override
    public String toString() {
        return isOwn() ? "Multipart" + frames() : "Multipart[of another thread]";
    }
}
