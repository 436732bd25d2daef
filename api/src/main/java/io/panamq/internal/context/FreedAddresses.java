// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What sockets of this JVM gave up a moment ago, by an unbind or a close. libzmq does so in the
 * background: until then such an address is in use. Thread safe.
 */
final class FreedAddresses {
    /** In nanoseconds. */
    private static final long LONGEST = Duration.ofMillis(250).toNanos();

    /** When each was given up, by its {@link #address}. */
    private static final Map<String, Long> TIMES = new ConcurrentHashMap<>();

    private static volatile long lastCleared = System.nanoTime();

    private FreedAddresses() {}

    static void add(Collection<String> endpoints) {
        long now = System.nanoTime();
        if (now - lastCleared > LONGEST) {
            lastCleared = now;
            TIMES.values().removeIf(time -> now - time > LONGEST);
        }
        for (String endpoint : endpoints) {
            TIMES.put(address(endpoint), now);
        }
    }

    /** Forgets what another socket has now. */
    static void remove(String endpoint) {
        TIMES.remove(address(endpoint));
    }

    /** Returns the time on the clock of nanoTime up to which to wait until it is free. */
    static long end(String endpoint) {
        Long time = TIMES.get(address(endpoint));
        return time == null ? System.nanoTime() : time + LONGEST;
    }

    /** Returns the port if there is one, because interfaces overlap; otherwise the endpoint. */
    private static String address(String endpoint) {
        int host = endpoint.indexOf("://") + 3;
        int end = endpoint.startsWith("ws") ? endpoint.indexOf('/', host) : -1;
        String authority = endpoint.substring(host, end < 0 ? endpoint.length() : end);
        return endpoint.startsWith("tcp") || endpoint.startsWith("ws")
                ? authority.substring(authority.lastIndexOf(':') + 1)
                : endpoint;
    }
}
