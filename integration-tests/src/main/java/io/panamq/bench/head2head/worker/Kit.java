// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.worker;

import java.io.IOException;

/** A contender. Opens ports, from any thread. */
interface Kit extends AutoCloseable {
    /**
     * Opens a port with the default high-water marks and linger 0, and binds or connects it. It
     * belongs to the calling thread.
     *
     * @param kind the type of its socket
     * @param endpoint where to bind or connect
     * @return the port
     */
    Port open(Kind kind, String endpoint) throws Exception;

    /** Returns how many messages one {@link Port#send} counts as. */
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
