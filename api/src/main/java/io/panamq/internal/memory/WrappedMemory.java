// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.memory;

import java.lang.foreign.MemorySegment;

/**
 * Memory of the user that libzmq holds: it is kept reachable until libzmq is done with it, and then
 * it is freed and its callback is run, by {@link ReleaseThread}.
 *
 * @hidden
 */
public class WrappedMemory {
    protected final MemorySegment content;

    /** Whether it is memory of a file, which somebody else may cut: then reading it fails. */
    final boolean mapped;

    /** Whether it is noted in {@link ReadOnlyMemory}. */
    boolean readOnly;

    private final Runnable onRelease;
    private final MemoryOwner owner;

    private volatile boolean released;

    /**
     * Describes memory that is about to be handed to libzmq.
     *
     * @param onRelease runs when libzmq is done with it; null for nothing
     * @param owner frees it; null if the garbage collector does
     */
    public WrappedMemory(MemorySegment content, Runnable onRelease, MemoryOwner owner) {
        this.content = content;
        this.mapped = content.isMapped();
        this.readOnly = content.isReadOnly();
        this.onRelease = onRelease;
        this.owner = owner;
    }

    protected final boolean wasReleased() {
        return released;
    }

    /** Frees the memory, first of all; returns false if that has to be tried again later. */
    final boolean freeMemory() {
        return owner == null || owner.free();
    }

    /** Runs the user's callback, which may throw. */
    final void completeRelease() {
        try {
            if (onRelease != null) {
                onRelease.run();
            }
        } finally {
            released = true;
        }
    }
}
