// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.LongConsumer;

/**
 * Makes messages over memory that the caller owns: {@code zmq_msg_init_data}, with one free
 * function for all of them. A number, passed as the hint, tells which message is released, so that
 * no object is needed for it.
 */
public final class WrapCalls {
    private static final MethodHandle INIT_DATA =
            Downcalls.plain("zmq_msg_init_data", Shapes.I_PPJPP);

    /** The pointers are declared as longs, which are passed alike, so that no segment is made. */
    private static final FunctionDescriptor FREE = FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG);

    private WrapCalls() {}

    /**
     * Makes a free function in Java. Its native code is never freed, so call this once.
     *
     * @param released receives the number of each message whose memory libzmq has released, exactly
     *     once, on the thread that released it: an I/O thread, or one in a call of this package. It
     *     must be quick, not block, and call nothing of this package
     * @return the free function for {@link #initData}
     */
    public static MemorySegment freeFunction(LongConsumer released) {
        try {
            MethodType type =
                    MethodType.methodType(void.class, LongConsumer.class, long.class, long.class);
            MethodHandle target = MethodHandles.lookup().findStatic(WrapCalls.class, "free", type);
            return Linker.nativeLinker().upcallStub(target.bindTo(released), FREE, Arena.global());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no method for the free function", e);
        }
    }

    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // libzmq calls it
    private static void free(LongConsumer released, long data, long hint) {
        try {
            released.accept(hint);
        } catch (Throwable t) {
            // What escapes from an upcall ends the JVM. The message counts as never released.
        }
    }

    /**
     * Makes an empty message with the number 0 and closes it, so that libzmq calls the free
     * function once.
     *
     * @param free from {@link #freeFunction}
     */
    public static void rehearse(MemorySegment free) {
        MemorySegment slot = NativeMemory.scratchSlot();
        if (initData(slot, MemorySegment.NULL, free, 0) == 0) {
            MessageCalls.close(slot);
        }
    }

    /**
     * {@code zmq_msg_init_data}. The only failure is ENOMEM: then the slot holds nothing, and the
     * free function will not be called.
     *
     * @param message a slot that holds nothing
     * @param content must stay alive until the free function was called; a null pointer only if it
     *     is empty
     * @param free from {@link #freeFunction} or {@link ReleaseCalls#freeFunction}
     * @param number what the free function receives
     * @return 0, or -1
     */
    public static int initData(
            MemorySegment message, MemorySegment content, MemorySegment free, long number) {
        try {
            return (int)
                    INIT_DATA.invokeExact(
                            message,
                            content,
                            content.byteSize(),
                            free,
                            MemorySegment.ofAddress(number));
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
