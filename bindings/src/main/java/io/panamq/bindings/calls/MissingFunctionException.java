// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import io.panamq.bindings.NativeLibrary;

/** Thrown if the loaded libzmq lacks a function: it is too old or was built without drafts. */
public final class MissingFunctionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingFunctionException(String function) {
        super(
                function
                        + " is not exported by libzmq "
                        + NativeLibrary.version()
                        + " at "
                        + NativeLibrary.path()
                        + "; it needs a newer libzmq, or one built with drafts");
    }
}
