// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.worker;

import java.io.IOException;

/** A socket of a contender, with the benchmark's work for each message. For one thread only. */
abstract class Port implements AutoCloseable {
    /** How long {@link #drain} and {@link #echo} wait, in milliseconds. */
    static final int DRAIN_MILLIS = 50;

    /** Returns the endpoint where the socket is bound. */
    abstract String endpoint() throws Exception;

    /** Makes a message, writes the counter into it, and sends it. Blocks. */
    abstract void send(long counter) throws Exception;

    /** Receives a message of the right size and reads its counter. Blocks. */
    abstract long receive() throws Exception;

    /** Receives and drops a message; returns false if none comes in {@link #DRAIN_MILLIS}. */
    abstract boolean drain() throws Exception;

    /** Sends the next message back if one comes in {@link #DRAIN_MILLIS}. For a REP only. */
    void echo() throws Exception {
        throw new UnsupportedOperationException("no round trips");
    }

    /** Receives this many subscriptions. Blocks. For an XPUB only. */
    void awaitSubscriptions(int count) throws Exception {
        throw new UnsupportedOperationException("no subscribers");
    }

    @Override
    public abstract void close() throws IOException;

    static void requireSize(long size, long expected) {
        if (size != expected) {
            throw new IllegalStateException("expected " + expected + " bytes, got " + size);
        }
    }
}
