// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import com.google.errorprone.annotations.CheckReturnValue;
import io.panamq.bindings.calls.MessageProperties;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.error.Errno;
import io.panamq.error.ZmqException;
import io.panamq.internal.error.Failures;
import io.panamq.internal.memory.WrappableMemory;
import io.panamq.internal.socket.Frame;
import io.panamq.internal.socket.FrameFactory;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * One frame of a ZeroMQ message, in memory that libzmq owns (a {@code zmq_msg_t}). Its content is
 * read and written in place, and a send moves it to libzmq. A message of several frames is a {@link
 * Multipart}.
 *
 * {@snippet class="io.panamq.snippets.MessageSnippets" region="message"}
 *
 * <p><strong>Life.</strong> A message has content after {@link #allocate}, {@link #prepare}, {@code
 * of} or a receive, and none after {@link #create} or a successful send. Without content, methods
 * that need it throw {@link IllegalStateException}. A message is closed by the thread that has it,
 * or sent: <em>what was sent needs no close</em>. One object can also be used again and again,
 * without allocating: {@code message.prepare(n)}, write, {@code socket.send(message)}, or {@code
 * socket.receive(message)}. An object that got content again after a send keeps its native memory
 * of 64 bytes, and must be closed in the end. The memory of a message that becomes garbage, and was
 * neither sent nor closed, is not given back; only one that was made for a send which failed, as in
 * {@code trySend(Message.of(text))}, is given back by the garbage collector, unless it had a view,
 * or was used again after that send: close what you read, log or tried twice.
 *
 * <p><strong>Thread.</strong> A message belongs to the thread that made it. {@link #handOver} makes
 * it free, and the next thread that uses it becomes its owner; pass the reference on safely,
 * through a queue or a future. Any other use on a foreign thread throws {@link
 * WrongThreadException}.
 *
 * <p><strong>Views.</strong> A view is the segment that {@link #data} returns. It ends when the
 * content is sent, replaced, shared, handed over or closed; after that its access throws.
 *
 * <p><strong>Other types.</strong> A float or double is an int or long to the accessors, which
 * allocate nothing; everything else is read and written through a view, as a segment or as a {@link
 * java.nio.ByteBuffer}, in either byte order:
 *
 * {@snippet class="io.panamq.snippets.MessageSnippets" region="numbers"}
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
    @CheckReturnValue
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
    @CheckReturnValue
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
    @CheckReturnValue
    public static Message of(byte[] content) {
        Message message = allocate(Objects.requireNonNull(content, "content").length);
        NativeMemory.copyTo(content, message.contentAddress());
        return message;
    }

    /**
     * Makes a message with a text.
     *
     * @param content encoded as UTF-8, with no terminator
     * @return the message, owned by this thread
     */
    @CheckReturnValue
    public static Message of(String content) {
        return of(encode(content, "content"));
    }

    /** Returns the bytes of a text; throws with the name of the parameter if it is null. */
    static byte[] encode(String text, String name) {
        return Objects.requireNonNull(text, name).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Makes a message with a copy of a segment, on or off the heap. What remains of a {@link
     * java.nio.ByteBuffer} is {@code MemorySegment.ofBuffer(buffer)}.
     *
     * @param content all of it is copied
     * @return the message, owned by this thread
     */
    @CheckReturnValue
    public static Message of(MemorySegment content) {
        Objects.requireNonNull(content, "content");
        Message message = allocate(content.byteSize());
        try {
            message.fill(content);
        } catch (RuntimeException | Error e) {
            message.close();
            throw e;
        }
        return message;
    }

    /** Writes all bytes of a segment to the start of new content. */
    void fill(MemorySegment source) {
        NativeMemory.copyTo(source, 0, contentAddress(), source.byteSize());
    }

    /**
     * Makes a message over memory of the caller, which is sent without a copy. The memory is kept
     * reachable until libzmq is done with it, and the program must not write to it until then.
     * Small messages are cheaper to copy, see {@link BulkSender#SHARE_THRESHOLD}; libzmq itself
     * copies what is smaller than 8 KiB for tcp and ipc, to send many messages in one system call.
     * C function: {@code zmq_msg_init_data}.
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
    @CheckReturnValue
    public static Message wrap(MemorySegment content, Runnable onRelease) {
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(onRelease, "onRelease");
        WrappableMemory.checkPermanent(content);
        return wrap(new MessageTracker(content, onRelease, null));
    }

    static Message wrap(MessageTracker memory) {
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
     * message with the methods of this class, such as {@link #getBytes}: they throw {@link
     * InternalError} when the bytes are gone. Reading through a view of {@link #data} may crash the
     * JVM then.
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
    @CheckReturnValue
    public static Message map(FileChannel channel, long position, long size) throws IOException {
        Objects.requireNonNull(channel, "channel");
        try (MessageArena arena = MessageArena.create()) {
            return arena.wrap(WrappableMemory.map(arena, channel, position, size));
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
        useAgain();
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
     * #handOver} or {@link #close}. After that its access throws {@link IllegalStateException}
     * "Already closed"; on other threads it throws {@link WrongThreadException}. Called again for
     * the same content, it returns the same view. The view is read-only if other messages share the
     * content, after {@link #share} or because several sockets of this process received the same
     * message, and if it is read-only memory that was wrapped. A view allocates objects on the Java
     * heap; the accessors of this class allocate nothing. C functions: {@code zmq_msg_data}, {@code
     * zmq_msg_get} with {@code ZMQ_SHARED}.
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
     * Returns whether more frames of the same received message follow. C function: {@code
     * zmq_msg_more}.
     *
     * @return true for all received frames but the last
     * @throws IllegalStateException without content, or closed
     */
    public boolean more() {
        return hasMore();
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
     * Reads an int in the byte order of this machine, aligned or not, without a view.
     *
     * @param offset in bytes from the start
     * @return the int
     * @throws IndexOutOfBoundsException outside the content
     */
    public int getInt(long offset) {
        return NativeMemory.getInt(checkedAt(offset, Integer.BYTES));
    }

    /**
     * Reads an int in the given byte order, aligned or not, without a view.
     *
     * @param offset in bytes from the start
     * @param order {@link ByteOrder#BIG_ENDIAN} for network byte order
     * @return the int
     * @throws IndexOutOfBoundsException outside the content
     */
    public int getInt(long offset, ByteOrder order) {
        return inOrder(getInt(offset), order);
    }

    /**
     * Reads a long in the byte order of this machine, aligned or not, without a view.
     *
     * @param offset in bytes from the start
     * @return the long
     * @throws IndexOutOfBoundsException outside the content
     */
    public long getLong(long offset) {
        return NativeMemory.getLong(checkedAt(offset, Long.BYTES));
    }

    /**
     * Reads a long in the given byte order, aligned or not, without a view.
     *
     * @param offset in bytes from the start
     * @param order {@link ByteOrder#BIG_ENDIAN} for network byte order
     * @return the long
     * @throws IndexOutOfBoundsException outside the content
     */
    public long getLong(long offset, ByteOrder order) {
        return inOrder(getLong(offset), order);
    }

    /**
     * Writes a byte, without a view.
     *
     * @param offset in bytes from the start
     * @param value the byte
     * @throws IndexOutOfBoundsException outside the content
     * @throws IllegalStateException if the content is shared or read-only
     */
    public void setByte(long offset, byte value) {
        checkWritable();
        NativeMemory.setByte(at(offset, 1), value);
    }

    /**
     * Writes an int in the byte order of this machine, aligned or not, without a view.
     *
     * @param offset in bytes from the start
     * @param value the int
     * @throws IndexOutOfBoundsException outside the content
     * @throws IllegalStateException if the content is shared or read-only
     */
    public void setInt(long offset, int value) {
        checkWritable();
        NativeMemory.setInt(at(offset, Integer.BYTES), value);
    }

    /**
     * Writes an int in the given byte order, aligned or not, without a view.
     *
     * @param offset in bytes from the start
     * @param value the int
     * @param order {@link ByteOrder#BIG_ENDIAN} for network byte order
     * @throws IndexOutOfBoundsException outside the content
     * @throws IllegalStateException if the content is shared or read-only
     */
    public void setInt(long offset, int value, ByteOrder order) {
        setInt(offset, inOrder(value, order));
    }

    /**
     * Writes a long in the byte order of this machine, aligned or not, without a view.
     *
     * @param offset in bytes from the start
     * @param value the long
     * @throws IndexOutOfBoundsException outside the content
     * @throws IllegalStateException if the content is shared or read-only
     */
    public void setLong(long offset, long value) {
        checkWritable();
        NativeMemory.setLong(at(offset, Long.BYTES), value);
    }

    /**
     * Writes a long in the given byte order, aligned or not, without a view.
     *
     * @param offset in bytes from the start
     * @param value the long
     * @param order {@link ByteOrder#BIG_ENDIAN} for network byte order
     * @throws IndexOutOfBoundsException outside the content
     * @throws IllegalStateException if the content is shared or read-only
     */
    public void setLong(long offset, long value, ByteOrder order) {
        setLong(offset, inOrder(value, order));
    }

    private static int inOrder(int value, ByteOrder order) {
        Objects.requireNonNull(order, "order");
        return order == ByteOrder.nativeOrder() ? value : Integer.reverseBytes(value);
    }

    private static long inOrder(long value, ByteOrder order) {
        Objects.requireNonNull(order, "order");
        return order == ByteOrder.nativeOrder() ? value : Long.reverseBytes(value);
    }

    /**
     * Returns a copy of the content.
     *
     * @return a new array
     * @throws IllegalStateException without content, closed, or longer than an array can be
     */
    public byte[] getBytes() {
        long bytes = size();
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException(
                    "a message of " + bytes + " bytes fits no array: use data()");
        }
        return NativeMemory.toByteArray(contentAddress(), (int) bytes);
    }

    /** Returns a copy of the first bytes of the content, or of all if there are no more. */
    byte[] firstBytes(int most) {
        return NativeMemory.toByteArray(contentAddress(), (int) Math.min(size(), most));
    }

    /**
     * Returns the content as text.
     *
     * @return decoded from UTF-8, malformed input replaced
     * @throws IllegalStateException as {@link #getBytes}
     */
    public String getString() {
        return new String(getBytes(), StandardCharsets.UTF_8);
    }

    /**
     * Returns whether the content is the given bytes, and no others.
     *
     * @param expected the bytes
     * @return true if length and all bytes are equal
     * @throws IllegalStateException without content, or closed
     */
    public boolean contentEquals(byte[] expected) {
        if (Objects.requireNonNull(expected, "expected").length != size()) {
            return false;
        }
        // Comparing in place crashes if it is a mapped file that was cut; a copy fails properly.
        return isMapped()
                ? Arrays.equals(getBytes(), expected)
                : NativeMemory.contentEquals(contentAddress(), expected);
    }

    /**
     * Returns whether the content is the given text in UTF-8.
     *
     * @param expected the text
     * @return true if it is
     * @throws IllegalStateException without content, or closed
     */
    public boolean contentEquals(String expected) {
        return contentEquals(encode(expected, "expected"));
    }

    /**
     * Makes another message with the same content, which libzmq does not copy unless it is very
     * short. Both are read-only from now on, and views of this one end. C function: {@code
     * zmq_msg_copy}.
     *
     * @return the new message, owned by this thread
     * @throws IllegalStateException without content, or closed
     */
    @CheckReturnValue
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
     * @param name such as {@code Peer-Address}, which is the IP address of a tcp peer without its
     *     port, so that two connections from one host look alike, {@code User-Id}, which a ZAP
     *     handler gave, {@code Socket-Type}, {@code Identity}, or a name of the peer that starts
     *     with {@code X-}; case matters
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

    /** Leaves a message that was asked with, through copies, as a send would. */
    void endRequest(boolean answered) {
        if (answered) {
            useUp();
        } else {
            markUnsent(false);
        }
    }

    /** For {@link MessageTracker}. */
    MessageTracker tracker() {
        checkOpen();
        return (MessageTracker) contentMemory(state == CONTENT);
    }

    // ---- life

    /**
     * Hands the message over to the next thread that uses it, which becomes its owner. The content
     * stays, and views end.
     *
     * @throws IllegalStateException if the message is closed
     * @throws WrongThreadException if it belongs to another thread
     */
    public void handOver() {
        handOverFrame();
    }

    /**
     * Frees the content and ends its views; does nothing if it was called before, and does no harm
     * after a send. If it throws, it can be called again. C function: {@code zmq_msg_close}.
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
            case CONTENT, UNSENT -> "Message[" + (isOwn() ? contentSize() + " bytes]" : "content]");
            default -> "Message[no content]";
        };
    }
}
