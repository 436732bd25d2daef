// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/**
 * What waits for a poller. The methods that change something are called under the poller's gate,
 * and never while {@link #poll} runs.
 */
sealed interface PollBackend permits ZmqPollBackend, ZmqPollerBackend {
    /** Registers an item at its index. Returns a negated error number if that fails. */
    int add(PollItem item);

    /** Takes over what the item now waits for. */
    int modify(PollItem item);

    /** The item must not reach C any more, from this moment on. May be any thread. */
    void remove(PollItem item);

    /** The item got another index, which was another's before. */
    void moved(PollItem item);

    /**
     * Waits, and puts what is ready behind what is in the array already, in the order of the items.
     *
     * @return how many were put there, or the negated error number
     */
    int poll(PollItem[] items, int count, long millis, PollItem[] ready, int offset);

    /** The end. May be any thread. */
    void destroy();
}
