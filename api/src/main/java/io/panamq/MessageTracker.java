// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import com.google.errorprone.annotations.CheckReturnValue;
import io.panamq.error.OperationInterruptedException;
import io.panamq.internal.memory.MemoryOwner;
import io.panamq.internal.memory.ReleaseThread;
import io.panamq.internal.memory.WrappedMemory;
import io.panamq.internal.socket.Timeout;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reports when libzmq is done with memory that a message wraps: when the last message with this
 * memory, here or at an inproc peer, was sent, dropped or closed. {@link #of} returns it. Thread
 * safe.
 *
 * {@snippet class="io.panamq.snippets.MessageSnippets" region="file"}
 *
 * <p>Released does not mean received, and not even sent: the tracker does not report which of these
 * happened.
 */
@SuppressWarnings("exports") // what it extends is hidden
public final class MessageTracker extends WrappedMemory {
    MessageTracker(
            MemorySegment content, @Nullable Runnable onRelease, @Nullable MemoryOwner owner) {
        super(content, onRelease, owner);
    }

    /**
     * Returns the tracker of the memory that a message wraps. May also be called after the message
     * was sent, until the object gets other content.
     *
     * @param message a message of {@link Message#wrap}, {@link Message#map} or {@link
     *     MessageArena#wrap}, of this thread
     * @return the tracker; the same one for messages that share the memory
     * @throws IllegalStateException if the message wraps no memory of the caller, or is closed
     */
    public static MessageTracker of(Message message) {
        return Objects.requireNonNull(message, "message").tracker();
    }

    /**
     * Returns whether libzmq is done with the memory, and the callback has returned or the arena is
     * closed. Returns at once.
     *
     * @return true if the memory is released; it stays so
     */
    public boolean isReleased() {
        return wasReleased();
    }

    /**
     * Waits up to the given time until libzmq is done with the memory, as {@link #isReleased}
     * tells. Only an interrupt ends the wait early: closing a context does not, since the memory
     * belongs to no context. Must not be called by a release callback.
     *
     * @param timeout how long to wait at most
     * @return true if it is released, false if the time is over
     * @throws OperationInterruptedException if the thread is interrupted; its flag stays set
     * @throws IllegalArgumentException if the time is negative
     * @throws IllegalStateException if a release callback calls it
     */
    @CheckReturnValue
    public boolean awaitReleased(Duration timeout) {
        return ReleaseThread.await(this, Timeout.nanos(timeout));
    }

    /** Returns the size of the memory in bytes, and whether it was released. */
    @Override
    public String toString() {
        return "MessageTracker["
                + content.byteSize()
                + " bytes"
                + (wasReleased() ? ", released]" : ", in use]");
    }
}
