// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.List;

/** What the event loop needs of a poller beyond its public methods. */
final class PollSecrets {
    private PollSecrets() {}

    /** Polls as {@link Poller#poll()} does, for at most so many nanoseconds. */
    static int poll(Poller poller, long nanos) {
        return poller.poll(nanos);
    }

    /** Returns all items: a copy, also of a closed poller. For the poller's owner. */
    static List<PollItem> items(Poller poller) {
        return poller.items();
    }

    /** Returns whether its socket or monitor is open and belongs to another thread. */
    static boolean isForeign(PollItem item) {
        return item.core != null && !item.isClosed() && item.core.isForeign();
    }
}
