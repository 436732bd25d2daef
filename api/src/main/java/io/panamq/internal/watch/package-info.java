// SPDX-License-Identifier: Apache-2.0
/**
 * Wakes parked threads: one thread for the JVM watches the descriptors of sockets whose owners wait
 * for long. Used by sockets and pollers; uses {@code io.panamq.internal.guard} and the bindings.
 */
package io.panamq.internal.watch;
