// SPDX-License-Identifier: Apache-2.0
/**
 * Wakes parked threads: one thread of the JVM watches the descriptors of the sockets for which
 * threads are parked. Used by sockets and pollers; uses {@code io.panamq.internal.guard}, {@code
 * io.panamq.internal.error} and the bindings.
 */
package io.panamq.internal.watch;
