// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static io.panamq.bindings.calls.Constants.SHARED;

import io.panamq.bindings.calls.MessageCalls;
import io.panamq.bindings.calls.MessageProperties;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.error.Errno;
import io.panamq.internal.error.Failures;
import io.panamq.internal.leak.Leak;
import io.panamq.internal.leak.Leaks;
import io.panamq.internal.memory.MessageSlots;
import io.panamq.internal.memory.ReadOnlyMemory;
import io.panamq.internal.memory.ReleaseThread;
import io.panamq.internal.memory.WrappedMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The memory of a frame: its slot, and what was asked about the content so far. Callers have
 * checked the thread, and that there is content.
 */
abstract class FrameContent extends ThreadConfined {
    private static final byte SHARING_UNKNOWN = 0;
    private static final byte EXCLUSIVE = 1;
    private static final byte SHARED = 2;

    protected final MemorySegment slot = MessageSlots.take();

    /** Mostly null. */
    private final Leak.Token leak = Leaks.message();

    /** A byte, so that the object stays within 64. */
    private byte sharing;

    private long size;
    private long address;
    private Arena views;
    private MemorySegment view;

    /** Set for the frames of a batch, whose views die together. */
    ViewScope sharedScope;

    /** Of content that is memory of the user; stays until the object gets other content. */
    private WrappedMemory wrapped;

    /** Makes the slot hold a message without content. */
    protected final void initialise() {
        MessageCalls.init(slot);
    }

    /** The end of it: whatever the slot holds is given up. */
    final void giveSlotBack() {
        if (leak != null) {
            leak.markClosed();
        }
        MessageCalls.close(slot);
        MessageSlots.giveBack(slot);
    }

    /** Allocates content in a slot that has none; false if there is no such memory. */
    protected final boolean allocateContent(long bytes) {
        forgetWrapped();
        address = MessageCalls.allocate(slot, bytes);
        if (address == 0) {
            initialise();
            return false;
        }
        size = bytes;
        sharing = EXCLUSIVE;
        return true;
    }

    /**
     * Makes memory of the user the content of a slot that has none; false if there is no memory.
     */
    protected final boolean wrapContent(WrappedMemory memory) {
        if (!ReleaseThread.wrap(slot, memory)) {
            initialise();
            return false;
        }
        wrapped = memory;
        size = ReleaseThread.content(memory).byteSize();
        address = ReleaseThread.content(memory).address();
        sharing = ReleaseThread.content(memory).isReadOnly() ? SHARED : EXCLUSIVE;
        return true;
    }

    /** Replaces the content by a copy of it, made by Java: reading it fails if the file was cut. */
    final void copyMapped(MemorySegment scratch) {
        long bytes = contentSize();
        long copy = MessageCalls.allocate(scratch, bytes);
        if (copy == 0) {
            throw Failures.of(Errno.ENOMEM, "allocating " + bytes + " bytes", "a message");
        }
        try {
            NativeMemory.copyTo(ReleaseThread.content(wrapped), 0, copy, bytes);
            closeView();
            // The old content is released; both share the new one, and the scratch lets go of it.
            MessageProperties.copy(slot, scratch);
        } finally {
            MessageCalls.close(scratch);
        }
        address = 0;
        sharing = SHARED;
        forgetWrapped();
    }

    protected final boolean isMapped() {
        return wrapped != null && ReleaseThread.isMapped(wrapped);
    }

    protected final WrappedMemory contentMemory(boolean hasContent) {
        if (wrapped == null) {
            throw new IllegalStateException(
                    "tracker() is for messages of wrap and map; this one "
                            + (hasContent
                                    ? "was allocated, copied or received"
                                    : "has no content of these"));
        }
        return wrapped;
    }

    private void forgetWrapped() {
        if (wrapped != null) { // most messages wrap nothing, and a store costs more than a look
            wrapped = null;
        }
    }

    /** The content is new, of the size that {@code zmq_msg_recv} returned. */
    final void contentArrived(int clippedSize) {
        size = clippedSize == Integer.MAX_VALUE ? -1 : clippedSize;
        address = 0;
        sharing = SHARING_UNKNOWN;
        forgetWrapped();
    }

    /** Gives the content to another slot too. */
    protected final void shareContent(FrameContent copy) {
        MessageProperties.copy(copy.slot, slot);
        copy.size = size;
        copy.address = 0;
        copy.sharing = SHARED;
        copy.wrapped = wrapped;
        sharing = SHARED;
        address = 0;
    }

    protected final boolean isContentShared() {
        if (sharing == SHARING_UNKNOWN) {
            boolean shared = MessageProperties.get(slot, SHARED) > 0;
            // An inproc peer may have wrapped memory that cannot be written.
            sharing = shared || ReadOnlyMemory.startsAt(contentAddress()) ? SHARED : EXCLUSIVE;
        }
        return sharing == SHARED;
    }

    protected final long contentSize() {
        if (size < 0) {
            size = MessageProperties.size(slot);
        }
        return size;
    }

    protected final long contentAddress() {
        if (address == 0) {
            address = MessageCalls.data(slot);
        }
        return address;
    }

    /** The address of some bytes of the content, or an exception. */
    protected final long at(long offset, long bytes) {
        long length = contentSize();
        // In this order nothing can overflow.
        if (offset < 0 || bytes < 0 || bytes > length || offset > length - bytes) {
            throw new IndexOutOfBoundsException(
                    bytes + " bytes at offset " + offset + " of a message of " + length + " bytes");
        }
        return contentAddress() + offset;
    }

    /** The one view of the present content. */
    protected final MemorySegment view() {
        if (view == null || !view.scope().isAlive()) {
            Arena arena = sharedScope == null ? Arena.ofConfined() : sharedScope.arena();
            MemorySegment whole = NativeMemory.view(contentAddress(), contentSize(), arena);
            view = isContentShared() ? whole.asReadOnly() : whole;
            views = arena;
        }
        return view;
    }

    final boolean hasView() {
        return views != null;
    }

    /** From here on all access to it throws. */
    protected final void closeView() {
        if (views != null) {
            if (sharedScope == null) {
                // Closed already if the end of the stack cut this off.
                if (views.scope().isAlive()) {
                    views.close();
                }
            } else {
                sharedScope.close();
            }
            forgetView();
        }
    }

    /** Its scope is closed, or will be. */
    final void forgetView() {
        views = null;
        view = null;
    }
}
