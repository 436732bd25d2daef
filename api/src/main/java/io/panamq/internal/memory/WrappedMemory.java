// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.memory;

import java.lang.foreign.MemorySegment;

/**
 * Memory of the user that libzmq holds. When libzmq has released it, {@link ReleaseThread} frees it
 * and runs its callback.
 *
 * @hidden
 */
public class WrappedMemory {
    protected final MemorySegment content;

    /** Whether it is a mapped file. If another process makes the file shorter, reading fails. */
    final boolean mapped;

    /** Whether {@link ReadOnlyMemory} knows it. */
    boolean readOnly;

    private final Runnable onRelease;
    private final MemoryOwner owner;

    private volatile boolean released;

    /**
     * Describes memory that libzmq will get.
     *
     * @param onRelease runs after libzmq has released the memory; may be null
     * @param owner frees the memory; null if the garbage collector does
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

    /** Frees the memory; returns false if that must be tried again later. */
    final boolean freeMemory() {
        return owner == null || owner.free();
    }

    /** Runs the user's callback, which may throw. The memory must have been freed. */
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
