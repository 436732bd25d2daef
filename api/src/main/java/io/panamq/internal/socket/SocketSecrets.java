// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.error.ZmqException;

/**
 * Gives the event loop what it needs of sockets and messages beyond their public methods. Objects
 * here are sockets or monitors, whose faces do not show that they are handles.
 */
public final class SocketSecrets {
    private SocketSecrets() {}

    /** Returns whether both are of the same context. */
    public static boolean haveOneContext(Object one, CoreHandle other) {
        return ((CoreHandle) one).core.home == other.core.home;
    }

    /** Returns the exception for a call on a socket that is closed, or whose context is. */
    public static ZmqException closedWhile(Object socket, String operation) {
        return ((CoreHandle) socket).core.closedWhile(operation);
    }

    /** Throws IllegalStateException if the frame has no content. */
    public static void requireContent(Frame frame) {
        frame.checkContent();
    }

    /** Notes that a send of the sequence is tried. */
    public static void markTried(FrameSequence frames) {
        frames.markTried();
    }

    /** Lets a frame that is not sent, and free from now on, be given back if it becomes garbage. */
    public static void markUnsent(Frame frame) {
        frame.markUnsent(true);
    }

    /** Lets frames that are not sent, and free from now on, be given back like one frame. */
    public static void markUnsent(FrameSequence frames) {
        frames.markUnsent(true);
    }

    /** Returns whether the calling thread may receive into the frame, and has it alone. */
    public static boolean isUsable(Frame frame) {
        return frame.isLoose();
    }

    /** Returns whether the calling thread may receive into the sequence. */
    public static boolean isUsable(FrameSequence frames) {
        return frames.isUsable();
    }
}
