// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import java.util.List;
import java.util.Map;

/**
 * The result of closing a context, which the public {@code CloseReport} shows.
 *
 * @param terminated whether the native context has ended
 * @param stillOpen the names of the sockets that the user had not closed
 * @param abandoned the names of the sockets that could not be closed
 * @param createdAt where the sockets in {@code stillOpen} were made, by name
 */
public record CloseResult(
        boolean terminated,
        List<String> stillOpen,
        List<String> abandoned,
        Map<String, String> createdAt) {}
