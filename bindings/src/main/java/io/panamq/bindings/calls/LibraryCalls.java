// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls that tell what the loaded library can do. Thread safe. */
public final class LibraryCalls {
    private static final MethodHandle HAS = Downcalls.plain("zmq_has", Shapes.I_P);

    private LibraryCalls() {}

    /**
     * {@code zmq_has}.
     *
     * @param capability a C string, never null
     * @return 1 if libzmq was built with it, otherwise 0
     */
    public static int has(MemorySegment capability) {
        try {
            return (int) HAS.invokeExact(capability);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
