// SPDX-License-Identifier: Apache-2.0
/**
 * Reports objects that became garbage without having been closed, with the place where they were
 * made. Used by contexts, sockets and messages; uses {@code io.panamq.internal.guard}.
 */
package io.panamq.internal.leak;
