// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

/** What is counted in a cell. */
public enum Metric {
    /** Messages per second at the receiver; more is better. */
    RATE("rate", "msg/s"),
    /** Median of the round trips; less is better. */
    P50("p50", "µs"),
    /** The time that 99 % of the round trips do not exceed. */
    P99("p99", "µs"),
    /** The time that 99.9 % of the round trips do not exceed. */
    P999("p99.9", "µs");

    public final String id;
    public final String unit;

    Metric(String id, String unit) {
        this.id = id;
        this.unit = unit;
    }
}
