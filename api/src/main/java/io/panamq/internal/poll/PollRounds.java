// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.poll;

/**
 * How a poll set finds what is ready. The methods are for the poller's owner, if nothing else is
 * said. Those that change something are called under the gate of the set.
 */
interface PollRounds {
    /**
     * Takes an entry in, whose socket was entered by the owner. Returns a negated error number if
     * that fails.
     */
    int add(PollEntry entry);

    /** Takes over the events of an entry. Returns a negated error number if that fails. */
    int update(PollEntry entry);

    /** Takes over the index of an entry. */
    void move(PollEntry entry);

    /** Takes an entry out: from this moment on it does not reach C. Any thread. */
    void remove(PollEntry entry);

    /** Notes that the socket of an entry, which was removed here, is being closed. Any thread. */
    void close(PollEntry entry);

    /** Forgets an entry, which was removed here and leaves the set for good. */
    void drop(PollEntry entry);

    /**
     * Begins a poll: takes the sockets that are free, and evicts those that are closed.
     *
     * @throws WrongThreadException if a socket belongs to another thread
     */
    void begin();

    /**
     * Waits for up to this time, and adds the entries that are ready to those of the set, which has
     * room for all. May return early.
     *
     * @return how many are ready, with the one for wake-ups, or the negated error number
     */
    int look(long millis);

    /** Evicts the entries whose sockets were closed since the poll began. */
    void evictClosed();

    /** Whether to park from now on. To be asked after each look that found nothing. */
    boolean isIdle();

    /**
     * Parks until an entry may be ready, or for up to this time in nanoseconds; may return early.
     * Returns whether everything that is waited for can wake the thread.
     */
    boolean park(long nanos);

    /** Ends what {@link #begin} began. */
    void end();

    /** Ends the ownership of the calling thread: another one may begin the next poll. */
    void release();

    /** Frees what is native. No poll is running. Any thread. */
    void destroy();
}
