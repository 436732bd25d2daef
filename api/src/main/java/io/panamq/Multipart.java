// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import com.google.errorprone.annotations.CheckReturnValue;
import io.panamq.error.ZmqException;
import io.panamq.internal.socket.Frame;
import io.panamq.internal.socket.FrameSequence;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * Holds all frames of one ZeroMQ message, which are sent and received together or not at all.
 *
 * {@snippet class="io.panamq.snippets.MessageSnippets" region="multipart"}
 *
 * <p><strong>Frames.</strong> A multipart message owns its frames: {@link #close}, {@link #clear}
 * and a receive close them. Do not use a frame any more after that, or after a send.
 *
 * <p><strong>Sending.</strong> After a successful send the object is empty, needs no close, and can
 * be filled again. One that is filled again, after a send, {@link #clear} or a receive, keeps the
 * native memory of its frames for the next time, so a loop over one object allocates nothing; it
 * must be closed in the end. After a send that returned false or threw, it still has its frames: it
 * can be sent again, changed with {@link #set}, or emptied with {@link #clear}. Until then methods
 * that add frames throw {@link IllegalStateException}, because what they add would become a part of
 * the message that was not sent.
 *
 * <p><strong>Envelopes.</strong> The first frame of a message that a ROUTER sends or receives is
 * the routing id of the peer, and an empty frame separates it from the content if the peer is a
 * REQ. {@link #wrap} and {@link #unwrap} add and remove both, and {@link #truncate} keeps both for
 * a reply.
 *
 * <p><strong>Thread.</strong> It and its frames belong to the thread that made it. {@link
 * #handOver} hands them over; any other use on a foreign thread throws {@link
 * WrongThreadException}.
 *
 * <p>All methods return at once. Indexes start at 0; one that is out of range throws {@link
 * IndexOutOfBoundsException}, as does taking the first or last frame of an empty one. Methods that
 * need frames throw {@link IllegalStateException} if one has no content.
 */
@SuppressWarnings("exports") // what it extends is hidden
public final class Multipart extends FrameSequence implements AutoCloseable, Iterable<Message> {
    private static final byte[] EMPTY = {};

    private Multipart() {
        super(Message.FACTORY);
    }

    /**
     * Creates a multipart message without frames.
     *
     * @return a multipart message, which the caller fills and sends, or closes
     */
    @CheckReturnValue
    public static Multipart create() {
        return new Multipart();
    }

    /**
     * Makes a multipart message with one frame for each text.
     *
     * @param frames the texts, encoded as UTF-8
     * @return a multipart message with these frames, which the caller sends or closes
     */
    @CheckReturnValue
    public static Multipart of(String... frames) {
        Objects.requireNonNull(frames, "frames");
        var multipart = new Multipart();
        try {
            for (String frame : frames) {
                multipart.add(frame);
            }
        } catch (RuntimeException | Error e) {
            multipart.close();
            throw e;
        }
        return multipart;
    }

    /**
     * Makes a multipart message with one frame for each array.
     *
     * @param frames the arrays, which are copied
     * @return a multipart message with these frames, which the caller sends or closes
     */
    @CheckReturnValue
    public static Multipart of(byte[]... frames) {
        return of(Arrays.asList(Objects.requireNonNull(frames, "frames")));
    }

    /**
     * Makes a multipart message of existing messages and takes them over without a copy: it closes
     * them when it is closed, and after a send. The caller may read and write them through its own
     * references until then. If this throws, all messages are still the caller's.
     *
     * @param frames messages with content
     * @return a multipart message with these frames, which the caller sends or closes
     * @throws IllegalArgumentException if one is a frame of a multipart message already
     */
    @CheckReturnValue
    public static Multipart of(Message... frames) {
        Objects.requireNonNull(frames, "frames");
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
     * @return a multipart message with these frames, which the caller sends or closes
     */
    @CheckReturnValue
    public static Multipart of(List<byte[]> frames) {
        Objects.requireNonNull(frames, "frames");
        var multipart = new Multipart();
        try {
            for (byte[] frame : frames) {
                multipart.add(frame);
            }
        } catch (RuntimeException | Error e) {
            multipart.close();
            throw e;
        }
        return multipart;
    }

    // ---- adding

    /**
     * Appends a message as the last frame, and takes it over without a copy, see {@link
     * #of(Message...)}.
     *
     * @param frame a message with content
     * @return this
     * @throws IllegalArgumentException if it is a frame of a multipart message already
     */
    public Multipart add(Message frame) {
        insert(size(), Objects.requireNonNull(frame, "frame"));
        return this;
    }

    /**
     * Appends a text as the last frame.
     *
     * @param frame the text, encoded as UTF-8
     * @return this
     */
    public Multipart add(String frame) {
        return add(Message.encode(frame, "frame"));
    }

    /**
     * Appends a copy of an array as the last frame.
     *
     * @param frame the array
     * @return this
     */
    public Multipart add(byte[] frame) {
        return insertCopy(size(), MemorySegment.ofArray(Objects.requireNonNull(frame, "frame")));
    }

    /**
     * Appends a copy of a segment as the last frame.
     *
     * @param frame the segment
     * @return this
     */
    public Multipart add(MemorySegment frame) {
        return insertCopy(size(), Objects.requireNonNull(frame, "frame"));
    }

    /**
     * Puts a message in front as the first frame, and takes it over without a copy.
     *
     * @param frame a message with content
     * @return this
     * @throws IllegalArgumentException if it is a frame of a multipart message already
     */
    public Multipart addFirst(Message frame) {
        insert(0, Objects.requireNonNull(frame, "frame"));
        return this;
    }

    /**
     * Puts a text in front as the first frame.
     *
     * @param frame the text, encoded as UTF-8
     * @return this
     */
    public Multipart addFirst(String frame) {
        return addFirst(Message.encode(frame, "frame"));
    }

    /**
     * Puts a copy of an array in front as the first frame.
     *
     * @param frame the array
     * @return this
     */
    public Multipart addFirst(byte[] frame) {
        return insertCopy(0, MemorySegment.ofArray(Objects.requireNonNull(frame, "frame")));
    }

    /**
     * Moves all frames of another multipart message to the end of this one, without a copy. The
     * other one is empty then.
     *
     * @param other a multipart message of this thread
     * @return this
     * @throws IllegalArgumentException if it is this multipart message itself
     */
    public Multipart addAll(Multipart other) {
        moveAll(Objects.requireNonNull(other, "other"));
        return this;
    }

    private Multipart insertCopy(int index, MemorySegment content) {
        long size = content.byteSize();
        Message added = allocate(index, size);
        try {
            added.fill(content);
        } catch (RuntimeException | Error e) {
            remove(added);
            throw e;
        }
        return this;
    }

    /**
     * Appends a frame of the given size and returns it, so that its content can be written in place
     * before the send. An object that is used again then allocates nothing on the Java heap.
     *
     * @param size in bytes, 0 or more; the memory is not cleared
     * @return the frame, which this multipart message owns and closes
     * @throws IllegalArgumentException if the size is negative
     * @throws ZmqException ENOMEM if there is not so much memory
     */
    public Message allocate(long size) {
        return allocate(size(), size);
    }

    private Message allocate(int index, long size) {
        checkOpen();
        Message frame = (Message) insertNew(index);
        try {
            return frame.prepare(size);
        } catch (RuntimeException e) {
            remove(frame);
            throw e;
        }
    }

    // ---- envelopes

    /**
     * Puts a routing id and an empty frame in front, as a ROUTER sends them to a REQ. For a peer
     * that expects no empty frame use {@link #addFirst(byte[])}.
     *
     * @param routingId 1 to 255 bytes, copied
     * @return this
     * @throws IllegalArgumentException if the id does not have 1 to 255 bytes
     */
    public Multipart wrap(byte[] routingId) {
        checkRoutingId(Objects.requireNonNull(routingId, "routingId").length);
        return addFirst(EMPTY).addFirst(routingId);
    }

    /**
     * Puts a routing id given as text and an empty frame in front, see {@link #wrap(byte[])}.
     *
     * @param routingId 1 to 255 bytes in UTF-8
     * @return this
     * @throws IllegalArgumentException if the id does not have 1 to 255 bytes
     */
    public Multipart wrap(String routingId) {
        return wrap(Message.encode(routingId, "routingId"));
    }

    /**
     * Puts a routing id that was received and an empty frame in front, without a copy, see {@link
     * #wrap(byte[])}.
     *
     * @param routingId as {@link #unwrap} returned it; this multipart message takes it over
     * @return this
     * @throws IllegalArgumentException if the id does not have 1 to 255 bytes, or is a frame of a
     *     multipart message already
     */
    public Multipart wrap(Message routingId) {
        checkRoutingId(Objects.requireNonNull(routingId, "routingId").size());
        addFirst(routingId);
        insertCopy(1, MemorySegment.ofArray(EMPTY));
        return this;
    }

    private static void checkRoutingId(long size) {
        if (size < 1 || size > 255) {
            throw new IllegalArgumentException("a routing id has 1 to 255 bytes, not " + size);
        }
    }

    /**
     * Removes the first frame and returns it, and also removes the frame after it if that is empty:
     * the envelope of one ROUTER.
     *
     * @return the routing id, which is the caller's, to give to {@link #wrap(Message)} or to close
     */
    @CheckReturnValue
    public Message unwrap() {
        boolean delimited = size() > 1 && get(1).size() == 0;
        Message routingId = removeFirst();
        if (delimited) {
            remove(0);
        }
        return routingId;
    }

    /**
     * Keeps the first frames, and closes the others. {@code router.send(request.truncate(2)
     * .add("reply"))} answers a REQ: it keeps the routing id and the empty frame.
     *
     * @param count how many frames to keep; does nothing if there are fewer
     * @return this
     * @throws IllegalArgumentException if the count is negative
     */
    public Multipart truncate(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("the count is negative: " + count);
        }
        for (int i = size() - 1; i >= count; i--) {
            remove(i);
        }
        return this;
    }

    // ---- reading

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
     * Returns whether there are no frames.
     *
     * @return true before the first frame is added, and after a send
     */
    public boolean isEmpty() {
        return size() == 0;
    }

    /**
     * Returns a frame, without taking it out.
     *
     * @param index from 0
     * @return the frame, which this multipart message owns and closes
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
     */
    public String getString(int index) {
        return get(index).getString();
    }

    /**
     * Returns a copy of the content of a frame.
     *
     * @param index from 0
     * @return a new array
     */
    public byte[] getBytes(int index) {
        return get(index).getBytes();
    }

    /**
     * Returns the index of the first frame that has the given content, such as a delimiter between
     * an envelope of any length and what follows it.
     *
     * @param content the bytes of the whole frame
     * @return the index from 0; -1 if no frame has that content
     */
    public int indexOf(byte[] content) {
        Objects.requireNonNull(content, "content");
        for (int i = 0; i < size(); i++) {
            if (get(i).contentEquals(content)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Returns the index of the first frame that has the given text as its content, see {@link
     * #indexOf(byte[])}. An empty text finds the frame after an envelope; a message of Jupyter has
     * a delimiter with a text:
     *
     * {@snippet class="io.panamq.snippets.MessageSnippets" region="parts"}
     *
     * @param content the text of the whole frame, encoded as UTF-8
     * @return the index from 0; -1 if no frame has that content
     */
    public int indexOf(String content) {
        return indexOf(Message.encode(content, "content"));
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
     * Returns whether another multipart message has the same frames with the same bytes.
     *
     * @param other a multipart message of this thread
     * @return true if all are equal, in order
     */
    public boolean contentEquals(Multipart other) {
        if (Objects.requireNonNull(other, "other").size() != size()) {
            return false;
        }
        for (int i = 0; i < size(); i++) {
            if (!get(i).contentEquals(other.getBytes(i))) {
                return false;
            }
        }
        return true;
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
     * Returns the frames for a person to read, a line each: its size in bytes, and its content as
     * text, or in hexadecimal if it has control characters or is no UTF-8. Only the first 256 bytes
     * of a frame are shown.
     *
     * @return such as {@code "[5] hello"}
     */
    public String dump() {
        var text = new StringBuilder();
        for (Message frame : this) {
            FrameDump.append(text, frame);
        }
        return text.toString();
    }

    // ---- changing

    /**
     * Replaces a frame by a message, and takes that over without a copy. The old frame is closed.
     *
     * @param index from 0
     * @param frame a message with content
     * @return this
     * @throws IllegalArgumentException if it is a frame of a multipart message already
     */
    public Multipart set(int index, Message frame) {
        replace(index, Objects.requireNonNull(frame, "frame"));
        return this;
    }

    /**
     * Replaces the content of a frame by a text.
     *
     * @param index from 0
     * @param frame the text, encoded as UTF-8
     * @return this
     */
    public Multipart set(int index, String frame) {
        return set(index, Message.encode(frame, "frame"));
    }

    /**
     * Replaces the content of a frame by a copy of an array.
     *
     * @param index from 0
     * @param frame the array
     * @return this
     */
    public Multipart set(int index, byte[] frame) {
        checkOpen();
        Message replaced = get(index).prepare(Objects.requireNonNull(frame, "frame").length);
        replaced.fill(MemorySegment.ofArray(frame));
        return this;
    }

    /**
     * Removes the first frame and returns it as a message.
     *
     * @return the frame, which is the caller's, to send or to close
     */
    @CheckReturnValue
    public Message removeFirst() {
        return (Message) take(0);
    }

    /**
     * Removes the last frame and returns it as a message.
     *
     * @return the frame, which is the caller's, to send or to close
     */
    @CheckReturnValue
    public Message removeLast() {
        return (Message) take(size() - 1);
    }

    /**
     * Removes and closes the first frame, and returns its content as text.
     *
     * @return decoded from UTF-8
     */
    public String removeFirstString() {
        String content = getString(0);
        remove(0);
        return content;
    }

    /**
     * Removes and closes the first frame, and returns a copy of its content.
     *
     * @return a new array
     */
    public byte[] removeFirstBytes() {
        byte[] content = getBytes(0);
        remove(0);
        return content;
    }

    /**
     * Creates another multipart message with the same content, which libzmq does not copy unless a
     * frame is very short. The frames of both are read-only from now on, see {@link Message#share}.
     *
     * @return the new multipart message, which the caller sends or closes
     */
    @CheckReturnValue
    public Multipart share() {
        var copy = new Multipart();
        try {
            for (Message frame : this) {
                copy.add(frame.share());
            }
        } catch (RuntimeException | Error e) {
            copy.close();
            throw e;
        }
        return copy;
    }

    /** Leaves a multipart message that was asked with, through copies, as a send would. */
    void endRequest(boolean answered) {
        if (answered) {
            clear();
        } else {
            markTried();
            markUnsent(false);
        }
    }

    // ---- life

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
     * was handed over alone and belongs to another thread now is not closed.
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

    /** Returns what its frames are, and never their content, which {@link #dump} shows. */
    @Override
    public String toString() {
        return isOwn() ? "Multipart" + frames() : "Multipart[of another thread]";
    }
}
