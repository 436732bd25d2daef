// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Calls on messages that are rarer. They are linked apart from {@link MessageCalls} to keep the
 * start short. One thread at a time may use a message; nothing is checked.
 */
public final class MessageProperties {
    private static final MethodHandle COPY = Downcalls.plain("zmq_msg_copy", Shapes.I_PP);
    private static final MethodHandle SIZE = Downcalls.leaf("zmq_msg_size", Shapes.J_P);
    private static final MethodHandle GET = Downcalls.leaf("zmq_msg_get", Shapes.I_PI);
    private static final MethodHandle GETS = Downcalls.plain("zmq_msg_gets", Shapes.P_PP);

    private MessageProperties() {}

    /**
     * {@code zmq_msg_copy}: closes what the target held, and lets both share the content of the
     * source, whose references libzmq counts. It cannot fail on initialised messages.
     *
     * @param target an initialised {@code zmq_msg_t}
     * @param source an initialised {@code zmq_msg_t}
     */
    public static void copy(MemorySegment target, MemorySegment source) {
        try {
            int ignored = (int) COPY.invokeExact(target, source);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_msg_size}.
     *
     * @param message an initialised {@code zmq_msg_t}
     * @return the size of the content in bytes
     */
    public static long size(MemorySegment message) {
        try {
            return (long) SIZE.invokeExact(message);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_msg_get}.
     *
     * @param message an initialised {@code zmq_msg_t}
     * @param property the number of the property
     * @return the value, or -1 if the message does not have it
     */
    public static int get(MemorySegment message, int property) {
        try {
            return (int) GET.invokeExact(message, property);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@code zmq_msg_gets}.
     *
     * @param message an initialised {@code zmq_msg_t}
     * @param property a C string, never null
     * @return a C string that the message owns, or a null pointer
     */
    public static MemorySegment gets(MemorySegment message, MemorySegment property) {
        try {
            return (MemorySegment) GETS.invokeExact(message, property);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
