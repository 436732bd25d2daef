// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.calls.PollItems;
import java.lang.foreign.MemorySegment;

/**
 * {@code zmq_poll}, on every libzmq: a native array that mirrors the poller's. Each round looks at
 * all items.
 */
final class ZmqPollBackend implements PollBackend {
    private final PollItems natives = new PollItems();
    private final MemorySegment capture;

    ZmqPollBackend(MemorySegment capture) {
        this.capture = capture;
    }

    @Override
    public int add(PollItem item) {
        moved(item);
        return 0;
    }

    @Override
    public int modify(PollItem item) {
        moved(item);
        return 0;
    }

    @Override
    public void remove(PollItem item) {
        // Something that is never ready, until the poller moves another item there.
        natives.set(item.index, MemorySegment.NULL, -1, 0);
    }

    @Override
    public void moved(PollItem item) {
        if (item.gone) {
            remove(item);
        } else if (item.core == null) {
            // Without events it would still report errors: pausing means silence.
            int fd = item.events == 0 ? -1 : item.fd;
            natives.set(item.index, MemorySegment.NULL, fd, item.events);
        } else {
            natives.set(item.index, item.core.handle, -1, item.events);
        }
    }

    @Override
    public int poll(PollItem[] items, int count, long millis, PollItem[] ready, int offset) {
        int result = natives.poll(capture, count, millis);
        int found = 0;
        for (int i = 0; found < result; i++) {
            int events = natives.ready(i);
            if (events != 0) {
                items[i].found = events;
                ready[offset + found] = items[i];
                found++;
            }
        }
        return result;
    }

    @Override
    public void destroy() {}
}
