// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import io.panamq.bindings.NativeLibrary;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A free function for {@link WrapCalls#initData} in C, {@code panamq_free}, and the call that takes
 * what it has noted, {@code panamq_released}. Only the bundled library has them; for another
 * library {@link WrapCalls#freeFunction} makes a free function in Java.
 *
 * <p>Each message has a node: 16 bytes that are never freed, whose address is the number that
 * {@code initData} takes. The free function puts the node on a list, on any thread of libzmq, and
 * {@link #take} takes the whole list. Neither of them locks, allocates or has thread-local state.
 */
public final class ReleaseCalls {
    private static final MethodHandle RELEASED =
            Downcalls.plainIfPresent("panamq_released", Shapes.J_J);
    private static final MemorySegment FREE = find("panamq_free");
    private static final MemorySegment FREE_MAPPED = find("panamq_free_mapped");

    private static final long NODE = 2L * Long.BYTES;

    private ReleaseCalls() {}

    private static MemorySegment find(String name) {
        return NativeLibrary.find(name).orElse(MemorySegment.NULL);
    }

    /**
     * Returns whether the loaded library has these functions. Only then may the others be called.
     *
     * @return true for the bundled library, on Linux
     */
    public static boolean isPresent() {
        return RELEASED != null && FREE.address() != 0 && FREE_MAPPED.address() != 0;
    }

    /**
     * Returns the free function for {@link WrapCalls#initData}, which takes a node as the number.
     *
     * @param mapped whether the content is a mapped file, which another process can make shorter:
     *     then libzmq lets the kernel read it for tcp and ipc. It does so with other content from 8
     *     KiB on
     * @return a pointer to the function
     */
    public static MemorySegment freeFunction(boolean mapped) {
        return mapped ? FREE_MAPPED : FREE;
    }

    /**
     * Allocates nodes, which are never freed and can be used again.
     *
     * @param count the number of nodes
     * @return the address of the first; each following one is {@link #nodeSize} bytes further
     */
    public static long nodes(int count) {
        return NativeMemory.permanent(count * NODE, NODE).address();
    }

    /**
     * Returns the size of a node.
     *
     * @return bytes
     */
    public static long nodeSize() {
        return NODE;
    }

    /**
     * Returns the node that was released before another one.
     *
     * @param node on a list that {@link #take} returned, and not yet used for another message
     * @return the address of the earlier node, or 0 at the end of the list
     */
    public static long next(long node) {
        return NativeMemory.getLong(node);
    }

    /**
     * Changes what {@link #next} returns.
     *
     * @param node on a list that {@link #take} returned
     * @param next the address of another node, or 0
     */
    public static void setNext(long node, long next) {
        NativeMemory.setLong(node, next);
    }

    /**
     * {@code panamq_released}: takes all nodes that were released, the last one first. If there is
     * none, it <strong>blocks</strong> up to the given time until one is released; it may return
     * early. An interrupt does not end the wait.
     *
     * @param millis the time in milliseconds; 0 or less does not wait
     * @return the address of the first node, or 0 if there is none
     */
    public static long take(long millis) {
        try {
            // A number and not a segment: without memory for an object the list would be lost.
            return (long) RELEASED.invokeExact(millis);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
