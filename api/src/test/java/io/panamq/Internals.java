// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.context.NativeContext;
import io.panamq.internal.memory.MessageSlots;
import io.panamq.internal.memory.ReleaseThread;
import io.panamq.internal.socket.BlockingWait;
import io.panamq.internal.socket.SocketCore;

/** What tests outside of this package need to know to find leaks. */
public final class Internals {
    private Internals() {}

    /** Messages that were made and not closed, as far as native memory goes. */
    public static int slotsInUse() {
        return MessageSlots.inUse();
    }

    /** Whether there is {@code zmq_poller}. */
    public static boolean hasDraftPoller() {
        return io.panamq.bindings.calls.DraftFunctions.hasPoller();
    }

    /** Whether the library has this edit of the bundled one. */
    public static boolean isHardened(String edit) {
        return io.panamq.bindings.NativeLibrary.isHardened(edit);
    }

    /** The native context of a context. */
    @SuppressWarnings("exports") // for tests of this module
    public static NativeContext of(Context context) {
        return context.core;
    }

    /** The native socket of a socket. */
    @SuppressWarnings("exports") // for tests of this module
    public static SocketCore core(Socket socket) {
        return socket.core();
    }

    /** A poller with the one or the other function of libzmq. */
    public static Poller poller(Context context, boolean draft) {
        return Poller.create(context, draft);
    }

    /** After so many slices without news platform threads park; negative: as usual. */
    public static void slicesOfPatience(int slices) {
        BlockingWait.slicesOfPatience = slices < 0 ? BlockingWait.PATIENCE : slices;
    }

    /** Wrapped memory that libzmq has not let go of. */
    public static int wrapsHeld() {
        return ReleaseThread.heldCount();
    }
}
