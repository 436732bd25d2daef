// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls for error numbers and texts, linked when the first error happens. Thread safe. */
public final class ErrorCalls {
    private static final MethodHandle STRERROR = Downcalls.plain("zmq_strerror", Shapes.P_I);
    private static final MethodHandle ERRNO = Downcalls.plain("zmq_errno", Shapes.I);

    private ErrorCalls() {}

    /**
     * {@code zmq_strerror}.
     *
     * @param errno a positive error number
     * @return a C string that must be copied at once
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
     * @return the error number of this thread's last failed call, as libzmq sees it
     */
    static int errno() {
        try {
            return (int) ERRNO.invokeExact();
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
