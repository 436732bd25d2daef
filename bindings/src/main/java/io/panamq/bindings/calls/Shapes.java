// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;

/**
 * The signatures of the C functions, each named by its result and its parameters: P is a pointer, I
 * an int, J a {@code size_t}.
 *
 * <p>They repeat jextract's descriptors, and a test compares the two. Asking the generated class
 * for a descriptor would link a second handle for each function, which is half of the time that a
 * program needs to start. Functions of the same shape share the code that the linker makes.
 */
final class Shapes {
    static final FunctionDescriptor I = FunctionDescriptor.of(JAVA_INT);
    static final FunctionDescriptor P = FunctionDescriptor.of(ADDRESS);
    static final FunctionDescriptor I_P = FunctionDescriptor.of(JAVA_INT, ADDRESS);
    static final FunctionDescriptor J_P = FunctionDescriptor.of(JAVA_LONG, ADDRESS);
    static final FunctionDescriptor P_P = FunctionDescriptor.of(ADDRESS, ADDRESS);
    static final FunctionDescriptor P_I = FunctionDescriptor.of(ADDRESS, JAVA_INT);
    static final FunctionDescriptor J_J = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG);
    static final FunctionDescriptor I_PI = FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT);
    static final FunctionDescriptor I_PJ = FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG);
    static final FunctionDescriptor I_PP = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);
    static final FunctionDescriptor P_PJ = FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG);
    static final FunctionDescriptor P_PI = FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT);
    static final FunctionDescriptor P_PP = FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS);
    static final FunctionDescriptor I_PII =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    static final FunctionDescriptor I_PPJ =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    static final FunctionDescriptor I_PPI =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    static final FunctionDescriptor I_PIPJ =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG);
    static final FunctionDescriptor I_PIPP =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
    static final FunctionDescriptor I_PPPIJ =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_LONG);
    static final FunctionDescriptor I_PPJPP =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
    static final FunctionDescriptor I_PPPPII =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT);

    private Shapes() {}
}
