// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.memory;

import io.panamq.bindings.calls.ReleaseCalls;
import java.lang.foreign.MemorySegment;

/**
 * The free function of wrapped messages, and where it notes which of them libzmq has let go of. A
 * message is known by a number.
 */
abstract sealed class ReleaseQueue permits NodeReleases, UpcallReleases {
    /** In C, if the loaded library has it; else in Java. */
    static ReleaseQueue create() {
        return ReleaseCalls.isPresent() ? new NodeReleases() : new UpcallReleases();
    }

    /** What libzmq is to call; it treats mapped memory with more care. */
    abstract MemorySegment freeFunction(boolean mapped);

    /** For a message that is about to be made. */
    abstract long newNumber();

    /** No message has this number any more: {@link #next} went past it, or none was made. */
    abstract void giveBack(long number);

    /** First thing on the thread that will call {@link #await}, before any message is made. */
    abstract void prepare();

    /** The next number that was released, in that order; 0 if {@link #await} is to be called. */
    abstract long peek();

    /** On to the number after that of {@link #peek}. */
    abstract void next();

    /** Waits until something was released, so long at most; may return for no reason. */
    abstract void await(long millis);
}
