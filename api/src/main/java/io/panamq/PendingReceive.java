// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/** Somebody who waits for messages of an {@link AsyncSocket}. On the loop's thread. */
interface PendingReceive {
    /** What came of its turn. */
    enum Turn {
        /** There is no message: it waits on. */
        NOTHING,
        /** It got one, and wants more after the others had theirs. */
        MORE,
        /** It wants no more. */
        DONE
    }

    /** Takes one message if there is one. */
    Turn take(Receiver receiver);
}
