// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.poll;

/**
 * The call of libzmq that {@link ScanRounds} wait in. The methods that change something are called
 * under the gate of the poll set, and never while {@link #poll} runs.
 */
interface PollBackend {
    /** Takes an entry in, at its index. Returns a negated error number if that fails. */
    int add(PollEntry entry);

    /**
     * Takes over the events and the index of an entry that was added. An index that was another
     * entry's before is taken from that. Returns a negated error number if that fails.
     */
    int update(PollEntry entry);

    /** Takes an entry out: from this moment on it does not reach C. Any thread. */
    void remove(PollEntry entry);

    /**
     * Waits for up to this time, and writes the entries that are ready into an array, in the order
     * of the entries.
     *
     * @param count how many entries there are
     * @param offset where to write the first; there is room for all
     * @return how many are ready, or the negated error number
     */
    int poll(PollEntry[] entries, int count, long millis, PollEntry[] ready, int offset);

    /** Frees what is native. Any thread. */
    void destroy();
}
