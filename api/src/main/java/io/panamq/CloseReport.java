// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.List;

/**
 * What {@link Context#close(java.time.Duration)} found and left.
 *
 * @param terminated whether libzmq has ended: nothing is left of the context
 * @param stillOpen the sockets that were open, which it closed
 * @param abandoned the sockets that it could not close, because a call on them did not return
 */
public record CloseReport(boolean terminated, List<String> stillOpen, List<String> abandoned) {
    /**
     * Keeps copies of the lists.
     *
     * @param terminated whether libzmq has ended
     * @param stillOpen the sockets that were open
     * @param abandoned the sockets that could not be closed
     */
    public CloseReport {
        stillOpen = List.copyOf(stillOpen);
        abandoned = List.copyOf(abandoned);
    }
}
