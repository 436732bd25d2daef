// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.worker;

import java.io.IOException;

/** A socket of some contender, doing the benchmark's work for each message. One thread. */
abstract class Port implements AutoCloseable {
    /** How long {@link #drain} waits. */
    static final int DRAIN_MILLIS = 50;

    /** Where it was bound. */
    abstract String endpoint() throws Exception;

    /** Makes a message, writes the counter into it, sends it. Blocks. */
    abstract void send(long counter) throws Exception;

    /** Receives a message of the right size and reads its counter. Blocks. */
    abstract long receive() throws Exception;

    /** Receives with a short time limit and forgets it; false if nothing came. */
    abstract boolean drain() throws Exception;

    /** Sends the next message back, if one comes within {@link #DRAIN_MILLIS}; of a REP. */
    abstract void echo() throws Exception;

    /** Receives that many subscriptions. Blocks. */
    abstract void awaitSubscribers(int count) throws Exception;

    @Override
    public abstract void close() throws IOException;

    static void requireSize(long size, long expected) {
        if (size != expected) {
            throw new IllegalStateException("expected " + expected + " bytes, got " + size);
        }
    }
}
