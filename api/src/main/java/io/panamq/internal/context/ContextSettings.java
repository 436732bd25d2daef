// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import java.time.Duration;

/**
 * The settings of one context.
 *
 * @param ioThreads the number of I/O threads
 * @param maxSockets the number of sockets that may be open at the same time
 * @param ipv6 whether new sockets allow IPv6
 * @param linger the linger of new sockets in milliseconds; -1 for no limit
 * @param closeTimeout the time that closing the context may take
 * @param batchSize the bytes that new sockets move at once; 0 for libzmq's default
 */
public record ContextSettings(
        int ioThreads,
        int maxSockets,
        boolean ipv6,
        int linger,
        Duration closeTimeout,
        int batchSize) {}
