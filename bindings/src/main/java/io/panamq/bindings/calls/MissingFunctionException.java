// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import io.panamq.bindings.NativeLibrary;

/** The loaded libzmq does not export a function: it is too old or was built without drafts. */
public final class MissingFunctionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient String function;

    MissingFunctionException(String function) {
        super(
                function
                        + " is not exported by libzmq "
                        + NativeLibrary.version()
                        + " at "
                        + NativeLibrary.path()
                        + "; it needs a newer libzmq, or one built with drafts");
        this.function = function;
    }

    /**
     * The C function that is missing.
     *
     * @return its name
     */
    public String function() {
        return function;
    }
}
