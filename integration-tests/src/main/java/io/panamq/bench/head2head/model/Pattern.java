// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

/** The sockets at both ends, and so the way that messages take. */
public enum Pattern {
    PUSH_PULL("pushpull", "PUSH/PULL"),
    PUB_SUB("pubsub", "PUB/SUB 1:4"),
    DEALER_ROUTER("dealerrouter", "DEALER/ROUTER"),
    REQ_REP("reqrep", "REQ/REP");

    public final String id;
    public final String label;

    Pattern(String id, String label) {
        this.id = id;
        this.label = label;
    }
}
