// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.PollerCalls;
import io.panamq.bindings.calls.PollerEvents;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * {@code zmq_poller}, of a libzmq with drafts: it keeps what is registered, and tells only of what
 * is ready.
 */
final class ZmqPollerBackend implements PollBackend {
    private final PollerEvents events = new PollerEvents();
    private final MemorySegment capture;
    private final MemorySegment poller;

    /** By tag: libzmq keeps the tag of an item for as long as it is registered. */
    private PollItem[] tagged = new PollItem[16];

    private int[] freeTags = new int[16];
    private int free;
    private int used;

    ZmqPollerBackend(MemorySegment capture) {
        this.capture = capture;
        this.poller = PollerCalls.create(capture);
        if (poller.address() == 0) {
            throw Failures.of(-Errno.ENOMEM.number(), "creating", "a poller");
        }
    }

    @Override
    public int add(PollItem item) {
        int tag = free > 0 ? freeTags[free - 1] : used;
        if (tag >= freeTags.length) {
            // Before libzmq knows it: there may be no memory for this.
            tagged = Arrays.copyOf(tagged, 2 * tag);
            freeTags = Arrays.copyOf(freeTags, 2 * tag);
        }
        int result = PollerCalls.add(capture, poller, handle(item), item.fd, tag, item.events);
        if (result < 0) {
            return result;
        }
        if (free > 0) {
            free--;
        } else {
            used++;
        }
        tagged[tag] = item;
        item.tag = tag;
        return result;
    }

    private static MemorySegment handle(PollItem item) {
        return item.core == null ? MemorySegment.NULL : item.core.handle;
    }

    @Override
    public int modify(PollItem item) {
        return PollerCalls.modify(capture, poller, handle(item), item.fd, item.events);
    }

    @Override
    public void remove(PollItem item) {
        PollerCalls.remove(capture, poller, handle(item), item.fd);
        tagged[item.tag] = null;
        freeTags[free] = item.tag;
        free++;
    }

    @Override
    public void moved(PollItem item) {}

    @Override
    public int poll(PollItem[] items, int count, long millis, PollItem[] ready, int offset) {
        // All there is room for: what comes late in libzmq's list must not starve.
        int result = events.await(capture, poller, count, millis);
        for (int i = 0; i < result; i++) {
            PollItem item = tagged[(int) events.tag(i)];
            item.found = events.ready(i);
            ready[offset + i] = item;
        }
        return result;
    }

    @Override
    public void destroy() {
        MemorySegment pointer = NativeMemory.pointerTo(poller);
        PollerCalls.destroy(capture, pointer);
    }
}
