// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.Timeout;
import java.time.Duration;

/**
 * How often a REQ asks, and how long it waits each time, see {@link ReqSocket#request(String,
 * RetryPolicy)}.
 *
 * @param attempts how often the request is sent at most, 1 or more
 * @param timeout how long each attempt waits for room and for the reply, 0 or more
 */
public record RetryPolicy(int attempts, Duration timeout) {
    /**
     * Makes a policy.
     *
     * @param attempts how often the request is sent at most, 1 or more
     * @param timeout how long each attempt waits, 0 or more
     * @throws IllegalArgumentException if one of them is less
     */
    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts is less than 1: " + attempts);
        }
        long ignored = Timeout.nanos(timeout);
    }
}
