// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.panamq.bindings.libzmq.zmq_h;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;

/**
 * How the C functions are linked: from the generated descriptors, with errno captured in the call.
 *
 * <p>errno must be captured by the linker, since a second downcall could read a value that the JVM
 * itself has overwritten in between.
 */
final class Downcalls {
    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final long ERRNO = CAPTURE.byteOffset(PathElement.groupElement("errno"));
    private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");

    private Downcalls() {}

    /** A handle whose first parameter is the segment that receives errno. */
    static MethodHandle capturing(String name, Supplier<FunctionDescriptor> descriptor) {
        return link(name, descriptor, CAPTURE_ERRNO);
    }

    /** A handle for a function that cannot fail. */
    static MethodHandle plain(String name, Supplier<FunctionDescriptor> descriptor) {
        return link(name, descriptor);
    }

    private static MethodHandle link(
            String name, Supplier<FunctionDescriptor> descriptor, Linker.Option... options) {
        // Looked up first: asking the generated class about an absent function breaks it for good.
        MemorySegment address =
                NativeLibrary.find(name).orElseThrow(() -> new MissingFunctionException(name));
        return Linker.nativeLinker().downcallHandle(address, descriptor.get(), options);
    }

    /** A segment for the captured state, never freed: one for each object that makes calls. */
    static long captureSize() {
        return CAPTURE.byteSize();
    }

    static long captureAlignment() {
        return CAPTURE.byteAlignment();
    }

    /** What a failed call returns: the negated error number. Only meaningful after a failure. */
    static int failure(MemorySegment capture) {
        int errno = capture.get(JAVA_INT, ERRNO);
        if (errno == 0) {
            // On Windows libzmq may use another C runtime than the JVM: then only it knows.
            errno = zmq_h.zmq_errno();
        }
        return errno > 0 ? -errno : Integer.MIN_VALUE;
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
