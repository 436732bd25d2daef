// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import io.panamq.bindings.NativeLibrary;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A free function for {@link WrapCalls#initData} that calls no Java, in the bundled library only:
 * {@code panamq_free} and {@code panamq_released}. Without it {@link WrapCalls#freeFunction} makes
 * one that does.
 *
 * <p>A message is known by its node: 16 bytes that are never freed, whose address is the number
 * that {@code initData} takes. The free function puts the node on a list, on whatever thread libzmq
 * is on; {@link #take} gets the whole list. No locks, no allocation, no thread-local state.
 */
public final class ReleaseCalls {
    private static final MethodHandle RELEASED =
            Downcalls.plainIfPresent("panamq_released", Shapes.J_J);
    private static final MemorySegment FREE = find("panamq_free");
    private static final MemorySegment FREE_MAPPED = find("panamq_free_mapped");

    private static final long NODE = 2L * Long.BYTES;
    private static final long NUMBER = Long.BYTES;

    private ReleaseCalls() {}

    private static MemorySegment find(String name) {
        return NativeLibrary.find(name).orElse(MemorySegment.NULL);
    }

    /**
     * Whether the loaded library has these functions. Without them the others here must not be
     * called.
     *
     * @return true for the bundled library, on Linux
     */
    public static boolean isPresent() {
        return RELEASED != null && FREE.address() != 0 && FREE_MAPPED.address() != 0;
    }

    /**
     * The free function.
     *
     * @param mapped whether the content is a file's, which can be cut: then libzmq leaves it to the
     *     kernel to read it for tcp and ipc; of other content it does so from 8 KiB on
     * @return what to pass to {@link WrapCalls#initData}, with a node as the number
     */
    public static MemorySegment freeFunction(boolean mapped) {
        return mapped ? FREE_MAPPED : FREE;
    }

    /**
     * Makes nodes, which are never freed: to be used again and again.
     *
     * @param count how many
     * @return the address of the first; the next follows {@link #nodeSize} bytes behind
     */
    public static long nodes(int count) {
        return NativeMemory.permanent(count * NODE, NODE).address();
    }

    /**
     * How far one of several nodes lies from the next.
     *
     * @return bytes
     */
    public static long nodeSize() {
        return NODE;
    }

    /**
     * Gives a node a number.
     *
     * @param node not held by a message, nor on the list
     * @param number the caller's own
     */
    public static void setNumber(long node, long number) {
        NativeMemory.setLong(node + NUMBER, number);
    }

    /**
     * The number of a node.
     *
     * @param node its address
     * @return as {@link #setNumber} wrote it
     */
    public static long number(long node) {
        return NativeMemory.getLong(node + NUMBER);
    }

    /**
     * The node that was released before another one.
     *
     * @param node of a list that {@link #take} returned; used for a new message it is no longer
     * @return its address, or 0 at the end of the list
     */
    public static long next(long node) {
        return NativeMemory.getLong(node);
    }

    /**
     * Changes what {@link #next} returns.
     *
     * @param node of a list that {@link #take} returned
     * @param next another one, or 0
     */
    public static void setNext(long node, long next) {
        NativeMemory.setLong(node, next);
    }

    /**
     * {@code panamq_released}: takes all nodes that were released, the last one first. Waits if
     * there are none; neither an interrupt nor anything else but a release ends that early for
     * certain, and it may end early for no reason.
     *
     * @param millis the longest wait; 0 or less does not wait
     * @return the address of the first node, or 0 if there is none
     */
    public static long take(long millis) {
        try {
            // A number and not an object: what the list holds must not be lost for want of memory.
            return (long) RELEASED.invokeExact(millis);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
