// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.calls.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Text on its way to C, where a NUL would silently end it. */
final class CStrings {
    private CStrings() {}

    /** The text as UTF-8 with a terminator; {@code what} names it in the exception. */
    static MemorySegment of(String text, String what, Arena arena) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    what + " has a NUL character at index " + text.indexOf('\0'));
        }
        return NativeMemory.cString(text, arena);
    }
}
