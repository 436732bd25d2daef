// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/** The socket types of libzmq, with its own names. */
public enum SocketType {
    /** Exclusive pair. */
    PAIR,
    /** Publisher. */
    PUB,
    /** Subscriber. */
    SUB,
    /** Client that takes turns with its server. */
    REQ,
    /** Server that takes turns with its clients. */
    REP,
    /** Client that need not take turns. */
    DEALER,
    /** Server that need not take turns: addresses its peers. */
    ROUTER,
    /** End of a pipeline. */
    PULL,
    /** Start of a pipeline. */
    PUSH,
    /** Publisher that sees the subscriptions. */
    XPUB,
    /** Subscriber that subscribes by sending. */
    XSUB,
    /** Raw TCP. */
    STREAM;

    SocketTraits traits() {
        return SocketTraits.valueOf(name());
    }

    static SocketType of(SocketTraits traits) {
        return valueOf(traits.name());
    }
}
