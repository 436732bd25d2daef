// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static io.panamq.bindings.calls.Constants.DONTWAIT;
import static io.panamq.bindings.calls.Constants.EAGAIN;
import static io.panamq.bindings.calls.Constants.EINTR;

import io.panamq.bindings.calls.NativeMemory;
import java.lang.foreign.MemorySegment;

/**
 * One half of a socket, and how its native call is made again until it works or the time is over.
 * Every method is for the owner of the socket, between enter and exit.
 */
abstract class SocketHalf {
    final SocketCore core;
    final MemorySegment handle;
    final MemorySegment capture;
    final MemorySegment scratch = NativeMemory.scratchSlot();

    private final String operation;
    private final BlockingWait waiting;

    /** The native time-out option of this half, and how exceptions call what it does. */
    SocketHalf(SocketCore core, int timeoutOption, String operation) {
        this.core = core;
        this.handle = core.handle;
        this.capture = core.capture;
        this.operation = operation;
        this.waiting = new BlockingWait(core, timeoutOption, operation);
    }

    /** Makes the native call, with errno captured. */
    abstract int call(MemorySegment slot, int flags);

    /**
     * Makes the call again until it works or the time is over.
     *
     * @param first what the call returned that was made before
     * @return what the last call returned; EAGAIN if the time is over
     */
    final int retry(int first, MemorySegment slot, long timeout, int flags) {
        int result = first;
        waiting.begin(timeout);
        while (result == EAGAIN || result == EINTR) {
            if (timeout == Timeout.NOT) {
                if (result == EAGAIN) {
                    return EAGAIN;
                }
                result = call(slot, flags | DONTWAIT);
            } else if (!waiting.next(timeout, result == EAGAIN)) {
                return EAGAIN;
            } else {
                result = call(slot, flags | core.dontWait);
            }
        }
        if (result < 0) {
            throw core.failure(result, operation, "");
        }
        return result;
    }
}
