// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import com.google.errorprone.annotations.CheckReturnValue;
import io.panamq.error.ZmqException;
import io.panamq.internal.leak.Leak;
import io.panamq.internal.leak.Leaks;
import io.panamq.internal.memory.MemoryOwner;
import io.panamq.internal.memory.WrappableMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An arena that a message can take over: {@link #wrap} makes a message of its memory, which is sent
 * without a copy, and the arena is closed when libzmq is done with the memory.
 *
 * <p>An arena of the JDK cannot be taken over, because the program could close it while libzmq
 * still reads the memory. In all other respects this arena behaves like {@link Arena#ofShared}: all
 * threads may use it, and freeing its memory stops all Java threads for some ten microseconds. So
 * it pays for large messages. For many small ones use memory that is used again, with {@link
 * Message#wrap(MemorySegment, Runnable)}.
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
     * Makes a new arena.
     *
     * @return an open arena, which the caller closes unless a message takes it over
     */
    @CheckReturnValue
    public static MessageArena create() {
        return new MessageArena();
    }

    /**
     * Allocates zeroed memory, from any thread.
     *
     * @param byteSize how many bytes
     * @param byteAlignment a power of two
     * @return memory that is alive until the arena is closed, or until libzmq is done with the
     *     message that took the arena over
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

    /** Returns the scope of the memory, which ends when the arena is closed. */
    @Override
    public MemorySegment.Scope scope() {
        return arena.scope();
    }

    /**
     * Frees the memory; may be called from any thread. Does nothing if the arena was closed before,
     * or if a message has taken it over, so the arena can be in a try statement in both cases.
     *
     * @throws IllegalStateException if another thread is using the memory in a call just now; the
     *     arena stays open
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

    /**
     * Makes a message over memory of this arena, which is sent without a copy, and gives the arena
     * to it: the arena is closed when libzmq is done with the memory. From now on it can neither
     * allocate nor be used for another message. Otherwise like {@link Message#wrap(MemorySegment,
     * Runnable)}; {@link MessageTracker#of} reports when libzmq is done.
     *
     * @param content memory of this arena
     * @return the message, owned by this thread
     * @throws IllegalArgumentException if the memory is not the arena's
     * @throws IllegalStateException if the arena is closed, or was taken over before
     * @throws ZmqException ENOMEM if there is no memory; then the arena is still the caller's
     */
    @CheckReturnValue
    public Message wrap(MemorySegment content) {
        WrappableMemory.checkOf(this, Objects.requireNonNull(content, "content"));
        MemoryOwner owner = take();
        try {
            return Message.wrap(new MessageTracker(content, null, owner));
        } catch (RuntimeException | Error e) {
            state.set(State.OPEN);
            throw e;
        }
    }

    /** Hands the memory over: from here on {@link #close} does nothing, and the owner frees it. */
    private MemoryOwner take() {
        State found = state.compareAndExchange(State.OPEN, State.TAKEN);
        if (found != State.OPEN) {
            throw notOpen(found);
        }
        return new Owner();
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

    private static IllegalStateException notOpen(@Nullable State state) {
        return new IllegalStateException(
                state == State.TAKEN
                        ? "a message has taken this arena over: use a new one"
                        : "the arena is closed: use a new one");
    }
}
