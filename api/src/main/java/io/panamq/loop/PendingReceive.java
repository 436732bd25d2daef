// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

/** A receiver of messages that waits for its turn on a socket. On the loop's thread. */
interface PendingReceive {
    /** The result of a turn. */
    enum Turn {
        /** There was no message: it waits on. */
        NOTHING,
        /** It took a message, and wants more after the other receivers had theirs. */
        MORE,
        /** It wants no more. */
        DONE
    }

    /** Takes one message if there is one. */
    Turn take();
}
