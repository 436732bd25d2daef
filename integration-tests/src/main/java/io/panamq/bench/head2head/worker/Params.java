// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.worker;

import java.util.HashMap;
import java.util.Map;

/**
 * The arguments of a worker, each as {@code key=value}. Times are in nanoseconds, sizes in bytes.
 *
 * @param contender panamq, panamq-batch, jeromq or socket
 * @param pattern pushpull, pubsub, dealerrouter or reqrep
 * @param role both, recv or send
 * @param endpoint where to bind or connect
 * @param samples the file for the times of round trips, or empty
 * @param size the size of a message
 * @param warmup the time before the measurement
 * @param window the time of the measurement
 * @param batch the batch size of sockets, 0 for the default
 * @param ioThreads the number of I/O threads
 * @param subscribers the number of receiving threads
 * @param slice the number of messages between two looks at the clock
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

    /** Whether this worker has the role {@code recv} or {@code send}. */
    boolean plays(String name) {
        return role.equals("both") || role.equals(name);
    }

    /** Whether both ends are in this process. */
    boolean isAlone() {
        return role.equals("both");
    }
}
