// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.option.OptionCodec;
import io.panamq.internal.socket.SocketCore;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Reads which events a socket has. */
final class EventsCodec extends OptionCodec<Set<PollEvent>> {
    EventsCodec() {
        super(Integer.BYTES);
    }

    @Override
    public MemorySegment encode(Set<PollEvent> value, Arena arena) {
        return INT.encode(PollEvent.mask(value.toArray(new PollEvent[0])), arena);
    }

    @Override
    public Set<PollEvent> decode(MemorySegment value) {
        Set<PollEvent> events = EnumSet.noneOf(PollEvent.class);
        for (PollEvent event : PollEvent.values()) {
            if ((INT.decode(value) & event.bit()) != 0) {
                events.add(event);
            }
        }
        return events;
    }

    @Override
    public Set<PollEvent> read(SocketCore core, int option, Arena arena) {
        // As for a poller: some types now read the start of a message ahead.
        core.polled = true;
        Set<PollEvent> events = super.read(core, option, arena);
        if (core.hasLeftovers()) {
            events.add(PollEvent.IN);
        }
        return Collections.unmodifiableSet(events);
    }
}
