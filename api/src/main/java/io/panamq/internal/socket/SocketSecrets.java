// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.error.ZmqException;

/** Gives the event loop what it needs of sockets and messages beyond their public methods. */
public final class SocketSecrets {
    private SocketSecrets() {}

    /** Returns whether the two are of the same context. */
    public static boolean haveOneContext(CoreHandle one, CoreHandle other) {
        return one.core.home == other.core.home;
    }

    /** Returns why a closed socket cannot do what was asked of it: it or its context is closed. */
    public static ZmqException closedWhile(CoreHandle socket, String operation) {
        return socket.core.closedWhile(operation);
    }

    /** Throws IllegalStateException if there is no content to send. */
    public static void requireContent(Frame frame) {
        frame.checkContent();
    }

    /** Returns whether the calling thread may receive into it. */
    public static boolean isUsable(Frame frame) {
        return frame.isUsable();
    }

    /** Returns whether the calling thread may receive into it. */
    public static boolean isUsable(FrameSequence frames) {
        return frames.isUsable();
    }
}
