// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.worker;

import java.util.HashMap;
import java.util.Map;

/**
 * What a worker is told, as {@code key=value} arguments. Times are nanoseconds, sizes bytes.
 *
 * @param contender panamq, jeromq or socket
 * @param pattern pushpull, pubsub, dealerrouter or reqrep
 * @param role both, recv or send
 * @param endpoint to bind or connect
 * @param samples the file for round-trip times, or empty
 * @param size of a message
 * @param warmup discarded time
 * @param window measured time
 * @param batch in/out batch size, 0 to leave it alone
 * @param ioThreads of the context
 * @param subscribers of PUB/SUB
 * @param slice messages between two looks at the clock
 */
record Params(
        String contender,
        String pattern,
        String role,
        String endpoint,
        String samples,
        int size,
        long warmup,
        long window,
        int batch,
        int ioThreads,
        int subscribers,
        int slice) {

    static Params parse(String[] args) {
        Map<String, String> map = new HashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("not key=value: " + arg);
            }
            map.put(arg.substring(0, equals), arg.substring(equals + 1));
        }
        Params params =
                new Params(
                        map.getOrDefault("contender", ""),
                        map.getOrDefault("pattern", ""),
                        map.getOrDefault("role", "both"),
                        map.getOrDefault("endpoint", ""),
                        map.getOrDefault("samples", ""),
                        (int) number(map, "size", 0),
                        number(map, "warmup", 0),
                        number(map, "window", 0),
                        (int) number(map, "batch", 0),
                        (int) number(map, "io", 1),
                        (int) number(map, "subscribers", 1),
                        (int) number(map, "slice", 1));
        if (params.size < Long.BYTES || params.slice < 1 || params.subscribers < 1) {
            throw new IllegalArgumentException("bad size, slice or subscribers: " + params);
        }
        return params;
    }

    private static long number(Map<String, String> map, String key, long otherwise) {
        String value = map.get(key);
        return value == null ? otherwise : Long.parseLong(value);
    }

    boolean plays(String name) {
        return role.equals("both") || role.equals(name);
    }

    boolean alone() {
        return role.equals("both");
    }
}
