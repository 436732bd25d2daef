// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.option;

import static io.panamq.bindings.calls.Constants.USE_FD;

import io.panamq.bindings.Platform;
import io.panamq.bindings.calls.DescriptorCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.SocketCalls;
import io.panamq.error.Errno;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.internal.error.Failures;
import io.panamq.internal.socket.SocketCore;
import java.lang.foreign.MemorySegment;

/**
 * Lets a bind listen on a descriptor of the user. libzmq ends the process over one that does not
 * listen, or that it gets twice; it closes what it gets, and an I/O thread would wait in one that
 * blocks. So each bind gets a duplicate of its own.
 */
public final class ListeningDescriptor {
    private ListeningDescriptor() {}

    /** Throws unless the descriptor is -1 or a listening stream socket. */
    public static void check(int fd, String what) {
        if (fd < 0) {
            return;
        }
        if (!Platform.current().os().equals("linux")) {
            String text = ": this is for Linux, where PanaMQ can see that the descriptor listens";
            throw new UnsupportedFeatureException(Errno.ENOTSUP, "set", "", what + text);
        }
        if (!DescriptorCalls.isListening(NativeMemory.errnoCapture(), fd)) {
            throw new IllegalArgumentException(
                    what
                            + ": descriptor "
                            + fd
                            + " is no listening stream socket: bind it and listen on it first");
        }
    }

    /** Returns whether a bind of this endpoint listens on the descriptor. */
    public static boolean isFor(SocketCore core, String endpoint) {
        boolean fits = endpoint.startsWith("tcp://") || endpoint.startsWith("ipc://");
        return core.listenOn >= 0 && fits;
    }

    /** Binds a socket for which the option is set. Returns the result of {@code zmq_bind}. */
    public static int bind(SocketCore core, String endpoint, MemorySegment text) {
        check(core.listenOn, "bind " + endpoint + " on " + core.name);
        boolean local = DescriptorCalls.isLocal(core.capture, core.listenOn);
        if (local != endpoint.startsWith("ipc://")) {
            throw new IllegalArgumentException(
                    "bind "
                            + endpoint
                            + " on "
                            + core.name
                            + ": descriptor "
                            + core.listenOn
                            + " is a socket for "
                            + (local ? "ipc://" : "tcp://"));
        }
        int fd = DescriptorCalls.duplicate(core.capture, core.listenOn);
        if (fd < 0) {
            throw Failures.of(fd, "bind", endpoint, core.name);
        }
        int result = -1;
        try {
            core.setInt(USE_FD, fd);
            result = SocketCalls.bind(core.capture, core.handle, text);
        } finally {
            if (result < 0) {
                DescriptorCalls.close(core.capture, fd);
            }
            core.setInt(USE_FD, -1);
        }
        return result;
    }
}
