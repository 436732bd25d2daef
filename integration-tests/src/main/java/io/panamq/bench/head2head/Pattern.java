// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head;

/** What the messages do. */
enum Pattern {
    PUSH_PULL("pushpull", "PUSH/PULL"),
    PUB_SUB("pubsub", "PUB/SUB 1:4"),
    DEALER_ROUTER("dealerrouter", "DEALER/ROUTER"),
    REQ_REP("reqrep", "REQ/REP");

    final String id;
    final String label;

    Pattern(String id, String label) {
        this.id = id;
        this.label = label;
    }
}
