// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Message;

/**
 * What a tool sends or receives.
 *
 * @param size the size of a message, in bytes
 * @param count the number of messages or round trips
 */
record Load(int size, int count) {
    /** Refuses a message of another size, as libzmq's tools do: it comes from another run. */
    void check(Message message) {
        if (message.size() != size) {
            throw new PerfException(
                    "message of incorrect size received: %d bytes, not %d"
                            .formatted(message.size(), size));
        }
    }
}
