// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.worker;

import java.io.IOException;

/** A contender: makes ports. Any thread. */
interface Kit extends AutoCloseable {
    /**
     * Binds or connects a port, with the default high-water marks and linger 0. It belongs to the
     * calling thread.
     *
     * @param kind what it is
     * @param endpoint where
     * @return the port
     */
    Port open(Kind kind, String endpoint) throws Exception;

    /** How many messages one {@link Port#send} counts for. */
    default double messagesPerStep() {
        return 1;
    }

    @Override
    void close() throws IOException;

    static Kit of(Params params) {
        return switch (params.contender()) {
            case "panamq", "panamq-batch" -> new PanaKit(params);
            case "jeromq" -> new JeroKit(params);
            case "socket" -> new SocketKit(params);
            default -> throw new IllegalArgumentException("no contender " + params.contender());
        };
    }
}
