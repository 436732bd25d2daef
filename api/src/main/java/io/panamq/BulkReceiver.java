// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import com.google.errorprone.annotations.CheckReturnValue;
import io.panamq.error.SocketClosedException;
import io.panamq.internal.socket.ReceivePath;
import io.panamq.internal.socket.Timeout;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Receives into objects, buffers and segments of the caller, into lists, and many frames in one
 * call. {@link Receiver#bulkReceiver} returns it. It is a view of a socket: its methods wait,
 * return and throw as those of {@link Receiver}, and are for the thread that owns the socket.
 *
 * {@snippet class="io.panamq.snippets.MessageSnippets" region="bulkReceive"}
 */
public final class BulkReceiver {
    private final BaseSocket socket;
    private final ReceivePath incoming;

    BulkReceiver(BaseSocket socket) {
        this.socket = socket;
        this.incoming = socket.incoming();
    }

    private long timeout() {
        return socket.core().receiveTimeout;
    }

    // ---- all frames of a message

    /**
     * Waits for a message, and receives all its frames into an object that is used again.
     *
     * @param multipart of this thread; its old frames are dropped, even if no message comes
     * @return true if a message was received; false only if {@link SocketOption#RCVTIMEO} is set
     *     and over
     */
    public boolean receive(Multipart multipart) {
        return incoming.receive(multipart, timeout());
    }

    /**
     * Takes all frames of a message into an object that is used again if one is there, without
     * waiting.
     *
     * @param multipart of this thread; its old frames are dropped, even if no message comes
     * @return true if a message was received, false if none is there
     */
    @CheckReturnValue
    public boolean tryReceive(Multipart multipart) {
        return incoming.receive(multipart, Timeout.NOT);
    }

    /**
     * Waits up to a time for a message, and receives all its frames into an object that is used
     * again.
     *
     * @param multipart of this thread; its old frames are dropped, even if no message comes
     * @param timeout how long to wait at most; 0 does not wait
     * @return true if a message was received, false if the time is over
     */
    @CheckReturnValue
    public boolean receive(Multipart multipart, Duration timeout) {
        return incoming.receive(multipart, Timeout.nanos(timeout));
    }

    /**
     * Waits for a message, and returns copies of all its frames.
     *
     * @return a new list of new arrays, in the order of the frames
     * @throws IllegalStateException if {@link SocketOption#RCVTIMEO} is set
     */
    @CheckReturnValue
    public List<byte[]> receiveFrames() {
        return BaseSocket.received(
                arrays(socket.receiveNewMultipart(socket.withoutTimeout("receiveFrames"))));
    }

    /**
     * Takes a message if one is there, without waiting, and returns copies of all its frames.
     *
     * @return the frames; empty if no message is there
     */
    @CheckReturnValue
    public Optional<List<byte[]>> tryReceiveFrames() {
        return Optional.ofNullable(arrays(socket.receiveNewMultipart(Timeout.NOT)));
    }

    /**
     * Waits up to a time for a message, and returns copies of all its frames.
     *
     * @param timeout how long to wait at most; 0 does not wait
     * @return the frames; empty if the time is over
     */
    @CheckReturnValue
    public Optional<List<byte[]>> receiveFrames(Duration timeout) {
        return Optional.ofNullable(arrays(socket.receiveNewMultipart(Timeout.nanos(timeout))));
    }

    private static @Nullable List<byte[]> arrays(@Nullable Multipart received) {
        if (received == null) {
            return null;
        }
        try (received) {
            return received.toByteArrays();
        }
    }

    // ---- one frame into memory of the caller

    /**
     * Waits for a frame, and copies it to a buffer, from its position on.
     *
     * @param target has room for the frame between position and limit; its position is moved by the
     *     size of the frame
     * @return true if a frame was received; false only if {@link SocketOption#RCVTIMEO} is set and
     *     over
     * @throws IllegalArgumentException if the frame is larger than that: it is not lost, and the
     *     next receive gets it
     * @throws ReadOnlyBufferException if the buffer is read-only
     * @throws IllegalStateException if its memory was freed
     */
    public boolean receive(ByteBuffer target) {
        return receive(target, timeout());
    }

    /**
     * Copies a frame to a buffer if one is there, from its position on, without waiting.
     *
     * @param target has room for the frame between position and limit; its position is moved by the
     *     size of the frame
     * @return true if a frame was received, false if none is there
     * @throws IllegalArgumentException if the frame is larger than that: it is not lost, and the
     *     next receive gets it
     * @throws ReadOnlyBufferException if the buffer is read-only
     * @throws IllegalStateException if its memory was freed
     */
    @CheckReturnValue
    public boolean tryReceive(ByteBuffer target) {
        return receive(target, Timeout.NOT);
    }

    /**
     * Waits up to a time for a frame, and copies it to a buffer, from its position on.
     *
     * @param target has room for the frame between position and limit; its position is moved by the
     *     size of the frame
     * @param timeout how long to wait at most; 0 does not wait
     * @return true if a frame was received, false if the time is over
     * @throws IllegalArgumentException if the frame is larger than that: it is not lost, and the
     *     next receive gets it
     * @throws ReadOnlyBufferException if the buffer is read-only
     * @throws IllegalStateException if its memory was freed
     */
    @CheckReturnValue
    public boolean receive(ByteBuffer target, Duration timeout) {
        return receive(target, Timeout.nanos(timeout));
    }

    /**
     * Waits for a frame, and copies it to the start of a segment.
     *
     * @param target a segment on or off the heap, which this thread may write to
     * @return the size of the frame in bytes; empty only if {@link SocketOption#RCVTIMEO} is set
     *     and over
     * @throws IllegalArgumentException if the frame is larger than that: it is not lost, and the
     *     next receive gets it
     * @throws IllegalStateException if the segment is read-only, or its memory was freed
     */
    @CheckReturnValue
    public OptionalLong receive(MemorySegment target) {
        return size(receive(target, timeout()));
    }

    /**
     * Copies a frame to the start of a segment if one is there, without waiting.
     *
     * @param target a segment on or off the heap, which this thread may write to
     * @return the size of the frame in bytes; empty if none is there
     * @throws IllegalArgumentException if the frame is larger than that: it is not lost, and the
     *     next receive gets it
     * @throws IllegalStateException if the segment is read-only, or its memory was freed
     */
    @CheckReturnValue
    public OptionalLong tryReceive(MemorySegment target) {
        return size(receive(target, Timeout.NOT));
    }

    /**
     * Waits up to a time for a frame, and copies it to the start of a segment.
     *
     * @param target a segment on or off the heap, which this thread may write to
     * @param timeout how long to wait at most; 0 does not wait
     * @return the size of the frame in bytes; empty if the time is over
     * @throws IllegalArgumentException if the frame is larger than that: it is not lost, and the
     *     next receive gets it
     * @throws IllegalStateException if the segment is read-only, or its memory was freed
     */
    @CheckReturnValue
    public OptionalLong receive(MemorySegment target, Duration timeout) {
        return size(receive(target, Timeout.nanos(timeout)));
    }

    private boolean receive(ByteBuffer target, long timeout) {
        if (Objects.requireNonNull(target, "target").isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        long size = receive(MemorySegment.ofBuffer(target), timeout);
        if (size < 0) {
            return false;
        }
        target.position(target.position() + (int) size);
        return true;
    }

    private long receive(MemorySegment target, long timeout) {
        Objects.requireNonNull(target, "target");
        if (target.isReadOnly() || !target.scope().isAlive()) {
            throw new IllegalStateException("the target is read-only, or its memory was freed");
        }
        return incoming.receive(target, timeout);
    }

    private static OptionalLong size(long received) {
        return received < 0 ? OptionalLong.empty() : OptionalLong.of(received);
    }

    // ---- batches

    /**
     * Waits for a frame, then takes the frames that are there without waiting, and hands each to
     * the handler on this thread. This is less work for each frame than single receives.
     *
     * <p>The frames belong to the socket, and their content and views end when this method returns.
     * The handler may read and write a frame, send it, or {@link Message#share} it to keep the
     * content. All views of a batch end together, also when the handler sends, shares, refills,
     * hands over or closes a frame whose {@link Message#data} it has called.
     *
     * <p>The handler may also send, receive and set options on this socket, and close it, which
     * ends the batch with {@link SocketClosedException} unless that was its last frame. It must not
     * call {@code receiveBatch}, {@code tryReceiveBatch}, the receive into a {@link ByteBuffer} or
     * {@link MemorySegment}, or {@link Socket#handOver} of this socket. If the handler throws, the
     * batch ends and the exception reaches the caller; frames that the handler did not get are
     * received next time.
     *
     * @param handler gets the frames in order; {@link Message#more} is false for the last frame of
     *     a message
     * @param max the number of frames to take, 1 or more; more are taken to finish a message of
     *     several frames
     * @return how many frames were handled; 0 if {@link SocketOption#RCVTIMEO} is set and over
     * @throws IllegalArgumentException if {@code max} is less than 1
     * @throws IllegalStateException if the handler of a batch of this socket calls it
     */
    public int receiveBatch(Consumer<? super Message> handler, int max) {
        return incoming.receiveBatch(handler, max, timeout());
    }

    /**
     * Takes the frames that are there, without waiting, and hands each to the handler.
     *
     * @param handler as for {@link #receiveBatch(Consumer, int)}
     * @param max the number of frames to take, 1 or more
     * @return how many frames were handled; 0 if none is there
     */
    public int tryReceiveBatch(Consumer<? super Message> handler, int max) {
        return incoming.receiveBatch(handler, max, Timeout.NOT);
    }

    /**
     * Waits up to a time for a frame, then takes the frames that are there, and hands each to the
     * handler. The time does not limit how long it takes the frames that are there, {@code max}
     * does.
     *
     * @param handler as for {@link #receiveBatch(Consumer, int)}
     * @param max the number of frames to take, 1 or more
     * @param timeout how long to wait at most; 0 does not wait
     * @return how many frames were handled; 0 if the time is over
     */
    public int receiveBatch(Consumer<? super Message> handler, int max, Duration timeout) {
        return incoming.receiveBatch(handler, max, Timeout.nanos(timeout));
    }
}
