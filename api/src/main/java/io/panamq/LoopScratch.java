// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/**
 * What an event loop receives into, for one handler after the other: so none is left over when a
 * handler is refused or removed. On the loop's thread only.
 */
final class LoopScratch {
    private Message message;
    private Multipart multipart;

    /** That of the last time, unless a handler has closed it or given it away. */
    Message message() {
        if (message == null || !message.isUsable()) {
            message = Message.create();
        }
        return message;
    }

    /** As {@link #message}. */
    Multipart multipart() {
        if (multipart == null || !multipart.isUsable()) {
            multipart = Multipart.create();
        }
        return multipart;
    }

    /** After a handler: its frames are dropped. */
    void handled(Multipart used) {
        if (used.isUsable()) {
            used.clear();
        }
    }

    /** The loop ends. */
    void close() {
        if (message != null && message.isUsable()) {
            message.close();
        }
        if (multipart != null && multipart.isUsable()) {
            multipart.close();
        }
    }
}
