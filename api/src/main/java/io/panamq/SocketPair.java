// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two PAIR sockets that are connected to each other over inproc. {@link Context#pipe} makes them,
 * for two threads that talk to each other.
 *
 * {@snippet class="io.panamq.snippets.PatternSnippets" region="pipe"}
 *
 * @param first one end
 * @param second the other end
 */
public record SocketPair(PairSocket first, PairSocket second) implements AutoCloseable {
    private static final AtomicLong MADE = new AtomicLong();

    /**
     * Makes a pair of two sockets that are connected already.
     *
     * @param first one end
     * @param second the other end
     */
    public SocketPair {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
    }

    /** Connects a new socket to another one that is made here. Both are closed if this fails. */
    static SocketPair connected(PairSocket first, Context context) {
        PairSocket second = null;
        boolean done = false;
        try {
            second = context.pair();
            String endpoint = "inproc://panamq-pipe-" + MADE.incrementAndGet();
            first.bind(endpoint);
            second.connect(endpoint);
            first.handOver();
            second.handOver();
            done = true;
            return new SocketPair(first, second);
        } finally {
            if (!done) {
                first.close();
                if (second != null) {
                    second.close();
                }
            }
        }
    }

    /** Closes both sockets; any thread may call this, also more than once. */
    @Override
    public void close() {
        first.close();
        second.close();
    }
}
