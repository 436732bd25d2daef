// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

import io.panamq.Context;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * A call that fails, and what its exception must be.
 *
 * @param name what the call does, for the report of the test
 * @param errno the error
 * @param type the exact type of the exception
 * @param operation what the exception calls the operation; its text starts with it
 * @param subject what the text calls the socket or object
 * @param remedy what the text advises
 * @param call the call
 * @param isPossible whether this system and library can produce the error
 */
record ErrnoCase(
        String name,
        Errno errno,
        Class<? extends ZmqException> type,
        String operation,
        String subject,
        String remedy,
        Call call,
        BooleanSupplier isPossible) {
    ErrnoCase(
            String name,
            Errno errno,
            Class<? extends ZmqException> type,
            String operation,
            String subject,
            String remedy,
            Call call) {
        this(name, errno, type, operation, subject, remedy, call, () -> true);
    }

    /** Returns the case for systems on which the condition holds. */
    ErrnoCase where(BooleanSupplier condition) {
        return new ErrnoCase(name, errno, type, operation, subject, remedy, call, condition);
    }

    @Override
    public String toString() {
        return errno + ": " + name;
    }

    /** A call with a context of its own and an empty folder. */
    @FunctionalInterface
    interface Call {
        void run(Context context, Path folder) throws Exception;
    }
}
