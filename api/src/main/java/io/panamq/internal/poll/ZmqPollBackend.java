// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.poll;

import io.panamq.bindings.calls.PollItems;
import java.lang.foreign.MemorySegment;

/**
 * Waits in {@code zmq_poll}, which every libzmq has: a native array mirrors that of the poll set.
 * Each round looks at all entries.
 */
final class ZmqPollBackend implements PollBackend {
    private final PollItems natives = new PollItems();
    private final MemorySegment capture;

    ZmqPollBackend(MemorySegment capture) {
        this.capture = capture;
    }

    @Override
    public int add(PollEntry entry) {
        return update(entry);
    }

    @Override
    public int update(PollEntry entry) {
        if (entry.core != null) {
            natives.set(entry.index, entry.core.handle, -1, entry.events);
        } else {
            // Without events it would still report errors, but a pause means silence.
            int fd = entry.events == 0 ? -1 : entry.fd;
            natives.set(entry.index, MemorySegment.NULL, fd, entry.events);
        }
        return 0;
    }

    @Override
    public void remove(PollEntry entry) {
        // This is never ready, until another entry is updated to the same index.
        natives.set(entry.index, MemorySegment.NULL, -1, 0);
    }

    @Override
    public int poll(PollEntry[] entries, int count, long millis, PollEntry[] ready, int offset) {
        int result = natives.poll(capture, count, millis);
        int found = 0;
        for (int i = 0; found < result; i++) {
            int events = natives.ready(i);
            if (events != 0) {
                entries[i].found = events;
                ready[offset + found] = entries[i];
                found++;
            }
        }
        return result;
    }

    @Override
    public void destroy() {}
}
