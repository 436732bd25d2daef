// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

import io.panamq.bindings.Platform;
import java.util.HashMap;
import java.util.Map;

/**
 * The error numbers that libzmq reports, by name. The numbers differ between systems: never compare
 * {@link ZmqException#number()} with a constant of your own, compare {@link ZmqException#errno()}.
 */
public enum Errno {
    /** A call is not allowed in the socket's present state (REQ and REP take turns). */
    EFSM(Errno.OWN + 51),
    /** The transport cannot be used with this socket type. */
    ENOCOMPATPROTO(Errno.OWN + 52),
    /** The context was shut down. */
    ETERM(Errno.OWN + 53),
    /** No I/O thread serves this socket. */
    EMTHREAD(Errno.OWN + 54),
    /** The socket type or this build of libzmq does not offer the operation. */
    ENOTSUP(95, 45, 129),
    /** The transport is not known. */
    EPROTONOSUPPORT(93, 43, 135),
    /** There is no buffer space. */
    ENOBUFS(105, 55, 119),
    /** The network is down. */
    ENETDOWN(100, 50, 116),
    /** The endpoint is taken. */
    EADDRINUSE(98, 48, 100),
    /** The address is not one of this machine. */
    EADDRNOTAVAIL(99, 49, 101),
    /** The peer refused the connection. */
    ECONNREFUSED(111, 61, 107),
    /** A connection is being made. */
    EINPROGRESS(115, 36, 112),
    /** The socket is closed. */
    ENOTSOCK(88, 38, 128),
    /** A message is too long. */
    EMSGSIZE(90, 40, 115),
    /** The kernel lacks the address family. */
    EAFNOSUPPORT(97, 47, 102),
    /** The network is unreachable. */
    ENETUNREACH(101, 51, 118),
    /** The connection was aborted. */
    ECONNABORTED(103, 53, 106),
    /** The connection was reset. */
    ECONNRESET(104, 54, 108),
    /** There is no connection. */
    ENOTCONN(107, 57, 126),
    /** The connection timed out. */
    ETIMEDOUT(110, 60, 138),
    /** There is no route to the peer; for ROUTER and STREAM, no peer has that routing id. */
    EHOSTUNREACH(113, 65, 110),
    /** The network dropped the connection. */
    ENETRESET(102, 52, 117),
    /** The operation would block, or its time is over. */
    EAGAIN(11, 35, 11),
    /** A signal or an interrupt ended the wait. */
    EINTR(4),
    /** An argument, option or endpoint is not valid. */
    EINVAL(22),
    /** A pointer is not valid; in a monitor event, there is no ZAP handler. */
    EFAULT(14),
    /** Too many sockets in the context, or open files in the process. */
    EMFILE(24),
    /** There is no memory. */
    ENOMEM(12),
    /** The endpoint is not in use, or the folder of an ipc path does not exist. */
    ENOENT(2),
    /** A part of an ipc path is a file and not a folder. */
    ENOTDIR(20),
    /** The interface does not exist, or a host name was given to bind. */
    ENODEV(19),
    /** An ipc path is too long. */
    ENAMETOOLONG(36, 63, 38),
    /** Access is not permitted, such as to a privileged port or an unwritable folder. */
    EACCES(13),
    /** The operation is not permitted. */
    EPERM(1),
    /** A file descriptor is not valid. */
    EBADF(9),
    /** The peer is gone. */
    EPIPE(32),
    /** The peer broke the protocol. */
    EPROTO(71, 100, 134),
    /** Any other error; {@link ZmqException#number()} tells its number. */
    UNKNOWN(-1);

    /** The base of libzmq's own numbers, which differ from the numbers of all systems. */
    private static final int OWN = 156384712;

    private static final Map<Integer, Errno> BY_NUMBER = table(Platform.current().os());

    private final int linux;
    private final int macos;
    private final int windows;

    Errno(int linux, int macos, int windows) {
        this.linux = linux;
        this.macos = macos;
        this.windows = windows;
    }

    Errno(int everywhere) {
        this(everywhere, everywhere, everywhere);
    }

    /**
     * Returns the name of an error number.
     *
     * @param number an error number of this operating system
     * @return its name; {@link #UNKNOWN} if it has none here
     */
    public static Errno of(int number) {
        return BY_NUMBER.getOrDefault(number, UNKNOWN);
    }

    /**
     * Returns the number that this error has on this system.
     *
     * @return a positive number; negative for {@link #UNKNOWN}
     */
    public int number() {
        return numberOn(Platform.current().os());
    }

    private int numberOn(String os) {
        return switch (os) {
            case "windows" -> windows;
            case "linux" -> linux;
            // The BSDs share their numbers.
            default -> macos;
        };
    }

    private static Map<Integer, Errno> table(String os) {
        Map<Integer, Errno> table = new HashMap<>();
        for (Errno errno : values()) {
            table.put(errno.numberOn(os), errno);
        }
        return table;
    }
}
