// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls of Linux on file descriptors of the user. Thread safe. */
public final class DescriptorCalls {
    private static final MethodHandle GET_OPTION =
            Downcalls.ofLibc(
                    "getsockopt",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle CONTROL =
            Downcalls.ofLibc(
                    "fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE =
            Downcalls.ofLibc("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int SO_ACCEPTCONN = 30;
    private static final int SO_DOMAIN = 39;
    private static final int SOCK_STREAM = 1;
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int O_NONBLOCK = 0x800;

    private DescriptorCalls() {}

    /**
     * Returns whether a descriptor is a stream socket that listens, of a family that libzmq knows.
     *
     * @param capture receives errno
     * @param fd any number
     * @return false also if it is no socket, or not open
     */
    public static boolean isListening(MemorySegment capture, int fd) {
        int family = option(capture, fd, SO_DOMAIN);
        return option(capture, fd, SO_ACCEPTCONN) == 1
                && option(capture, fd, SO_TYPE) == SOCK_STREAM
                && (family == AF_UNIX || family == AF_INET || family == AF_INET6);
    }

    /**
     * Returns whether a descriptor is a Unix domain socket.
     *
     * @param capture receives errno
     * @param fd a socket
     * @return whether its family is {@code AF_UNIX}
     */
    public static boolean isLocal(MemorySegment capture, int fd) {
        return option(capture, fd, SO_DOMAIN) == AF_UNIX;
    }

    private static int option(MemorySegment capture, int fd, int option) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            MemorySegment size = NativeMemory.cInt(Integer.BYTES, arena);
            int result = (int) GET_OPTION.invokeExact(capture, fd, SOL_SOCKET, option, value, size);
            return result < 0 ? -1 : value.get(JAVA_INT, 0);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * Duplicates a descriptor, and makes both of them non-blocking, for they share that.
     *
     * @param capture receives errno
     * @param fd an open descriptor
     * @return the new descriptor, or the negated error number
     */
    public static int duplicate(MemorySegment capture, int fd) {
        try {
            int flags = (int) CONTROL.invokeExact(capture, fd, F_GETFL, 0);
            if (flags < 0
                    || (int) CONTROL.invokeExact(capture, fd, F_SETFL, flags | O_NONBLOCK) < 0) {
                return Downcalls.libcFailure(capture);
            }
            int copy = (int) CONTROL.invokeExact(capture, fd, F_DUPFD_CLOEXEC, 3);
            return copy >= 0 ? copy : Downcalls.libcFailure(capture);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * Closes a descriptor.
     *
     * @param capture receives errno
     * @param fd one that {@link #duplicate} returned, and that nobody else has
     */
    public static void close(MemorySegment capture, int fd) {
        try {
            int ignored = (int) CLOSE.invokeExact(capture, fd);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
