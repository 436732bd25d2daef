// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.poll;

import static io.panamq.bindings.calls.Constants.POLLIN;

import io.panamq.bindings.calls.PollItems;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The file descriptors of the user beside an epoll: {@code zmq_poll} waits for them and for the
 * epoll. An epoll takes neither regular files nor a descriptor that is not open, and would lose one
 * that is closed; {@code zmq_poll} reports all of them.
 */
final class DescriptorItems {
    private final PollItems natives = new PollItems();
    private PollEntry[] entries = new PollEntry[4];
    private int count;

    DescriptorItems(int epoll) {
        natives.set(0, MemorySegment.NULL, epoll, POLLIN);
    }

    int count() {
        return count;
    }

    void add(PollEntry entry) {
        if (count == entries.length) {
            entries = Arrays.copyOf(entries, 2 * count);
        }
        entry.tag = count;
        update(entry);
        entries[count] = entry;
        count++;
    }

    void update(PollEntry entry) {
        // Without events it would still report errors, but a pause means silence.
        int fd = entry.events == 0 ? -1 : entry.fd;
        natives.set(entry.tag + 1, MemorySegment.NULL, fd, entry.events);
    }

    /** Takes an entry out; the last one takes its place. */
    void remove(PollEntry entry) {
        count--;
        PollEntry last = entries[count];
        entries[count] = null;
        if (last != entry) {
            last.tag = entry.tag;
            entries[last.tag] = last;
            update(last);
        }
    }

    /** Whether one is waited for, and not paused. */
    boolean isAnyWatched() {
        for (int i = 0; i < count; i++) {
            if (entries[i].events != 0) {
                return true;
            }
        }
        return false;
    }

    /** Waits for up to this time; returns how many are ready, or the negated error number. */
    int poll(MemorySegment capture, long millis) {
        return natives.poll(capture, count + 1, millis);
    }

    /** Adds those that are ready to those of the set. Returns how many. */
    int collect(PollSet set) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            int events = natives.ready(i + 1);
            if (events != 0) {
                entries[i].found = events;
                set.addReady(entries[i]);
                found++;
            }
        }
        return found;
    }
}
