// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.poll;

import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.PollerCalls;
import io.panamq.bindings.calls.PollerEvents;
import io.panamq.error.Errno;
import io.panamq.internal.error.Failures;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Waits in {@code zmq_poller_wait_all}, which a libzmq with drafts has: it keeps what was added,
 * and reports only what is ready.
 */
final class ZmqPollerBackend implements PollBackend {
    private final PollerEvents events = new PollerEvents();
    private final MemorySegment capture;
    private final MemorySegment poller;

    /** By tag, which libzmq keeps for an entry as long as that is added. */
    private PollEntry[] tagged = {};

    /** All tags; those from {@link #used} on are free. */
    private int[] tags = {};

    private int used;

    ZmqPollerBackend(MemorySegment capture) {
        this.capture = capture;
        this.poller = PollerCalls.create(capture);
        if (poller.address() == 0) {
            throw Failures.of(Errno.ENOMEM, "creating", "a poller");
        }
    }

    @Override
    public int add(PollEntry entry) {
        if (used == tags.length) {
            makeTags(Math.max(16, 2 * used)); // before libzmq knows it: there may be no memory
        }
        int tag = tags[used];
        int result = PollerCalls.add(capture, poller, handle(entry), entry.fd, tag, entry.events);
        if (result >= 0) {
            used++;
            tagged[tag] = entry;
            entry.tag = tag;
        }
        return result;
    }

    private void makeTags(int count) {
        tagged = Arrays.copyOf(tagged, count);
        int[] more = Arrays.copyOf(tags, count);
        for (int i = tags.length; i < count; i++) {
            more[i] = i;
        }
        tags = more;
    }

    private static MemorySegment handle(PollEntry entry) {
        return entry.core == null ? MemorySegment.NULL : entry.core.handle;
    }

    @Override
    public int update(PollEntry entry) {
        return PollerCalls.modify(capture, poller, handle(entry), entry.fd, entry.events);
    }

    @Override
    public void remove(PollEntry entry) {
        PollerCalls.remove(capture, poller, handle(entry), entry.fd);
        tagged[entry.tag] = null;
        used--;
        tags[used] = entry.tag;
    }

    @Override
    public int poll(PollEntry[] entries, int count, long millis, PollEntry[] ready, int offset) {
        // It asks for as many events as there are entries, or the last ones would starve.
        int result = events.await(capture, poller, count, millis);
        for (int i = 0; i < result; i++) {
            PollEntry entry = tagged[(int) events.tag(i)];
            entry.found = events.ready(i);
            ready[offset + i] = entry;
        }
        return result;
    }

    @Override
    public void destroy() {
        PollerCalls.destroy(capture, NativeMemory.pointerTo(poller));
    }
}
