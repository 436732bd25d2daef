// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Message;

/**
 * What is sent.
 *
 * @param size of a message, in bytes
 * @param count how many messages, or round trips
 */
record Load(int size, int count) {
    /** As the tools of libzmq do: a message of another size comes from another run. */
    void check(Message message) {
        if (message.size() != size) {
            throw new PerfException(
                    "message of incorrect size received: %d bytes, not %d"
                            .formatted(message.size(), size));
        }
    }
}
