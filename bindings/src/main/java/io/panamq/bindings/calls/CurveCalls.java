// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls that make CURVE keys. Thread safe. */
public final class CurveCalls {
    private static final MethodHandle KEYPAIR =
            Downcalls.capturing("zmq_curve_keypair", Shapes.I_PP);
    private static final MethodHandle PUBLIC = Downcalls.capturing("zmq_curve_public", Shapes.I_PP);

    private CurveCalls() {}

    /**
     * {@code zmq_curve_keypair}.
     *
     * @param capture receives errno
     * @param publicKey receives a C string of 41 bytes
     * @param secretKey receives a C string of 41 bytes
     * @return 0 or more, or the negated error number
     */
    public static int keyPair(
            MemorySegment capture, MemorySegment publicKey, MemorySegment secretKey) {
        try {
            int result = (int) KEYPAIR.invokeExact(capture, publicKey, secretKey);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_curve_public}.
     *
     * @param capture receives errno
     * @param publicKey receives a C string of 41 bytes
     * @param secretKey a C string of 40 characters
     * @return 0 or more, or the negated error number
     */
    public static int publicKey(
            MemorySegment capture, MemorySegment publicKey, MemorySegment secretKey) {
        try {
            int result = (int) PUBLIC.invokeExact(capture, publicKey, secretKey);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
