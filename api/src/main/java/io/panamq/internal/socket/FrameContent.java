// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.bindings.calls.Constants;
import io.panamq.bindings.calls.MessageCalls;
import io.panamq.bindings.calls.MessageProperties;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.error.Errno;
import io.panamq.internal.error.Failures;
import io.panamq.internal.leak.Leaks;
import io.panamq.internal.leak.SlotWatch;
import io.panamq.internal.memory.MessageSlots;
import io.panamq.internal.memory.ReadOnlyMemory;
import io.panamq.internal.memory.ReleaseThread;
import io.panamq.internal.memory.SlotRescue;
import io.panamq.internal.memory.WrappedMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/**
 * Holds the memory of a frame: the slot, and what is known of its content. Methods that read the
 * content are for the owner of a frame that has some.
 *
 * @hidden
 */
abstract class FrameContent extends ThreadConfined {
    private static final byte SHARING_UNKNOWN = 0;
    private static final byte EXCLUSIVE = 1;
    private static final byte SHARED = 2;

    /** Null after the first send, until the object is used again. */
    protected MemorySegment slot = MessageSlots.take();

    /** Null unless a leak is followed, or the slot is to be rescued. */
    private SlotWatch watch = Leaks.message();

    /** A byte and not an enum, so that the object stays within 64 bytes. */
    private byte sharing;

    /** In bytes, or -1 if it is not known yet. */
    private long size;

    /** 0 if it is not known yet. */
    private long address;

    /** The arena of the view; null if there is none. */
    private Arena views;

    private MemorySegment view;

    /** Set in the frames of a batch, whose views are closed together. */
    ViewScope sharedScope;

    /** The memory of the user that is or was the content; kept until there is other content. */
    private WrappedMemory wrapped;

    /** Makes the slot hold a message without content. */
    protected final void initialise() {
        MessageCalls.init(slot);
    }

    /** Drops what the slot holds, and gives the slot back. */
    final void giveSlotBack() {
        if (slot != null) {
            MessageCalls.close(slot);
            giveEmptySlotBack();
        }
    }

    /** Gives a slot back that holds nothing; may be called again if the stack ends within it. */
    final void giveEmptySlotBack() {
        endWatch();
        MessageSlots.giveBack(slot);
        slot = null;
    }

    /** Takes a slot for an object that is used again after it was sent. It must be initialised. */
    final void renewSlot() {
        slot = MessageSlots.take();
        watch = Leaks.message();
    }

    /**
     * Lets a daemon thread give the slot back if this object becomes garbage. It is not reported as
     * a leak any more.
     */
    final void beginRescue() {
        try {
            SlotRescue rescue = new SlotRescue(this);
            endWatch();
            watch = rescue;
            rescue.arm(slot);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Ends a rescue, or the following of a leak. */
    final void endWatch() {
        if (watch != null) {
            try {
                watch.markClosed();
                watch = null;
            } finally {
                // Otherwise it could be collected, and the slot given back, before that.
                Reference.reachabilityFence(this);
            }
        }
    }

    /** Notes whether it is a frame of a multipart message, for the report if it is lost. */
    final void noteFrame(boolean frame) {
        if (watch != null) {
            watch.setFrame(frame);
        }
    }

    /** Allocates content in a slot that has none; returns false if there is no memory. */
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

    /** Makes memory of the user the content of a slot that has none; false if C has no memory. */
    protected final boolean wrapContent(WrappedMemory memory) {
        if (!ReleaseThread.wrap(slot, memory)) {
            initialise();
            return false;
        }
        MemorySegment content = ReleaseThread.content(memory);
        wrapped = memory;
        size = content.byteSize();
        address = content.address();
        sharing = content.isReadOnly() ? SHARED : EXCLUSIVE;
        return true;
    }

    /** Replaces mapped content by a copy. Java makes it, and throws if the file was truncated. */
    final void copyMapped(MemorySegment scratch) {
        long bytes = contentSize();
        long copy = MessageCalls.allocate(scratch, bytes);
        if (copy == 0) {
            throw Failures.of(Errno.ENOMEM, "allocating " + bytes + " bytes", "a message");
        }
        try {
            NativeMemory.copyTo(ReleaseThread.content(wrapped), 0, copy, bytes);
            closeView();
            // This releases the old content. The slot then shares the copy with the scratch slot.
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
                    "MessageTracker.of is for messages of wrap and map; this one "
                            + (hasContent
                                    ? "was allocated, copied or received"
                                    : "has no content of these"));
        }
        return wrapped;
    }

    private void forgetWrapped() {
        if (wrapped != null) { // it is mostly null, and a store would cost more than this check
            wrapped = null;
        }
    }

    /** Notes new content, of the size that {@code zmq_msg_recv} returned. */
    final void setReceived(int clippedSize) {
        size = clippedSize == Integer.MAX_VALUE ? -1 : clippedSize;
        address = 0;
        sharing = SHARING_UNKNOWN;
        forgetWrapped();
    }

    /** Makes the content of this frame also that of another one, which has none. */
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
            boolean shared = MessageProperties.get(slot, Constants.SHARED) > 0;
            // An inproc peer may have wrapped memory that is read-only.
            sharing = shared || ReadOnlyMemory.startsAt(contentAddress()) ? SHARED : EXCLUSIVE;
        }
        return sharing == SHARED;
    }

    protected final long contentSize() {
        assert isOwn();
        if (size < 0) {
            size = MessageProperties.size(slot);
        }
        return size;
    }

    protected final long contentAddress() {
        assert isOwn();
        if (address == 0) {
            address = MessageCalls.data(slot);
        }
        return address;
    }

    /** Returns the address of some bytes of the content, after a check of the bounds. */
    protected final long at(long offset, long bytes) {
        long length = contentSize();
        // Checked in this order nothing can overflow.
        if (offset < 0 || bytes < 0 || bytes > length || offset > length - bytes) {
            throw new IndexOutOfBoundsException(
                    bytes + " bytes at offset " + offset + " of a message of " + length + " bytes");
        }
        return contentAddress() + offset;
    }

    /** Returns the view of the content; the same one until the content changes. */
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

    /** Closes the view, if there is one: all access to it throws from now on. */
    protected final void closeView() {
        if (views != null) {
            if (sharedScope == null) {
                ViewScope.close(views);
            } else {
                sharedScope.close();
            }
            forgetView();
        }
    }

    /** Forgets the view, whose scope is closed or will be. */
    final void forgetView() {
        views = null;
        view = null;
    }
}
