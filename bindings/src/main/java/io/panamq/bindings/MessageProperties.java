// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import io.panamq.bindings.libzmq.zmq_h;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * What is rarely asked of a message, linked apart from {@link MessageCalls} to keep the start
 * short.
 */
public final class MessageProperties {
    private static final MethodHandle GET =
            Downcalls.plain("zmq_msg_get", zmq_h::zmq_msg_get$descriptor);
    private static final MethodHandle GETS =
            Downcalls.plain("zmq_msg_gets", zmq_h::zmq_msg_gets$descriptor);

    private MessageProperties() {}

    /**
     * {@code zmq_msg_get}.
     *
     * @param message an initialised {@code zmq_msg_t}
     * @param property its number
     * @return its value, or -1 if it has none
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
