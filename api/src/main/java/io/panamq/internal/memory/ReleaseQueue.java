// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.memory;

import io.panamq.bindings.calls.ReleaseCalls;
import java.lang.foreign.MemorySegment;

/**
 * The free function of wrapped messages, and the queue of the messages that it was called for. Each
 * message has a number. Only one thread, the release thread, reads the queue.
 */
abstract sealed class ReleaseQueue permits NodeReleases, UpcallReleases {
    /** Creates a queue; its free function is in C if the library has one, or else in Java. */
    static ReleaseQueue create() {
        return ReleaseCalls.isPresent() ? new NodeReleases() : new UpcallReleases();
    }

    /** Returns the free function; by that for mapped memory, libzmq knows not to read it itself. */
    abstract MemorySegment freeFunction(boolean mapped);

    /** Returns an unused number for a message. */
    abstract long newNumber();

    /** Makes a number unused again, after {@link #advance} or if no message was made. */
    abstract void giveBack(long number);

    /** Prepares the release thread, which must call this before the other methods for it. */
    abstract void prepare();

    /** Returns the first number in the queue; 0 if {@link #await} must be called first. */
    abstract long peek();

    /** Removes the number that {@link #peek} returned. */
    abstract void advance();

    /** Waits up to the given time until a message is released; may return early. */
    abstract void await(long millis);
}
