// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import org.jspecify.annotations.Nullable;

/**
 * The ports that an endpoint such as {@code tcp://127.0.0.1:[50000-50010]} offers to bind. libzmq
 * does not know ranges: it would bind the number at the start.
 *
 * @param endpoint as the user wrote it
 * @param first the first port
 * @param last the last port, not below the first one
 */
record PortRange(String endpoint, int first, int last) {
    /**
     * Returns the range at the end of an endpoint, or null if there is none.
     *
     * @throws IllegalArgumentException if its ports are not in 1 to 65535 and in order
     */
    static @Nullable PortRange of(String endpoint) {
        int start = endpoint.lastIndexOf(":[");
        int dash = endpoint.indexOf('-', Math.max(start, 0));
        if (start < 0 || dash < 0 || !endpoint.startsWith("tcp://") || !endpoint.endsWith("]")) {
            return null;
        }
        int first = port(endpoint, start + 2, dash);
        int last = port(endpoint, dash + 1, endpoint.length() - 1);
        if (first < 1 || last < first) {
            throw EndpointCheck.malformed(
                    "bind",
                    endpoint,
                    "a range is two ports in 1 to 65535, the lower one first, such as"
                            + " [50000-50010]");
        }
        return new PortRange(endpoint, first, last);
    }

    /** Returns the number between two places of the text, or -1 if there is no port. */
    private static int port(String endpoint, int from, int to) {
        int port = 0;
        for (int i = from; i < to; i++) {
            int digit = endpoint.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            port = Math.min(port * 10 + digit, 1 << 20);
        }
        return port > 65535 ? -1 : port;
    }

    /** Returns the endpoint with one port in the place of the range. */
    String with(int port) {
        return endpoint.substring(0, endpoint.lastIndexOf(":[") + 1) + port;
    }
}
