// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static io.panamq.bindings.calls.Constants.DONTWAIT;
import static io.panamq.bindings.calls.Constants.EAGAIN;
import static io.panamq.bindings.calls.Constants.EINTR;

import io.panamq.bindings.calls.NativeMemory;
import java.lang.foreign.MemorySegment;

/** One half of a socket: makes its native call again until it works or the time is over. */
abstract class SocketHalf {
    final SocketCore core;
    final MemorySegment handle;
    final MemorySegment capture;
    final MemorySegment scratch = NativeMemory.scratchSlot();

    private final String operation;
    private final BlockingWait waiting;

    /** Creates a half with this native time-out option; exceptions name its operation. */
    SocketHalf(SocketCore core, int timeoutOption, String operation) {
        this.core = core;
        this.handle = core.handle;
        this.capture = core.capture;
        this.operation = operation;
        this.waiting = new BlockingWait(core, timeoutOption, operation);
    }

    /** Makes the native call, which captures errno; returns its result or a negative errno. */
    abstract int call(MemorySegment slot, int flags);

    /**
     * Makes the call again until it works or the time is over.
     *
     * @param first what the call returned before; EINTR if its errno was not captured
     * @return what the last call returned; EAGAIN if the time is over
     */
    final int retry(int first, MemorySegment slot, long timeout, int flags) {
        assert core.isInside();
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
