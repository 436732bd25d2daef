// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.worker;

/** The type of a port's socket. */
enum Kind {
    PUSH,
    PULL,
    DEALER,
    ROUTER,
    XPUB,
    SUB,
    REQ,
    REP;

    boolean binds() {
        return this == PULL || this == ROUTER || this == XPUB || this == REP;
    }
}
