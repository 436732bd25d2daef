// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/** What the event loop needs of sockets and messages beyond their public methods. */
final class SocketSecrets {
    private SocketSecrets() {}

    static Context context(SocketMonitor monitor) {
        return monitor.core.context;
    }

    /** Returns why a closed socket cannot do what was asked of it: it or its context is closed. */
    static ZmqException closedWhile(Socket socket, String operation) {
        return socket.core.closedWhile(operation);
    }

    /** Throws IllegalStateException if there is no content to send. */
    static void requireContent(Message message) {
        message.checkContent();
    }

    /** Returns whether the calling thread may receive into it. */
    static boolean isUsable(Message message) {
        return message.isUsable();
    }

    /** Returns whether the calling thread may receive into it. */
    static boolean isUsable(Multipart multipart) {
        return multipart.isUsable();
    }
}
