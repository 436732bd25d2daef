// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import io.panamq.bindings.NativeLibrary;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Looks at what already has the path of an ipc endpoint. libzmq deletes anything there before it
 * binds: a file, a device, a link, and the socket of another process that still answers.
 */
final class IpcPath {
    /** The bits of a mode that tell the type of a file, and the type of a socket. */
    private static final int TYPE = 0170000;

    private static final int SOCKET = 0140000;

    private IpcPath() {}

    /**
     * Returns whether something has the path that is not a socket, or a socket where somebody
     * answers. A socket that was left behind by a process that has ended is not taken.
     *
     * @param start where the path begins in the endpoint
     */
    static boolean isTaken(String endpoint, int start) {
        String name = endpoint.substring(start);
        // An abstract name is no path, but a library without our edit deletes the file all the
        // same.
        boolean isAbstract = name.startsWith("@") && NativeLibrary.isHardened("abstract");
        if (name.equals("*") || isAbstract || name.indexOf('\0') >= 0) {
            return false;
        }
        try {
            Path path = Path.of(name);
            return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                    && (!isSocket(path) || hasListener(path));
        } catch (InvalidPathException e) {
            return false; // bind refuses it
        }
    }

    private static boolean isSocket(Path path) {
        try {
            Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return ((int) mode & TYPE) == SOCKET;
        } catch (IOException e) {
            return false; // it cannot be told: it is left alone
        } catch (UnsupportedOperationException e) {
            return true; // this system has no other files of that kind
        }
    }

    /** Connects without waiting, which a full queue of the listener would make it do. */
    private static boolean hasListener(Path path) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.configureBlocking(false);
            boolean ignored = channel.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (ConnectException e) {
            return false; // refused: nobody listens
        } catch (IOException e) {
            return true; // not permitted, or a socket of another kind
        }
    }
}
