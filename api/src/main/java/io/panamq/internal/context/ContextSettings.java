// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import java.time.Duration;

/**
 * The settings of one context.
 *
 * @param ioThreads how many threads move data
 * @param maxSockets how many sockets the user may have open at the same time
 * @param ipv6 whether new sockets allow IPv6
 * @param linger of new sockets, in milliseconds; -1 for no limit
 * @param closeTimeout how long closing the context may take
 * @param batchSize how many bytes new sockets move at once; 0 for libzmq's own default
 */
public record ContextSettings(
        int ioThreads,
        int maxSockets,
        boolean ipv6,
        int linger,
        Duration closeTimeout,
        int batchSize) {}
