// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Calls on the options of contexts that few programs make: {@code zmq_ctx_get}, and the drafts
 * {@code zmq_ctx_set_ext} and {@code zmq_ctx_get_ext}. They are linked apart from {@link
 * ContextCalls} to keep the start short. Thread safe; handles are unchecked.
 */
public final class ContextOptionCalls {
    private static final MethodHandle GET =
            Downcalls.capturing("zmq_ctx_get", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));

    private ContextOptionCalls() {}

    /**
     * {@code zmq_ctx_get}. Its -1 is an error, or the value: that depends on the option.
     *
     * @param capture receives errno
     * @param context an open context
     * @param option the number of the option
     * @return the value, or -1: then {@link ContextCalls#lastError} may tell why
     */
    public static int get(MemorySegment capture, MemorySegment context, int option) {
        try {
            return (int) GET.invokeExact(capture, context, option);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_ctx_set_ext}. libzmq must have drafts.
     *
     * @param capture receives errno
     * @param context an open context
     * @param option the number of the option
     * @param value the new value
     * @return 0 or more, or the negated error number
     */
    public static int setText(
            MemorySegment capture, MemorySegment context, int option, MemorySegment value) {
        try {
            int result =
                    (int) Text.SET.invokeExact(capture, context, option, value, value.byteSize());
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_ctx_get_ext}. libzmq must have drafts.
     *
     * @param capture receives errno
     * @param context an open context
     * @param option the number of the option
     * @param value receives the value
     * @param size a {@code size_t} with the bytes of {@code value}
     * @return 0 or more, or the negated error number
     */
    public static int getText(
            MemorySegment capture,
            MemorySegment context,
            int option,
            MemorySegment value,
            MemorySegment size) {
        try {
            int result = (int) Text.GET.invokeExact(capture, context, option, value, size);
            return result >= 0 ? result : Downcalls.failure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** Links the drafts when they are called first. */
    static final class Text {
        static final MethodHandle SET =
                Downcalls.capturing(
                        "zmq_ctx_set_ext",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG));
        static final MethodHandle GET =
                Downcalls.capturing(
                        "zmq_ctx_get_ext",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS));
    }
}
