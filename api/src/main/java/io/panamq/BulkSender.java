// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import com.google.errorprone.annotations.CheckReturnValue;
import io.panamq.internal.socket.SendPath;
import io.panamq.internal.socket.Timeout;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Sends from buffers, segments and lists of the caller, and many messages in one call. {@link
 * Sender#bulkSender} returns it. It is a view: its methods wait, return and throw as those of the
 * {@link Sender} that it belongs to, and are for the same threads.
 *
 * {@snippet class="io.panamq.snippets.MessageSnippets" region="bulkSend"}
 */
public final class BulkSender {
    /**
     * The size from which sharing memory with libzmq costs less than copying it, as we measured it:
     * 64 KiB, in bytes.
     */
    public static final long SHARE_THRESHOLD = 64 * 1024;

    private final SendPath path;

    BulkSender(SendPath path) {
        this.path = path;
    }

    /**
     * Sends the bytes of a buffer from its position to its limit, and waits while there is no room.
     *
     * @param content the bytes to send, which are copied; on success its position is moved to its
     *     limit, otherwise it is unchanged
     * @return true if it was queued; false only if {@link SocketOption#SNDTIMEO} is set and over
     */
    public boolean send(ByteBuffer content) {
        return transfer(content, path.timeout());
    }

    /**
     * Sends the bytes of a buffer from its position to its limit if there is room, without waiting.
     *
     * @param content the bytes to send, which are copied; on success its position is moved to its
     *     limit, otherwise it is unchanged
     * @return true if it was queued; false if there is no room
     */
    @CheckReturnValue
    public boolean trySend(ByteBuffer content) {
        return transfer(content, Timeout.NOT);
    }

    /**
     * Sends the bytes of a buffer from its position to its limit, and waits up to a time for room.
     *
     * @param content the bytes to send, which are copied; on success its position is moved to its
     *     limit, otherwise it is unchanged
     * @param timeout how long to wait at most; 0 does not wait
     * @return true if it was queued; false if the time is over
     */
    @CheckReturnValue
    public boolean send(ByteBuffer content, Duration timeout) {
        return transfer(content, Timeout.nanos(timeout));
    }

    /**
     * Sends a copy of a segment, on or off the heap, and waits while there is no room.
     *
     * @param content what to send, all of it
     * @return true if it was queued; false only if {@link SocketOption#SNDTIMEO} is set and over
     */
    public boolean send(MemorySegment content) {
        return transfer(content, path.timeout());
    }

    /**
     * Sends a copy of a segment, on or off the heap, if there is room, without waiting.
     *
     * @param content what to send, all of it
     * @return true if it was queued; false if there is no room
     */
    @CheckReturnValue
    public boolean trySend(MemorySegment content) {
        return transfer(content, Timeout.NOT);
    }

    /**
     * Sends a copy of a segment, on or off the heap, and waits up to a time for room.
     *
     * @param content what to send, all of it
     * @param timeout how long to wait at most; 0 does not wait
     * @return true if it was queued; false if the time is over
     */
    @CheckReturnValue
    public boolean send(MemorySegment content, Duration timeout) {
        return transfer(content, Timeout.nanos(timeout));
    }

    /**
     * Sends copies of arrays as the frames of one message, and waits while there is no room.
     *
     * @param frames an array for each frame, one or more, and none of them null
     * @return true if it was queued; false only if {@link SocketOption#SNDTIMEO} is set and over
     */
    public boolean send(List<byte[]> frames) {
        return transfer(frames, path.timeout());
    }

    /**
     * Sends copies of arrays as the frames of one message if there is room, without waiting.
     *
     * @param frames an array for each frame, one or more, and none of them null
     * @return true if it was queued; false if there is no room
     */
    @CheckReturnValue
    public boolean trySend(List<byte[]> frames) {
        return transfer(frames, Timeout.NOT);
    }

    /**
     * Sends copies of arrays as the frames of one message, and waits up to a time for room.
     *
     * @param frames an array for each frame, one or more, and none of them null
     * @param timeout how long to wait at most; 0 does not wait
     * @return true if it was queued; false if the time is over
     */
    @CheckReturnValue
    public boolean send(List<byte[]> frames, Duration timeout) {
        return transfer(frames, Timeout.nanos(timeout));
    }

    private boolean transfer(ByteBuffer content, long timeout) {
        boolean sent =
                path.send(
                        MemorySegment.ofBuffer(Objects.requireNonNull(content, "content")),
                        timeout);
        if (sent) {
            content.position(content.limit());
        }
        return sent;
    }

    private boolean transfer(MemorySegment content, long timeout) {
        return path.send(content, timeout);
    }

    private boolean transfer(List<byte[]> frames, long timeout) {
        try (Multipart multipart = Multipart.of(frames)) {
            return path.send(multipart, timeout);
        }
    }

    // ---- sharing instead of copying

    /**
     * Lets the sends of a {@link MemorySegment} or {@link ByteBuffer} share large memory with
     * libzmq instead of copying it. The program must not write to such memory until libzmq is done
     * with it, and these methods do not report when that is. Use {@link Message#wrap(MemorySegment,
     * Runnable)} if the program needs to know. Only native memory that nobody can free is shared:
     * of {@code Arena.ofAuto()}, {@code Arena.global()} or a direct buffer. All other memory is
     * copied, whatever its size.
     *
     * @param bytes the smallest size that is shared; {@link #SHARE_THRESHOLD} is a good one, and
     *     {@link Long#MAX_VALUE}, the default, never shares
     * @throws IllegalArgumentException if it is negative
     * @throws WrongThreadException always for a {@link ConcurrentSender}: call this on the socket
     *     before
     */
    public void shareFrom(long bytes) {
        path.shareFrom(bytes);
    }

    // ---- batches

    /**
     * Sends messages of one frame each, in the order of the list, and waits while there is no room.
     * A message that was sent is left without content, and all others are unchanged. If this
     * throws, the messages that still have content were not sent.
     *
     * @param messages messages with content, of this thread; if one has no content, none is sent
     * @return how many were queued: all, or fewer if {@link SocketOption#SNDTIMEO} is set and over;
     *     that time is for all messages together
     */
    public int sendBatch(List<Message> messages) {
        return path.sendBatch(messages, path.timeout());
    }

    /**
     * Sends as many messages of a list as there is room for, without waiting.
     *
     * @param messages as for {@link #sendBatch(List)}
     * @return how many were queued
     */
    @CheckReturnValue
    public int trySendBatch(List<Message> messages) {
        return path.sendBatch(messages, Timeout.NOT);
    }

    /**
     * Sends messages of one frame each, and waits up to a time for room. When the time is over it
     * still sends the messages that there is room for, without waiting.
     *
     * @param messages as for {@link #sendBatch(List)}
     * @param timeout how long to wait for room at most, for all messages together; 0 does not wait
     * @return how many were queued
     */
    @CheckReturnValue
    public int sendBatch(List<Message> messages, Duration timeout) {
        return path.sendBatch(messages, Timeout.nanos(timeout));
    }
}
