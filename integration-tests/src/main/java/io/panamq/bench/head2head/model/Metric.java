// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

/** What is counted. */
public enum Metric {
    /** Messages per second at the receiver; more is better. */
    RATE("rate", "msg/s"),
    /** Median of the round trips; less is better. */
    P50("p50", "µs"),
    /** 99 % of the round trips take no longer. */
    P99("p99", "µs"),
    /** 99.9 % of the round trips take no longer. */
    P999("p99.9", "µs");

    public final String id;
    public final String unit;

    Metric(String id, String unit) {
        this.id = id;
        this.unit = unit;
    }
}
