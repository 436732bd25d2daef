// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.internal.socket.SocketSecrets;
import org.jspecify.annotations.Nullable;

/**
 * The message and the multipart that an event loop receives into, for one handler after the other:
 * so none is left over when a handler is refused or removed. On the loop's thread only.
 */
final class LoopScratch {
    private @Nullable Message message;
    private @Nullable Multipart multipart;

    /** Returns the same message each time, unless a handler has closed it or given it away. */
    Message message() {
        if (message == null || !SocketSecrets.isUsable(message)) {
            message = Message.create();
        }
        return message;
    }

    /** Returns the same multipart each time, unless a handler has closed it or given it away. */
    Multipart multipart() {
        if (multipart == null || !SocketSecrets.isUsable(multipart)) {
            multipart = Multipart.create();
        }
        return multipart;
    }

    /** Drops the frames that a handler has left in the multipart. */
    void clear() {
        if (multipart != null && SocketSecrets.isUsable(multipart)) {
            multipart.clear();
        }
    }

    /** Closes what the loop still has, at its end. */
    void close() {
        if (message != null && SocketSecrets.isUsable(message)) {
            message.close();
        }
        if (multipart != null && SocketSecrets.isUsable(multipart)) {
            multipart.close();
        }
    }
}
