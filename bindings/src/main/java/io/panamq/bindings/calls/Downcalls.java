// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.panamq.bindings.NativeLibrary;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Links the C functions so that the call itself captures errno. A second downcall that read errno
 * could find a value that the JVM has overwritten in between.
 */
final class Downcalls {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final long ERRNO = offsetOf("errno");

    /** This number is the same on all systems. */
    private static final int EINTR = 4;

    private static final Linker.Option[] CAPTURING = {Linker.Option.captureCallState("errno")};
    private static final Linker.Option[] PLAIN = {};
    private static final Linker.Option[] LEAF = {Linker.Option.critical(false)};

    /** The layout of a C {@code long}: 4 bytes on Windows, 8 elsewhere. */
    static final MemoryLayout C_LONG = LINKER.canonicalLayouts().get("long");

    /** The functions linked so far, for the test that compares them with their declarations. */
    private static final Queue<Linked> LINKED = new ConcurrentLinkedQueue<>();

    private Downcalls() {}

    /** Links a function; the first parameter of the handle is the segment that receives errno. */
    static MethodHandle capturing(String name, FunctionDescriptor descriptor) {
        return link(name, descriptor, CAPTURING);
    }

    /** Links a function that cannot fail, or whose only error needs no number. */
    static MethodHandle plain(String name, FunctionDescriptor descriptor) {
        return link(name, descriptor, PLAIN);
    }

    /**
     * Links a function that only reads or writes a few fields and neither blocks nor calls back.
     * The thread does not leave the Java state for the call, which saves a memory fence.
     */
    static MethodHandle leaf(String name, FunctionDescriptor descriptor) {
        return link(name, descriptor, LEAF);
    }

    /** Links as {@link #plain} does; returns null if the library does not have the function. */
    static MethodHandle plainIfPresent(String name, FunctionDescriptor descriptor) {
        return linkIfPresent(name, descriptor, PLAIN);
    }

    /** Links a function of the C library as {@link #capturing} does. */
    static MethodHandle ofLibc(String name, FunctionDescriptor descriptor) {
        MemorySegment address =
                LINKER.defaultLookup()
                        .find(name)
                        .orElseThrow(() -> new UnsupportedOperationException("no " + name));
        return LINKER.downcallHandle(address, descriptor, CAPTURING);
    }

    /** Links as {@link #capturing} does; the last parameter is a C {@code long}, passed as long. */
    static MethodHandle capturingWithLong(String name, FunctionDescriptor descriptor) {
        MethodHandle handle = capturing(name, descriptor);
        MethodType type = handle.type();
        // On Windows it has 4 bytes, and the upper half is cut off.
        return MethodHandles.explicitCastArguments(
                handle, type.changeParameterType(type.parameterCount() - 1, long.class));
    }

    /** Links as {@link #capturing} does; the second C parameter is a descriptor, passed as int. */
    static MethodHandle capturingWithFd(String name, FunctionDescriptor descriptor) {
        MethodHandle handle = capturing(name, descriptor);
        // It has 8 bytes on Windows. In the handle the capture comes first, then the poller.
        return MethodHandles.explicitCastArguments(
                handle, handle.type().changeParameterType(2, int.class));
    }

    /** Links as {@link #leaf} does; returns null if the library does not have the function. */
    static MethodHandle leafIfPresent(String name, FunctionDescriptor descriptor) {
        return linkIfPresent(name, descriptor, LEAF);
    }

    private static MethodHandle link(
            String name, FunctionDescriptor descriptor, Linker.Option[] options) {
        Optional<MemorySegment> address = NativeLibrary.find(name);
        if (address.isEmpty()) {
            throw new MissingFunctionException(name);
        }
        LINKED.add(new Linked(name, descriptor));
        return LINKER.downcallHandle(address.get(), descriptor, options);
    }

    private static MethodHandle linkIfPresent(
            String name, FunctionDescriptor descriptor, Linker.Option[] options) {
        LINKED.add(new Linked(name, descriptor));
        Optional<MemorySegment> address = NativeLibrary.find(name);
        return address.isEmpty() ? null : LINKER.downcallHandle(address.get(), descriptor, options);
    }

    /** Adds sizes up, because the first layout path of a program costs it 20 ms. */
    private static long offsetOf(String name) {
        long offset = 0;
        for (MemoryLayout member : CAPTURE.memberLayouts()) {
            if (name.equals(member.name().orElse(null))) {
                return offset;
            }
            offset += member.byteSize();
        }
        throw new AssertionError("the linker captures no " + name);
    }

    /**
     * A function that was linked, also if it is one of the bundled library and another is loaded. A
     * function that is linked with and without errno counts twice.
     */
    record Linked(String name, FunctionDescriptor descriptor) {}

    static List<Linked> linked() {
        return List.copyOf(LINKED);
    }

    static long captureSize() {
        return CAPTURE.byteSize();
    }

    static long captureAlignment() {
        return CAPTURE.byteAlignment();
    }

    /**
     * Returns whether a call failed because a signal came, such as profilers send, before the call
     * did anything. The call must then be made again.
     */
    static boolean isInterrupted(MemorySegment capture) {
        return capture.get(JAVA_INT, ERRNO) == EINTR;
    }

    /** Returns the negated error number. The last call with this capture must have failed. */
    static int failure(MemorySegment capture) {
        int errno = capture.get(JAVA_INT, ERRNO);
        if (errno == 0) {
            // On Windows libzmq may use another C runtime than the JVM, and must be asked.
            errno = ErrorCalls.errno();
        }
        return errno > 0 ? -errno : Integer.MIN_VALUE;
    }

    /** Returns the negated error number after a failed call of the C library. */
    static int libcFailure(MemorySegment capture) {
        return -Math.max(1, capture.get(JAVA_INT, ERRNO));
    }

    /**
     * Returns the exception to throw for what a handle threw, or throws it if it is an error. A
     * handle throws if a segment is closed or belongs to another thread; anything else is a bug.
     */
    static RuntimeException unexpected(Throwable t) {
        if (t instanceof RuntimeException e) {
            return e;
        }
        if (t instanceof Error e) {
            throw e;
        }
        return new IllegalStateException("a downcall handle threw a checked exception", t);
    }
}
