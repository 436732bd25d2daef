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
 * One frame of a ZeroMQ message, in memory that libzmq owns (a {@code zmq_msg_t}). Its content is
 * read and written in place, and a send moves it to libzmq. A message of several frames is a {@link
 * Multipart}.
 *
 * <p><strong>Life.</strong> A message has content after {@link #allocate}, {@link #prepare}, {@code
 * of} or a receive, and none after {@link #create} or a successful send. Without content, methods
 * that need it throw {@link IllegalStateException}: call {@link #prepare} or receive into the
 * message to give it content, or {@link #close} it. One object can be used again and again without
 * allocating: {@code message.prepare(n)}, write, {@code socket.send(message)}, or {@code
 * socket.receive(message)}. Every message must be closed: the memory of a message that becomes
 * garbage is not given back.
 *
 * <p><strong>Thread.</strong> A message belongs to the thread that made it. {@link #release} gives
 * it up, and the next thread that uses it becomes its owner; hand the reference over safely,
 * through a queue or a future. Any other use on a foreign thread throws {@link
 * WrongThreadException}.
 *
 * <p><strong>Views.</strong> A view is the segment that {@link #data} returns. It ends when the
 * content is sent, replaced, shared, released or closed; after that its access throws.
 *
 * <p>All methods return at once.
 */
@SuppressWarnings("exports") // what it extends is hidden
public final class Message extends Frame implements AutoCloseable {
    /** Makes the objects that sockets receive into. */
    static final FrameFactory FACTORY = new MessageFactory();

    private Message() {}

    // ---- making

    /**
     * Makes a message without content, for {@link #prepare} or {@code receive(message)}. C
     * function: {@code zmq_msg_init}.
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
     * Makes a message of a given size to be written into. The memory is not cleared. C function:
     * {@code zmq_msg_init_size}.
     *
     * @param size in bytes, 0 or more
     * @return the message, owned by this thread
     * @throws IllegalArgumentException if the size is negative
     * @throws ZmqException ENOMEM if there is not so much memory
     */
    public static Message allocate(long size) {
        Message message = create();
        try {
            return message.prepare(size);
        } catch (RuntimeException e) {
            message.close();
            throw e;
        }
    }

    /**
     * Makes a message with a copy of an array.
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
     * Makes a message with a text.
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
     * Makes a message with a copy of a segment, on or off the heap.
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
     * Makes a message over memory of the caller, which is sent without a copy. The memory is kept
     * reachable until libzmq is done with it, and the program must not write to it until then.
     * Small messages are cheaper to copy, see {@link Sender#SHARE_THRESHOLD}; libzmq itself copies
     * what is smaller than 8 KiB for tcp and ipc, to send many messages in one system call. C
     * function: {@code zmq_msg_init_data}.
     *
     * <p>An inproc peer receives the memory itself, and can write to it unless the segment is
     * read-only. If the memory is that of a mapped file, what {@link #map} says holds for it.
     *
     * @param content native memory that nobody can free: of {@link Arena#ofAuto}, {@link
     *     Arena#global}, or a direct buffer
     * @param onRelease runs when libzmq is done with the memory. One daemon thread, {@code
     *     panamq-release}, runs these callbacks of all messages, so keep it short; what it throws
     *     is logged
     * @return the message, owned by this thread
     * @throws IllegalArgumentException if the memory is on the heap, or of an arena that can be
     *     closed
     * @throws ZmqException ENOMEM if there is no memory
     */
    public static Message wrap(MemorySegment content, Runnable onRelease) {
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(onRelease, "onRelease");
        WrappableMemory.checkPermanent(content);
        return wrap(new MessageTracker(content, onRelease, null));
    }

    /**
     * Makes a message over memory of an arena, like {@link #wrap(MemorySegment, Runnable)}, and
     * takes the arena over: it is closed when libzmq is done with the memory.
     *
     * @param arena an open arena; from now on it can neither allocate nor be used for another
     *     message
     * @param content memory of this arena
     * @return the message, owned by this thread
     * @throws IllegalArgumentException if the memory is not the arena's
     * @throws IllegalStateException if the arena is closed, or was taken over before
     * @throws ZmqException ENOMEM if there is no memory; then the arena is still the caller's
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
     * Makes a message over a part of a file, mapped read-only: its bytes go from the page cache to
     * the network without a copy in this process. The file is unmapped when libzmq is done with it.
     *
     * <p><strong>Reading.</strong> If another program may shorten the file meanwhile, read the
     * message with {@link #copyTo} or {@link #toByteArray}. They throw {@link InternalError} when
     * the bytes are gone, as do the other methods of this class that read. Reading through a view
     * of {@link #data} may crash the JVM then.
     *
     * <p><strong>Sending.</strong> The mapping itself is sent only where nothing but the kernel
     * reads it: to tcp and ipc peers, with the bundled library, without CURVE. If the file is
     * shortened then, the connection ends. In all other cases (inproc, WebSocket, CURVE, an XSUB
     * socket, the first frame of PUB, XPUB, ROUTER and STREAM, another libzmq) the send replaces
     * the mapping by a copy first, and throws {@link InternalError} if the file was shortened.
     *
     * @param channel open for reading; may be closed afterwards
     * @param position of the first byte in the file
     * @param size in bytes
     * @return the message, owned by this thread, its content read-only
     * @throws EOFException if the file ends before position + size
     * @throws IOException if it cannot be mapped
     * @throws IllegalArgumentException if position or size is negative
     */
    public static Message map(FileChannel channel, long position, long size) throws IOException {
        try (MessageArena arena = MessageArena.create()) {
            return wrap(arena, WrappableMemory.map(arena, channel, position, size));
        }
    }

    /**
     * Drops the content and allocates new memory in the same object, to be written and then sent.
     * Views of the old content end. Allocates nothing on the Java heap. C function: {@code
     * zmq_msg_init_size}.
     *
     * @param size in bytes, 0 or more; the memory is not cleared
     * @return this message
     * @throws IllegalArgumentException if the size is negative
     * @throws IllegalStateException if the message is closed
     * @throws ZmqException ENOMEM if there is not so much memory; the message then has no content
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

    // ---- reading and writing

    /**
     * Returns a view of the content: a segment to read and write it in place. The view ends when
     * the message is sent, receives, or is given to {@link #prepare}, {@link #share}, {@link
     * #release} or {@link #close}. After that its access throws {@link IllegalStateException}
     * "Already closed"; on other threads it throws {@link WrongThreadException}. Called again for
     * the same content, it returns the same view. The view is read-only if {@link #isShared} is
     * true. A view allocates objects on the Java heap; the accessors of this class allocate
     * nothing. C function: {@code zmq_msg_data}.
     *
     * @return the view
     * @throws IllegalStateException without content, or closed
     */
    public MemorySegment data() {
        checkContent();
        return view();
    }

    /**
     * Returns the length of the content. C function: {@code zmq_msg_size}.
     *
     * @return in bytes
     * @throws IllegalStateException without content, or closed
     */
    public long size() {
        checkContent();
        return contentSize();
    }

    /**
     * Returns whether more frames of the same message follow. C function: {@code zmq_msg_more}.
     *
     * @return true for all received frames but the last
     * @throws IllegalStateException without content, or closed
     */
    public boolean more() {
        return hasMore();
    }

    /**
     * Returns whether the content is read-only: because other messages share it, after {@link
     * #share} or because several sockets of this process received the same message, or because it
     * is read-only memory that was wrapped. C function: {@code zmq_msg_get} with {@code
     * ZMQ_SHARED}.
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
     * Reads an int in native byte order, aligned or not, without a view. For network byte order use
     * {@code data().get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), offset)}.
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
     * Copies content of this message to a segment, without a view.
     *
     * @param from offset of the first byte in this message
     * @param target segment to fill
     * @param to offset of the first byte in the target
     * @param bytes how many bytes
     * @throws IndexOutOfBoundsException outside the content or the target
     */
    public void copyTo(long from, MemorySegment target, long to, long bytes) {
        NativeMemory.copyFrom(checkedAt(from, bytes), target, to, bytes);
    }

    /**
     * Copies content from a segment to this message, without a view.
     *
     * @param source segment to read
     * @param from offset of the first byte in the source
     * @param to offset of the first byte in this message
     * @param bytes how many bytes
     * @throws IndexOutOfBoundsException outside the content or the source
     * @throws IllegalStateException if the content is shared
     */
    public void copyFrom(MemorySegment source, long from, long to, long bytes) {
        checkWritable();
        NativeMemory.copyTo(source, from, at(to, bytes), bytes);
    }

    /**
     * Returns a copy of the content.
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
     * Returns the content as text.
     *
     * @return decoded from UTF-8, malformed input replaced
     * @throws IllegalStateException as {@link #toByteArray}
     */
    public String toUtf8() {
        return new String(toByteArray(), StandardCharsets.UTF_8);
    }

    /**
     * Makes another message with the same content, which libzmq does not copy unless it is very
     * short. Both are read-only from now on, and views of this one end. C function: {@code
     * zmq_msg_copy}.
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
     * Returns a property of the connection that the message came through. C function: {@code
     * zmq_msg_gets}.
     *
     * @param name such as {@code Peer-Address}, which is the IP address of a tcp peer, {@code
     *     User-Id}, which a ZAP handler gave, {@code Socket-Type}, {@code Identity}, or a name of
     *     the peer that starts with {@code X-}; case matters
     * @return the value; empty if there is none, and always for inproc and for messages that were
     *     not received
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
     * Returns what reports when libzmq is done with the memory that this message wraps, because the
     * message was sent, dropped or closed; it does not report that a peer received it. May also be
     * called after a send, until the object gets other content.
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
     * Gives the message up: the next thread that uses it becomes its owner. The content stays, and
     * views end.
     *
     * @throws IllegalStateException if the message is closed
     * @throws WrongThreadException if it belongs to another thread
     */
    public void release() {
        handOverFrame();
    }

    /**
     * Returns whether {@link #close} was called.
     *
     * @return true after that
     */
    public boolean isClosed() {
        return isEnded();
    }

    /**
     * Frees the content and ends its views; does nothing if it was called before. If it throws, it
     * can be called again. C function: {@code zmq_msg_close}.
     */
    @Override
    public void close() {
        end();
    }

    /** Returns what the object is, and never its content. */
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
