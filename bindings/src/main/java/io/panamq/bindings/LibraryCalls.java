// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import io.panamq.bindings.libzmq.zmq_h;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Facts about the loaded library. Any thread. */
public final class LibraryCalls {
    private static final MethodHandle HAS = Downcalls.plain("zmq_has", zmq_h::zmq_has$descriptor);
    private static final MethodHandle STRERROR =
            Downcalls.plain("zmq_strerror", zmq_h::zmq_strerror$descriptor);

    private LibraryCalls() {}

    /**
     * {@code zmq_has}.
     *
     * @param capability a C string, never null
     * @return 1 if it was built in
     */
    public static int has(MemorySegment capability) {
        try {
            return (int) HAS.invokeExact(capability);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_strerror}.
     *
     * @param errno an error number
     * @return a C string to copy at once
     */
    public static MemorySegment errorText(int errno) {
        try {
            return (MemorySegment) STRERROR.invokeExact(errno);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
