// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.bindings.LibraryLoadException;
import io.panamq.bindings.NativeLibrary;

/** The gate to the library: everything that may be a program's first call goes through here. */
final class Native {
    private Native() {}

    /** Loads libzmq, once. */
    static void load() {
        try {
            NativeLibrary.load();
        } catch (LibraryLoadException e) {
            throw new NativeLibraryException(e);
        }
    }
}
