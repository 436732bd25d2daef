// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.OperationInterruptedException;
import io.panamq.internal.memory.MemoryOwner;
import io.panamq.internal.memory.ReleaseThread;
import io.panamq.internal.memory.WrappedMemory;
import io.panamq.internal.socket.Timeout;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/**
 * Tells when libzmq is done with memory that a message wraps: when the last frame with it, here or
 * at an inproc peer, was sent out, dropped or closed. From {@link Message#tracker}. Thread safe.
 *
 * <p>Released does not mean received, nor even sent: it does not tell these ends apart.
 */
@SuppressWarnings("exports") // what it extends is hidden
public final class MessageTracker extends WrappedMemory {
    MessageTracker(MemorySegment content, Runnable onRelease, MemoryOwner owner) {
        super(content, onRelease, owner);
    }

    /**
     * Whether libzmq is done with the memory, its callback has returned and its arena is closed.
     * Does not block.
     *
     * @return true from then on
     */
    public boolean isReleased() {
        return wasReleased();
    }

    /**
     * Waits until {@link #isReleased}. <strong>Blocks</strong> for this time at most. Only an
     * interrupt ends it early: the memory belongs to no context, and outlives one that is shut
     * down. Not to be called from a release callback.
     *
     * @param timeout how long to wait at most
     * @return true if it is released, false if the time is over
     * @throws OperationInterruptedException if the thread is interrupted; its flag stays set
     * @throws IllegalArgumentException if the time is negative
     */
    public boolean awaitReleased(Duration timeout) {
        return ReleaseThread.await(this, Timeout.nanos(timeout));
    }

    @Override
    public String toString() {
        return "MessageTracker["
                + content.byteSize()
                + " bytes"
                + (wasReleased() ? ", released]" : ", in use]");
    }
}
