// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.bindings.NativeLibrary;
import io.panamq.error.Errno;
import io.panamq.error.UnsupportedFeatureException;

/**
 * Refuses subscriptions that are too long for a libzmq without drafts. A SUB or XSUB of such a
 * library keeps them in a tree with a node for each byte, and takes one back by a recursion as deep
 * as it is long, which overflows the stack and ends the process: 20,000 bytes are enough for that
 * on a thread of 1 MiB. The bundled library has drafts, and another kind of tree.
 */
public final class SubscriptionLimit {
    /** The longest prefix in bytes, for which little of any stack is needed. */
    static final int MOST = 512;

    private SubscriptionLimit() {}

    /** Returns whether the loaded library has the limit. */
    static boolean applies() {
        return !NativeLibrary.source().equals("bundled");
    }

    /** Throws if a prefix of that many bytes could end the process. */
    public static void check(String operation, String socket, long bytes) {
        if (bytes > MOST && applies()) {
            throw new UnsupportedFeatureException(
                    Errno.ENOTSUP,
                    operation,
                    "",
                    operation
                            + " on "
                            + socket
                            + ": a prefix of "
                            + bytes
                            + " bytes could end the process of this libzmq, which may get "
                            + MOST
                            + "; the bundled library has no such limit (Zmq.librarySource())");
        }
    }
}
