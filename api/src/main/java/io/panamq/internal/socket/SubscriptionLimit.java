// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.bindings.LibraryVersion;
import io.panamq.bindings.NativeLibrary;
import io.panamq.error.Errno;
import io.panamq.error.UnsupportedFeatureException;

/**
 * Refuses subscriptions that another libzmq than the bundled one does not bear.
 *
 * <p>Without drafts, a SUB or XSUB keeps its subscriptions in a tree with a node for each byte, and
 * takes one back by a recursion as deep as it is long, which overflows the stack and ends the
 * process: 20,000 bytes are enough for that on a thread of 1 MiB. The bundled library has drafts,
 * and another kind of tree.
 *
 * <p>libzmq 4.3.3 and 4.3.4 announce those of 246 to 255 bytes with a wrong length. A publisher
 * then misreads all that follows, with the other subscriptions of the connection.
 */
public final class SubscriptionLimit {
    /** The longest prefix in bytes, for which little of any stack is needed. */
    static final int MOST = 512;

    private static final int FIRST_MANGLED = 246;
    private static final int LAST_MANGLED = 255;

    private SubscriptionLimit() {}

    /** Returns whether the loaded library has a limit. */
    static boolean applies() {
        return !NativeLibrary.source().equals("bundled");
    }

    /** Throws if a prefix of that many bytes could end the process, or be misread. */
    public static void check(String operation, String socket, long bytes) {
        if (bytes < FIRST_MANGLED || !applies()) {
            return;
        }
        if (bytes > MOST) {
            String danger = "could end the process of this libzmq, which may get " + MOST;
            throw refusal(operation, socket, bytes, danger);
        }
        if (bytes <= LAST_MANGLED && mangles()) {
            String danger = "would make publishers misread the other subscriptions, too";
            throw refusal(operation, socket, bytes, danger);
        }
    }

    private static boolean mangles() {
        LibraryVersion version = NativeLibrary.version();
        return version.compareTo(new LibraryVersion(4, 3, 3)) >= 0
                && version.compareTo(new LibraryVersion(4, 3, 5)) < 0
                && !NativeLibrary.isHardened("long-topic");
    }

    private static UnsupportedFeatureException refusal(
            String operation, String socket, long bytes, String danger) {
        String text =
                "%s on %s: a prefix of %d bytes %s; the bundled library has no such limit"
                                .formatted(operation, socket, bytes, danger)
                        + " (Zmq.librarySource())";
        return new UnsupportedFeatureException(Errno.ENOTSUP, operation, "", text);
    }
}
