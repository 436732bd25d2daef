// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.leak.Leak;
import io.panamq.internal.leak.Leaks;
import io.panamq.internal.memory.MemoryOwner;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Memory that can be handed to libzmq whole: {@link Message#wrap(MessageArena, MemorySegment)}
 * takes the arena over, and it is freed when libzmq is done with the message.
 *
 * <p>Arenas of the JDK cannot be taken over: whoever made one could close it while libzmq still
 * reads the memory. Otherwise it behaves like {@link Arena#ofShared}: all threads may use it, and
 * freeing it stops them for some ten microseconds. Worth it for large memory; for many messages use
 * {@link Message#wrap(MemorySegment, Runnable)} and memory that is used again.
 */
public final class MessageArena implements Arena {
    private enum State {
        OPEN,
        TAKEN,
        CLOSED
    }

    private final Arena arena = Arena.ofShared();
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    private final Leak leak =
            Leaks.follow(this, "a message arena", "its memory is not given back", Leaks.site());

    private MessageArena() {}

    /**
     * A new arena.
     *
     * @return open, and the caller's to close until a message has taken it over
     */
    public static MessageArena create() {
        return new MessageArena();
    }

    /**
     * Allocates zeroed memory, from any thread.
     *
     * @param byteSize how much
     * @param byteAlignment a power of two
     * @return alive until the arena is closed, or libzmq is done with the message that took it over
     * @throws IllegalStateException if the arena is closed, or was taken over
     */
    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        State now = state.get();
        if (now != State.OPEN) {
            throw notOpen(now);
        }
        return arena.allocate(byteSize, byteAlignment);
    }

    @Override
    public MemorySegment.Scope scope() {
        return arena.scope();
    }

    /**
     * Frees the memory, from any thread. Does nothing if it was closed before, or if a message has
     * taken the arena over: so it fits a try statement either way.
     */
    @Override
    public void close() {
        if (state.compareAndSet(State.OPEN, State.CLOSED)) {
            boolean closed = false;
            try {
                arena.close();
                closed = true;
            } finally {
                if (!closed) {
                    state.set(State.OPEN); // some call uses its memory just now
                }
            }
            untrackLeak();
        }
    }

    /** Hands the memory over: from here on {@link #close} does nothing, and the owner frees it. */
    MemoryOwner take() {
        State found = state.compareAndExchange(State.OPEN, State.TAKEN);
        if (found != State.OPEN) {
            throw notOpen(found);
        }
        return new Owner();
    }

    /** Takes the memory back, because no message was made of it after all. */
    void giveBack() {
        state.set(State.OPEN);
    }

    /** Is what frees the memory after {@link #take}, when libzmq is done with it. */
    private final class Owner extends MemoryOwner {
        @Override
        public boolean free() {
            state.set(State.CLOSED);
            if (arena.scope().isAlive()) {
                try {
                    arena.close();
                } catch (IllegalStateException e) {
                    return false;
                }
            }
            untrackLeak();
            return true;
        }
    }

    private void untrackLeak() {
        if (leak != null) {
            leak.markClosed();
        }
    }

    private static IllegalStateException notOpen(State state) {
        return new IllegalStateException(
                state == State.TAKEN
                        ? "a message has taken this arena over: use a new one"
                        : "the arena is closed: use a new one");
    }
}
