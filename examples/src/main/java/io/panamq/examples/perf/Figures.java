// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

/**
 * The results of a tool; a value that the tool does not measure is null.
 *
 * @param messagesPerSecond messages a second
 * @param megabytesPerSecond millions of bytes a second
 * @param roundTripMicros the mean time from a request to its reply, in microseconds
 */
record Figures(Double messagesPerSecond, Double megabytesPerSecond, Double roundTripMicros) {
    /** The results of the end that does not measure. */
    static final Figures NONE = new Figures(null, null, null);

    static Figures throughput(Load load, long nanos) {
        double perSecond = load.count() / seconds(nanos);
        return new Figures(perSecond, perSecond * load.size() / 1e6, null);
    }

    static Figures roundTrips(Load load, long nanos) {
        return new Figures(null, null, seconds(nanos) * 1e6 / load.count());
    }

    /** Returns at least a microsecond, since a single message is measured from its own arrival. */
    private static double seconds(long nanos) {
        return Math.max(1_000, nanos) / 1e9;
    }
}
