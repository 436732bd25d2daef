// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static io.panamq.bindings.calls.Constants.EAGAIN;
import static io.panamq.bindings.calls.Constants.EVENTS;
import static io.panamq.bindings.calls.Constants.POLLOUT;

import io.panamq.bindings.calls.MessageCalls;
import io.panamq.bindings.calls.MessageProperties;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.SocketQueries;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends copies of forwarded messages to a capture socket, which share the content. It holds the
 * frames of one message, which go as one to the capture socket, or wait here while that is full.
 * For one thread at a time, and except for {@link #drop} within {@link #enter} and {@link #exit}.
 */
public final class CaptureCopies {
    private final SocketCore core;
    private final Outgoing capture;

    /** Those from {@link #sent} to {@link #count} hold frames; the others are empty. */
    private final List<MemorySegment> slots = new ArrayList<>();

    /** For {@code zmq_getsockopt}: the value, and its size in bytes. */
    private final MemorySegment events = NativeMemory.longs(1);

    private final MemorySegment size = NativeMemory.longs(1);

    private int sent;
    private int count;

    /** Whether the last frame here ends its message. */
    private boolean complete;

    public CaptureCopies(SocketHandle capture) {
        this.core = capture.core;
        this.capture = Forwarder.outgoing(capture);
    }

    void enter(String operation) {
        core.enter(operation);
        try {
            Forwarder.refuseConflate(core);
        } catch (IllegalArgumentException e) {
            core.exit();
            throw e;
        }
    }

    void exit() {
        core.exit();
    }

    /** Returns whether the copy of another message is likely to be accepted at once. */
    boolean hasRoom() {
        NativeMemory.setLong(size.address(), Integer.BYTES);
        int result = SocketQueries.getOption(core.capture, core.handle, EVENTS, events, size);
        if (result < 0) {
            throw core.failure(result, "capture", "");
        }
        return (NativeMemory.getInt(events.address()) & POLLOUT) != 0;
    }

    /** Adds a copy of the next frame of a message. */
    void add(MemorySegment frame, boolean more) {
        if (count == slots.size()) {
            MemorySegment slot = NativeMemory.scratchSlot();
            MessageCalls.init(slot);
            slots.add(slot);
        }
        MessageProperties.copy(slots.get(count), frame);
        count++;
        complete = !more;
    }

    /** Sends the message that waits here, without waiting; returns whether nothing is left. */
    boolean flush() {
        assert count == 0 || complete;
        while (sent < count) {
            boolean more = sent + 1 < count;
            MemorySegment slot = slots.get(sent);
            if (sent > 0) {
                // If the peer of a PAIR has just gone, the rest of its message is dropped.
                if (!capture.offerRest(slot, more)) {
                    break;
                }
            } else {
                int result = capture.offer(slot, more);
                if (result == EAGAIN) {
                    return false;
                }
                if (result < 0) {
                    throw core.failure(result, "capture", "");
                }
            }
            sent++;
        }
        drop();
        return true;
    }

    /** Drops what waits here. */
    void drop() {
        while (sent < count) {
            MessageCalls.close(slots.get(sent));
            MessageCalls.init(slots.get(sent));
            sent++;
        }
        sent = 0;
        count = 0;
    }
}
