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
 * How the C functions are linked, with errno captured in the call: a second downcall could read a
 * value that the JVM itself has overwritten in between.
 */
final class Downcalls {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final long ERRNO = offsetOf("errno");

    /** The same on all systems. */
    private static final int EINTR = 4;

    private static final Linker.Option[] CAPTURING = {Linker.Option.captureCallState("errno")};
    private static final Linker.Option[] PLAIN = {};
    private static final Linker.Option[] LEAF = {Linker.Option.critical(false)};

    /** What a C {@code long} is here: 4 bytes on Windows, otherwise 8. */
    static final MemoryLayout C_LONG = LINKER.canonicalLayouts().get("long");

    /** What was linked so far, for the test that compares it with what the C sources declare. */
    private static final Queue<Linked> LINKED = new ConcurrentLinkedQueue<>();

    private Downcalls() {}

    /** A handle whose first parameter is the segment that receives errno. */
    static MethodHandle capturing(String name, FunctionDescriptor descriptor) {
        return link(name, descriptor, CAPTURING);
    }

    /** A handle for a function that cannot fail, or whose only error needs no number. */
    static MethodHandle plain(String name, FunctionDescriptor descriptor) {
        return link(name, descriptor, PLAIN);
    }

    /**
     * A handle for a function that only reads or writes a few fields: the thread does not leave the
     * Java state for it, which saves a memory fence. Never for what may block or call back.
     */
    static MethodHandle leaf(String name, FunctionDescriptor descriptor) {
        return link(name, descriptor, LEAF);
    }

    /** As {@link #plain}, for what only the bundled library has; null without it. */
    static MethodHandle plainIfPresent(String name, FunctionDescriptor descriptor) {
        return linkIfPresent(name, descriptor, PLAIN);
    }

    /** A handle for a function of the C library, which captures errno. */
    static MethodHandle ofLibc(String name, FunctionDescriptor descriptor) {
        MemorySegment address =
                LINKER.defaultLookup()
                        .find(name)
                        .orElseThrow(() -> new UnsupportedOperationException("no " + name));
        return LINKER.downcallHandle(address, descriptor, CAPTURING);
    }

    /** As {@link #capturing}, with a C {@code long} last, which callers give as a Java long. */
    static MethodHandle capturingWithLong(String name, FunctionDescriptor descriptor) {
        MethodHandle handle = capturing(name, descriptor);
        MethodType type = handle.type();
        // 4 bytes on Windows: then the upper half is cut off.
        return MethodHandles.explicitCastArguments(
                handle, type.changeParameterType(type.parameterCount() - 1, long.class));
    }

    /** As {@link #capturing}, with a descriptor behind the poller, which callers give as an int. */
    static MethodHandle capturingWithFd(String name, FunctionDescriptor descriptor) {
        MethodHandle handle = capturing(name, descriptor);
        // 8 bytes on Windows. The capture is the first parameter, the poller the second.
        return MethodHandles.explicitCastArguments(
                handle, handle.type().changeParameterType(2, int.class));
    }

    /** As {@link #leaf}, for what only the bundled library has; null without it. */
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

    /** Added up here: the first layout path of a program costs it 20 ms. */
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
     * A handle: one for each function, two for those that are linked with and without errno. Also
     * for the functions of the bundled library when another is loaded.
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
     * Whether a call failed because a signal came, as profilers send them, before it did anything:
     * then it is to be made again.
     */
    static boolean isInterrupted(MemorySegment capture) {
        return capture.get(JAVA_INT, ERRNO) == EINTR;
    }

    /** What a failed call returns: the negated error number. Only meaningful after a failure. */
    static int failure(MemorySegment capture) {
        int errno = capture.get(JAVA_INT, ERRNO);
        if (errno == 0) {
            // On Windows libzmq may use another C runtime than the JVM: then only it knows.
            errno = ErrorCalls.errno();
        }
        return errno > 0 ? -errno : Integer.MIN_VALUE;
    }

    /** The same for the C library. */
    static int libcFailure(MemorySegment capture) {
        return -Math.max(1, capture.get(JAVA_INT, ERRNO));
    }

    /**
     * Handles only throw what a caller's dead or foreign segment causes; all else is a bug here.
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
