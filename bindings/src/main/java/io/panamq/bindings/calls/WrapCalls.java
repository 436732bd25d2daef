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
 * Messages over memory that the caller owns: {@code zmq_msg_init_data}, with one free function for
 * all of them. What they are is told by a number, the hint, so that nothing is allocated for it.
 */
public final class WrapCalls {
    private static final MethodHandle INIT_DATA =
            Downcalls.plain("zmq_msg_init_data", Shapes.I_PPJPP);

    /** A pointer and a long are passed alike, and no segment is made of them. */
    private static final FunctionDescriptor FREE = FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG);

    private WrapCalls() {}

    /**
     * Makes the free function. To be called once: it is never given back.
     *
     * @param released is told the number of each message whose memory libzmq let go of, exactly
     *     once, on whatever thread did it (an I/O thread, or one in a call of this package); must
     *     be quick, not block, and call nothing here
     * @return what to pass to {@link #initData}
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

    /** What escapes from an upcall ends the JVM. */
    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // as libzmq calls it
    private static void free(LongConsumer released, long data, long hint) {
        try {
            released.accept(hint);
        } catch (Throwable t) {
            // No memory to take note of it: the message counts as never released.
        }
    }

    /**
     * Makes an empty message of number 0 and closes it, so that the free function is called once.
     *
     * @param free of {@link #freeFunction}
     */
    public static void rehearse(MemorySegment free) {
        MemorySegment slot = NativeMemory.scratchSlot();
        if (initData(slot, MemorySegment.NULL, free, 0) == 0) {
            MessageCalls.close(slot);
        }
    }

    /**
     * {@code zmq_msg_init_data}: the only failure is ENOMEM, and then the slot is to be initialised
     * anew and the free function is not called.
     *
     * @param message a slot that holds nothing
     * @param content stays alive until the free function was called; not null unless empty
     * @param free of {@link #freeFunction}
     * @param number what it will be told
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
