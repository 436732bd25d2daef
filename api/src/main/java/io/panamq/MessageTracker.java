// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.lang.foreign.MemorySegment;
import java.time.Duration;

/**
 * Tells when libzmq is done with memory that a message wraps: when the last frame with it, here or
 * at an inproc peer, was sent out, dropped or closed. From {@link Message#tracker}. Thread safe.
 *
 * <p>Released does not mean received, nor even sent: it does not tell these ends apart.
 */
public final class MessageTracker {
    /** Keeps the memory reachable for as long as libzmq may read it. */
    final MemorySegment content;

    /** Memory of a file, which somebody else may cut: then reading it fails. */
    final boolean mapped;

    /** Noted as such while libzmq holds it. */
    boolean readOnly;

    private final Runnable onRelease;
    private final MessageArena arena;

    private volatile boolean released;

    MessageTracker(MemorySegment content, Runnable onRelease, MessageArena arena) {
        this.content = content;
        this.mapped = content.isMapped();
        this.readOnly = content.isReadOnly();
        this.onRelease = onRelease;
        this.arena = arena;
    }

    /**
     * Whether libzmq is done with the memory, its callback has returned and its arena is closed.
     * Does not block.
     *
     * @return true from then on
     */
    public boolean isReleased() {
        return released;
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
        return released || Releases.await(this, Waiting.nanos(timeout));
    }

    /** First. False if some call uses the arena's memory just now: then this has to come again. */
    boolean freeArena() {
        return arena == null || arena.free();
    }

    /** On the thread of {@link Releases}: the user's code, which may throw. */
    void release() {
        try {
            if (onRelease != null) {
                onRelease.run();
            }
        } finally {
            released = true;
        }
    }

    @Override
    public String toString() {
        return "MessageTracker["
                + content.byteSize()
                + " bytes"
                + (released ? ", released]" : ", in use]");
    }
}
