// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.StringJoiner;

/** The socket types of libzmq, with its own names and numbers. */
public enum SocketType {
    /** Exclusive pair. */
    PAIR(0),
    /** Publisher. */
    PUB(1),
    /** Subscriber. */
    SUB(2),
    /** Client that takes turns with its server. */
    REQ(3),
    /** Server that takes turns with its clients. */
    REP(4),
    /** Client that need not take turns. */
    DEALER(5),
    /** Server that need not take turns: addresses its peers. */
    ROUTER(6),
    /** End of a pipeline. */
    PULL(7),
    /** Start of a pipeline. */
    PUSH(8),
    /** Publisher that sees the subscriptions. */
    XPUB(9),
    /** Subscriber that subscribes by sending. */
    XSUB(10),
    /** Raw TCP. */
    STREAM(11);

    private final int number;

    SocketType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** Whether these two types are meant to be peers. Over inproc libzmq itself does not check. */
    boolean talksTo(SocketType peer) {
        return switch (this) {
            case PAIR -> peer == PAIR;
            case PUB, XPUB -> peer == SUB || peer == XSUB;
            case SUB, XSUB -> peer == PUB || peer == XPUB;
            case REQ -> peer == REP || peer == ROUTER;
            case REP -> peer == REQ || peer == DEALER;
            case DEALER -> peer == ROUTER || peer == REP || peer == DEALER;
            case ROUTER -> peer == DEALER || peer == REQ || peer == ROUTER;
            case PULL -> peer == PUSH;
            case PUSH -> peer == PULL;
            case STREAM -> peer == STREAM;
        };
    }

    /** Those it talks to, for error texts: {@code PUB or XPUB}. */
    String peers() {
        var text = new StringJoiner(" or ");
        for (SocketType type : values()) {
            if (talksTo(type)) {
                text.add(type.name());
            }
        }
        return text.toString();
    }

    /** Whether libzmq looks into the first frame of what is sent: a topic or a routing id. */
    boolean readsFirstFrame() {
        return this == PUB || this == XPUB || needsRoutingId();
    }

    /** Whether libzmq reads the start of a message when asked if there is one. */
    boolean readsAhead() {
        return switch (this) {
            case SUB, XSUB, REQ, REP, ROUTER, STREAM -> true;
            case PAIR, PUB, XPUB, DEALER, PULL, PUSH -> false;
        };
    }

    /** Whether the first frame of what is sent must be a routing id. */
    boolean needsRoutingId() {
        return this == ROUTER || this == STREAM;
    }
}
