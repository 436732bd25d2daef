// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import java.util.List;
import java.util.Map;

/**
 * What closing a context found and left, as the public {@code CloseReport} shows it.
 *
 * @param terminated whether libzmq has ended
 * @param stillOpen names of the sockets that were open
 * @param abandoned names of the sockets that could not be closed
 * @param createdAt where the sockets that were open were made, by name
 */
public record CloseResult(
        boolean terminated,
        List<String> stillOpen,
        List<String> abandoned,
        Map<String, String> createdAt) {}
