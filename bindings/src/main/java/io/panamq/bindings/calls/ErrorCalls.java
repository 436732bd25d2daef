// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Error numbers and texts, linked when the first error happens. Any thread. */
public final class ErrorCalls {
    private static final MethodHandle STRERROR = Downcalls.plain("zmq_strerror", Shapes.P_I);
    private static final MethodHandle ERRNO = Downcalls.plain("zmq_errno", Shapes.I);

    private ErrorCalls() {}

    /**
     * {@code zmq_strerror}.
     *
     * @param errno an error number
     * @return a C string to copy at once
     */
    public static MemorySegment text(int errno) {
        try {
            return (MemorySegment) STRERROR.invokeExact(errno);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_errno}.
     *
     * @return errno as libzmq sees it
     */
    public static int errno() {
        try {
            return (int) ERRNO.invokeExact();
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
