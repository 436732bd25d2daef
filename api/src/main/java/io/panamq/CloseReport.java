// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Reports which sockets {@link Context#close(java.time.Duration)} found open, and which of them it
 * could not close. Sockets are named by type and number, such as {@code PUSH#3}; an open poller or
 * monitor is listed as well, such as {@code Poller#5}.
 *
 * @param terminated whether libzmq has ended, so that nothing is left of the context
 * @param stillOpen the sockets that were open when the context was closed
 * @param abandoned the sockets that could not be closed in time, because a call of another thread
 *     on them did not return; that thread closes them when the call returns
 * @param createdAt where each of {@code stillOpen} was made, by its name: method, file and line;
 *     empty with {@code panamq.leaks=off}
 */
public record CloseReport(
        boolean terminated,
        List<String> stillOpen,
        List<String> abandoned,
        Map<String, String> createdAt) {
    /**
     * Keeps copies of the lists and the map.
     *
     * @param terminated whether libzmq has ended
     * @param stillOpen the sockets that were open
     * @param abandoned the sockets that could not be closed
     * @param createdAt where the sockets that were open were made
     */
    public CloseReport {
        stillOpen = List.copyOf(Objects.requireNonNull(stillOpen, "stillOpen"));
        abandoned = List.copyOf(Objects.requireNonNull(abandoned, "abandoned"));
        createdAt = Map.copyOf(Objects.requireNonNull(createdAt, "createdAt"));
    }

    /** Returns one line, or one line for each socket if there are several. */
    @Override
    public String toString() {
        Set<String> sockets = new LinkedHashSet<>(stillOpen);
        sockets.addAll(abandoned);
        var text = new StringBuilder("CloseReport[terminated=" + terminated);
        if (sockets.size() < 2) {
            text.append(", stillOpen=").append(stillOpen);
            text.append(", abandoned=").append(abandoned);
            return text.append(", createdAt=").append(createdAt).append(']').toString();
        }
        text.append(", stillOpen=").append(stillOpen.size());
        text.append(", abandoned=").append(abandoned.size());
        for (String socket : sockets) {
            text.append("\n  ").append(socket);
            text.append(stillOpen.contains(socket) ? " was open" : "");
            text.append(stillOpen.contains(socket) && abandoned.contains(socket) ? "," : "");
            text.append(abandoned.contains(socket) ? " is abandoned" : "");
            String place = createdAt.get(socket);
            text.append(place == null ? "" : ", made at " + place);
        }
        return text.append(']').toString();
    }
}
