// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.guard;

/**
 * Tells the code of the library from that of users. It knows the exact packages, because those of
 * users may be below {@code io.panamq}, as the examples are.
 */
public final class OwnFrames {
    private static final String INTERNAL = "io.panamq.internal.";

    private OwnFrames() {}

    /** Returns whether a class belongs to the library. */
    public static boolean contain(String className) {
        String name = className.substring(0, Math.max(0, className.lastIndexOf('.')));
        return name.equals("io.panamq")
                || name.equals("io.panamq.error")
                || name.equals("io.panamq.loop")
                || name.startsWith(INTERNAL);
    }
}
