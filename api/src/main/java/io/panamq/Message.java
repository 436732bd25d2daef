// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.calls.MessageProperties;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.error.Errno;
import io.panamq.error.ZmqException;
import io.panamq.internal.error.Failures;
import io.panamq.internal.memory.MemoryOwner;
import io.panamq.internal.memory.WrappableMemory;
import io.panamq.internal.socket.Frame;
import io.panamq.internal.socket.FrameFactory;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * One frame, in memory that libzmq owns (a {@code zmq_msg_t}). Its content is read and written in
 * place, and moves with a send.
 *
 * <p><strong>Life.</strong> A message has content after {@link #allocate}, {@link #prepare}, {@code
 * of} or a receive, and none after {@link #create} or a successful send: then only {@link
 * #prepare}, a receive or {@link #close} make sense, everything else throws {@link
 * IllegalStateException}. One object can be used again and again without allocating: {@code
 * message.prepare(n)}, write, {@code socket.send(message)}, or {@code socket.receive(message)}.
 * Every message must be closed: the memory of a lost one is reported, but not found again.
 *
 * <p><strong>Thread.</strong> A message belongs to the thread that made it. {@link #release} gives
 * it up, and the next thread that uses it has it; hand the reference over safely (queue, future).
 * Any other use on a foreign thread throws {@link WrongThreadException}.
 *
 * <p>No method blocks.
 */
@SuppressWarnings("exports") // what it extends is hidden
public final class Message extends Frame implements AutoCloseable {
    /** Makes the objects that sockets receive into. */
    static final FrameFactory FACTORY = new Factory();

    private Message() {}

    /** A class and not a lambda: the first lambda of a program costs it 20 ms. */
    private static final class Factory implements FrameFactory {
        @Override
        public Frame newFrame() {
            return create();
        }
    }

    // ---- making

    /**
     * A message without content, for {@link #prepare} or {@code receive(message)}. {@code
     * zmq_msg_init}.
     *
     * @return the message, owned by this thread
     */
    public static Message create() {
        // Here, and not when the class is initialised: that could fail once and for all.
        Zmq.load();
        var message = new Message();
        message.initialise();
        return message;
    }

    /**
     * A message of a given size to be written into. The memory is not cleared. {@code
     * zmq_msg_init_size}.
     *
     * @param size in bytes, 0 or more
     * @return the message, owned by this thread
     * @throws IllegalArgumentException if the size is negative
     * @throws ZmqException ENOMEM if there is no such memory
     */
    public static Message allocate(long size) {
        return create().prepareOrClose(size);
    }

    /**
     * A message with a copy of an array.
     *
     * @param content all of it is copied
     * @return the message, owned by this thread
     */
    public static Message of(byte[] content) {
        Message message = allocate(content.length);
        NativeMemory.copyTo(content, message.contentAddress());
        return message;
    }

    /**
     * A message with a text.
     *
     * @param content encoded as UTF-8, with no terminator
     * @return the message, owned by this thread
     */
    public static Message of(String content) {
        return of(encode(content));
    }

    /** The bytes of a text that is sent. */
    static byte[] encode(String text) {
        return Objects.requireNonNull(text, "content").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A message with a copy of a segment, on or off the heap.
     *
     * @param content all of it is copied
     * @return the message, owned by this thread
     */
    public static Message copyOf(MemorySegment content) {
        Objects.requireNonNull(content, "content");
        Message message = allocate(content.byteSize());
        try {
            NativeMemory.copyTo(content, 0, message.contentAddress(), content.byteSize());
        } catch (RuntimeException | Error e) {
            message.close();
            throw e;
        }
        return message;
    }

    /**
     * A message over memory of the caller: sent without a copy. The memory is kept reachable until
     * libzmq is done with it, and must not be written before. Small messages are cheaper to copy,
     * see {@link Sender#SHARE_THRESHOLD}; on their way to tcp and ipc libzmq itself does so below 8
     * KiB, to send many in one system call. {@code zmq_msg_init_data}.
     *
     * <p>An inproc peer receives the memory itself, and can write to it unless the segment is
     * read-only. Memory of a mapped file is treated as by {@link #map}.
     *
     * @param content native memory that nobody can free: of {@link Arena#ofAuto}, {@link
     *     Arena#global}, or a direct buffer
     * @param onRelease runs once libzmq is done with the memory, on a thread of its own that runs
     *     all of them: keep it short; what it throws is logged
     * @return the message, owned by this thread
     * @throws IllegalArgumentException if the memory is on the heap, or of an arena that can be
     *     closed
     * @throws ZmqException ENOMEM
     */
    public static Message wrap(MemorySegment content, Runnable onRelease) {
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(onRelease, "onRelease");
        WrappableMemory.checkPermanent(content);
        return wrap(new MessageTracker(content, onRelease, null));
    }

    /**
     * A message over memory of an arena, which it takes over: the arena is closed when libzmq is
     * done with the memory, otherwise like {@link #wrap(MemorySegment, Runnable)}.
     *
     * @param arena can neither allocate nor be used for another message from now on
     * @param content memory of this arena
     * @return the message, owned by this thread
     * @throws IllegalArgumentException if the memory is not the arena's
     * @throws IllegalStateException if the arena is closed, or was taken over before
     * @throws ZmqException ENOMEM; then the arena is still the caller's
     */
    public static Message wrap(MessageArena arena, MemorySegment content) {
        WrappableMemory.checkOf(arena, content);
        MemoryOwner owner = arena.take();
        try {
            return wrap(new MessageTracker(content, null, owner));
        } catch (RuntimeException | Error e) {
            arena.giveBack();
            throw e;
        }
    }

    private static Message wrap(MessageTracker memory) {
        Message message = create();
        if (!message.wrapContent(memory)) {
            message.close();
            throw Failures.of(Errno.ENOMEM, "wrapping memory", "a message");
        }
        message.state = CONTENT;
        return message;
    }

    /**
     * A message over a part of a file, mapped read-only: from the page cache to the network without
     * a copy in this process. It is unmapped when libzmq is done with it.
     *
     * <p>A file can be cut by somebody else meanwhile. So the mapping goes only where the kernel
     * alone reads it: to tcp and ipc peers, with the bundled library, without CURVE; a file that is
     * cut then ends the connection. Everywhere else (inproc, WebSocket, CURVE, an XSUB socket, the
     * first frame of PUB, XPUB, ROUTER and STREAM, another libzmq) the send replaces it by a copy,
     * and throws {@link InternalError} if the file was cut.
     *
     * <p>So do the methods that read here. A view of {@link #data()} cannot promise that: when a
     * single read fails, HotSpot goes on with an arbitrary value for a moment, and a byte beyond
     * its range can end the process. {@link #copyTo} and {@link #toByteArray} are safe.
     *
     * @param channel open for reading; may be closed afterwards
     * @param position first byte
     * @param size in bytes
     * @return the message, owned by this thread, its content read-only
     * @throws EOFException if the file ends before
     * @throws IOException if it cannot be mapped
     * @throws IllegalArgumentException if position or size is negative
     */
    public static Message map(FileChannel channel, long position, long size) throws IOException {
        try (MessageArena arena = MessageArena.create()) {
            return wrap(arena, WrappableMemory.map(arena, channel, position, size));
        }
    }

    /**
     * Drops the content and allocates anew in the same object: claim, write, send. Allocates
     * nothing on the Java heap. Old views die. {@code zmq_msg_init_size}.
     *
     * @param size in bytes, 0 or more; the memory is not cleared
     * @return this message
     * @throws IllegalArgumentException if the size is negative
     * @throws IllegalStateException if the message is closed
     * @throws ZmqException ENOMEM if there is no such memory; the message then has no content
     * @throws WrongThreadException on a foreign thread
     */
    public Message prepare(long size) {
        if (size < 0) {
            throw new IllegalArgumentException("size is negative: " + size);
        }
        checkOpen();
        dropContent();
        if (!allocateContent(size)) {
            throw Failures.of(Errno.ENOMEM, "allocating " + size + " bytes", "a message");
        }
        state = CONTENT;
        return this;
    }

    private Message prepareOrClose(long size) {
        try {
            return prepare(size);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    // ---- reading and writing

    /**
     * The content, in place. The segment is valid until the content changes (send, receive, {@link
     * #prepare}, {@link #release}, {@link #close}): its access then throws the JDK's {@link
     * IllegalStateException} "Already closed", and {@link WrongThreadException} on other threads.
     * Asked again for the same content, the same segment comes back. Read-only while {@link
     * #isShared}. Allocates 120 bytes of Java heap; the accessors allocate nothing. {@code
     * zmq_msg_data}.
     *
     * @return the view
     * @throws IllegalStateException without content, or closed
     * @throws WrongThreadException on a foreign thread
     */
    public MemorySegment data() {
        checkContent();
        return view();
    }

    /**
     * The length of the content. {@code zmq_msg_size}.
     *
     * @return in bytes
     * @throws IllegalStateException without content, or closed
     */
    public long size() {
        checkContent();
        return contentSize();
    }

    /**
     * Whether more frames of the same message follow. {@code zmq_msg_more}.
     *
     * @return true for all received frames but the last
     * @throws IllegalStateException without content, or closed
     */
    public boolean more() {
        return hasMore();
    }

    /**
     * Whether the content must not be written: other messages share it, after {@link #share} or
     * because several sockets of this process received the same one, or it is read-only memory that
     * was wrapped. {@code zmq_msg_get} with {@code ZMQ_SHARED}.
     *
     * @return true if the content is read-only
     * @throws IllegalStateException without content, or closed
     */
    public boolean isShared() {
        checkContent();
        return isContentShared();
    }

    /**
     * Reads a byte, without a view.
     *
     * @param offset in bytes from the start
     * @return the byte
     * @throws IndexOutOfBoundsException outside the content
     */
    public byte getByte(long offset) {
        long address = checkedAt(offset, 1);
        // When a mapped file was cut, HotSpot goes on with whatever the register held, which is no
        // byte, and crashes where it is used as one. A copy of it fails properly.
        return isMapped() ? NativeMemory.toByteArray(address, 1)[0] : NativeMemory.getByte(address);
    }

    /**
     * Reads an int in native byte order, aligned or not, without a view.
     *
     * @param offset in bytes from the start
     * @return the int
     * @throws IndexOutOfBoundsException outside the content
     */
    public int getInt(long offset) {
        return NativeMemory.getInt(checkedAt(offset, Integer.BYTES));
    }

    /**
     * Reads a long in native byte order, aligned or not, without a view.
     *
     * @param offset in bytes from the start
     * @return the long
     * @throws IndexOutOfBoundsException outside the content
     */
    public long getLong(long offset) {
        return NativeMemory.getLong(checkedAt(offset, Long.BYTES));
    }

    /**
     * Writes a byte, without a view.
     *
     * @param offset in bytes from the start
     * @param value the byte
     * @throws IndexOutOfBoundsException outside the content
     * @throws IllegalStateException if the content is shared
     */
    public void setByte(long offset, byte value) {
        checkWritable();
        NativeMemory.setByte(at(offset, 1), value);
    }

    /**
     * Writes an int in native byte order, aligned or not, without a view.
     *
     * @param offset in bytes from the start
     * @param value the int
     * @throws IndexOutOfBoundsException outside the content
     * @throws IllegalStateException if the content is shared
     */
    public void setInt(long offset, int value) {
        checkWritable();
        NativeMemory.setInt(at(offset, Integer.BYTES), value);
    }

    /**
     * Writes a long in native byte order, aligned or not, without a view.
     *
     * @param offset in bytes from the start
     * @param value the long
     * @throws IndexOutOfBoundsException outside the content
     * @throws IllegalStateException if the content is shared
     */
    public void setLong(long offset, long value) {
        checkWritable();
        NativeMemory.setLong(at(offset, Long.BYTES), value);
    }

    /**
     * Copies content out, without a view.
     *
     * @param from first byte here
     * @param target segment to fill
     * @param to first byte there
     * @param bytes how many
     * @throws IndexOutOfBoundsException outside either
     */
    public void copyTo(long from, MemorySegment target, long to, long bytes) {
        NativeMemory.copyFrom(checkedAt(from, bytes), target, to, bytes);
    }

    /**
     * Copies content in, without a view.
     *
     * @param source segment to read
     * @param from first byte there
     * @param to first byte here
     * @param bytes how many
     * @throws IndexOutOfBoundsException outside either
     * @throws IllegalStateException if the content is shared
     */
    public void copyFrom(MemorySegment source, long from, long to, long bytes) {
        checkWritable();
        NativeMemory.copyTo(source, from, at(to, bytes), bytes);
    }

    /**
     * A copy of the content.
     *
     * @return a new array
     * @throws IllegalStateException without content, closed, or longer than an array can be
     */
    public byte[] toByteArray() {
        long bytes = size();
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException(
                    "a message of " + bytes + " bytes fits no array: use data()");
        }
        return NativeMemory.toByteArray(contentAddress(), (int) bytes);
    }

    /**
     * The content as text.
     *
     * @return decoded from UTF-8, malformed input replaced
     * @throws IllegalStateException as {@link #toByteArray}
     */
    public String toUtf8() {
        return new String(toByteArray(), StandardCharsets.UTF_8);
    }

    /**
     * Another message with the same content: counted, not copied (but for the 33 bytes that fit
     * into the structure itself). Both are read-only from now on. {@code zmq_msg_copy}.
     *
     * @return the new message, owned by this thread
     * @throws IllegalStateException without content, or closed
     */
    public Message share() {
        checkContent();
        closeView();
        Message copy = create();
        shareContent(copy);
        copy.state = CONTENT;
        return copy;
    }

    /**
     * What is known of the connection a message came through. {@code zmq_msg_gets}.
     *
     * @param name such as {@code Socket-Type}, {@code Peer-Address}, {@code User-Id}, {@code
     *     Identity} or a peer's {@code X-} name; case matters
     * @return the value; empty if there is none, and always for inproc and for own messages
     * @throws IllegalStateException without content, or closed
     */
    public Optional<String> metadata(String name) {
        Objects.requireNonNull(name, "name");
        checkContent();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment property = NativeMemory.cString(name, "metadata name", arena);
            return Optional.ofNullable(NativeMemory.string(MessageProperties.gets(slot, property)));
        }
    }

    /**
     * Tells when libzmq is done with the memory that this message wraps, because it was sent,
     * dropped or closed; not that anybody received it. Can be asked after a send too, until the
     * object gets other content.
     *
     * @return the tracker of this message's memory
     * @throws IllegalStateException if it wraps no memory of the caller, or is closed
     */
    public MessageTracker tracker() {
        checkOpen();
        return (MessageTracker) contentMemory(state == CONTENT);
    }

    // ---- life

    /**
     * Gives the message up: the next thread that uses it owns it. Views die. Content stays.
     *
     * @throws IllegalStateException if the message is closed
     * @throws WrongThreadException if it belongs to another thread
     */
    public void release() {
        handOverFrame();
    }

    /**
     * Whether {@link #close} was called.
     *
     * @return true after it
     */
    public boolean isClosed() {
        return isEnded();
    }

    /**
     * Frees the content; views die. Idempotent. If it throws, whatever, it can be called again.
     * {@code zmq_msg_close}.
     *
     * @throws WrongThreadException on a foreign thread
     */
    @Override
    public void close() {
        end();
    }

    /** Says what the object is, never what is in it. */
    @Override
    public String toString() {
        return switch (state) {
            case CLOSED -> "Message[closed]";
            case IN_TRANSFER -> "Message[in transfer]";
            case CONTENT -> "Message[" + (isOwn() ? contentSize() + " bytes]" : "content]");
            default -> "Message[no content]";
        };
    }
}
