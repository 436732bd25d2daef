// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.context.NativeContext;
import io.panamq.internal.memory.MessageSlots;
import io.panamq.internal.memory.ReleaseThread;
import io.panamq.internal.poll.PollMethod;
import io.panamq.internal.socket.BlockingWait;
import io.panamq.internal.socket.Incoming;
import io.panamq.internal.socket.SocketCore;

/** Gives tests in other packages access to hidden parts. */
public final class Internals {
    private Internals() {}

    /** Returns how many native messages are in use: made, and not yet closed. */
    public static int slotsInUse() {
        return MessageSlots.inUse();
    }

    /** Returns whether the library contains the given edit of the bundled libzmq. */
    public static boolean isHardened(String edit) {
        return io.panamq.bindings.NativeLibrary.isHardened(edit);
    }

    /** Returns the native part of a context. */
    @SuppressWarnings("exports") // for tests of this module
    public static NativeContext of(Context context) {
        return context.core;
    }

    /** Returns the native part of a socket. */
    @SuppressWarnings("exports") // for tests of this module
    public static SocketCore core(Socket socket) {
        return BaseSocket.of(socket).core();
    }

    /** Returns the receiving half of a socket. */
    @SuppressWarnings("exports") // for tests of this module
    public static Incoming incoming(ReceivingSocket socket) {
        return (Incoming) BaseSocket.of(socket).incoming();
    }

    /** Returns a poller that polls in this way. */
    @SuppressWarnings("exports") // for tests of this module
    public static Poller poller(Context context, PollMethod method) {
        return Poller.create(context, method);
    }

    /**
     * Sets after how many slices without news a platform thread parks; negative restores the
     * default.
     */
    public static void slicesOfPatience(int slices) {
        BlockingWait.slicesOfPatience = slices < 0 ? BlockingWait.PATIENCE : slices;
    }

    /** Returns how many wrapped pieces of memory libzmq still holds. */
    public static int wrapsHeld() {
        return ReleaseThread.heldCount();
    }
}
