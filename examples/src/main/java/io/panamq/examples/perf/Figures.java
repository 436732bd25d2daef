// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

/**
 * What was measured; null where a tool does not measure it.
 *
 * @param messagesPerSecond messages a second
 * @param megabytesPerSecond millions of bytes a second
 * @param roundTripMicros from a request to its reply, in microseconds
 */
record Figures(Double messagesPerSecond, Double megabytesPerSecond, Double roundTripMicros) {
    /** The other end measures. */
    static final Figures NONE = new Figures(null, null, null);

    static Figures throughput(Load load, long nanos) {
        double perSecond = load.count() / seconds(nanos);
        return new Figures(perSecond, perSecond * load.size() / 1e6, null);
    }

    static Figures roundTrips(Load load, long nanos) {
        return new Figures(null, null, seconds(nanos) * 1e6 / load.count());
    }

    /** Not less than a microsecond: a single message is measured from its own arrival. */
    private static double seconds(long nanos) {
        return Math.max(1_000, nanos) / 1e9;
    }
}
