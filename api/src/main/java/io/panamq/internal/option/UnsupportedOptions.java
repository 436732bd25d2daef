// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.option;

import io.panamq.bindings.LibraryVersion;
import io.panamq.bindings.NativeLibrary;
import io.panamq.bindings.calls.LibraryCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.error.Errno;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import io.panamq.internal.guard.StackGuard;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/** Says why the loaded libzmq does not have an option. */
public final class UnsupportedOptions {
    /** What options need whose names start so: the name of a capability of libzmq. */
    private static final String[][] NEEDS = {
        {"ZMQ_GSSAPI_", "gssapi"},
        {"ZMQ_CURVE_", "curve"},
        {"ZMQ_VMCI_", "vmci"},
        {"ZMQ_NORM_", "norm"},
        {"ZMQ_WSS_", "WSS"},
    };

    private UnsupportedOptions() {}

    /**
     * Throws if the option is a draft and libzmq was built without drafts. Some of them do
     * something even then, but not what libzmq promises to anybody.
     */
    public static void requireDrafts(OptionFacts option, String operation, String subject) {
        if (option.isDraft() && !has("draft")) {
            throw failure(option, operation, subject, withoutDrafts(option));
        }
    }

    /** Throws if libzmq is older than a value of an option. */
    static void requireVersion(String version, OptionFacts option, String value, String subject) {
        if (isOlderThan(version)) {
            String text = "is older than its value " + value + ", which came with " + version;
            throw failure(option, "set", subject, text);
        }
    }

    /** Returns the exception that explains why libzmq has refused an option with EINVAL. */
    static ZmqException explain(
            ZmqException refusal, OptionFacts option, String operation, String subject) {
        String reason = reason(option);
        if (reason != null) {
            return failure(option, operation, subject, reason);
        }
        String text =
                " failed: EINVAL, libzmq refuses the value, or does not have the option for this"
                        + " socket type";
        String what = operation + " " + option.name() + " on " + subject;
        return new ZmqException(refusal.number(), operation, "", what + text);
    }

    private static @Nullable String reason(OptionFacts option) {
        for (String[] need : NEEDS) {
            if (option.name().startsWith(need[0]) && !has(need[1])) {
                return "was built without " + need[1];
            }
        }
        return isOlderThan(option.version()) ? "is older than the option" : null;
    }

    private static String withoutDrafts(OptionFacts option) {
        return isOlderThan(option.version())
                ? "is older than the option, and was built without drafts, of which it is one"
                : "was built without drafts, and the option is one";
    }

    private static UnsupportedFeatureException failure(
            OptionFacts option, String operation, String subject, String reason) {
        String text =
                "%s %s on %s: the option came with libzmq %s, and the loaded libzmq, %s (%s), %s"
                        .formatted(
                                operation,
                                option.name(),
                                subject,
                                option.version(),
                                NativeLibrary.version(),
                                NativeLibrary.source(),
                                reason);
        return new UnsupportedFeatureException(Errno.ENOTSUP, operation, "", text);
    }

    /** Returns whether the loaded libzmq is older than a version such as {@code 4.3.5}. */
    static boolean isOlderThan(String version) {
        String[] parts = version.split("\\.", -1);
        int patch = parts.length < 3 ? 0 : Integer.parseInt(parts[2]);
        LibraryVersion first =
                new LibraryVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), patch);
        return NativeLibrary.version().compareTo(first) < 0;
    }

    /**
     * Returns whether libzmq was built with a capability, by the name that {@code zmq_has} knows.
     */
    public static boolean has(String capability) {
        StackGuard.require(); // or the class of the call could fail once and for all
        try (Arena arena = Arena.ofConfined()) {
            return LibraryCalls.has(NativeMemory.cString(capability, "name", arena)) != 0;
        }
    }
}
