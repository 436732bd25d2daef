// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import java.util.StringJoiner;

/** The types of sockets, and what Java has to know of their behaviour in libzmq. */
public enum SocketTraits {
    PAIR(0),
    PUB(1),
    SUB(2),
    REQ(3),
    REP(4),
    DEALER(5),
    ROUTER(6),
    PULL(7),
    PUSH(8),
    XPUB(9),
    XSUB(10),
    STREAM(11),
    SERVER(12),
    CLIENT(13),
    RADIO(14),
    DISH(15),
    GATHER(16),
    SCATTER(17),
    DGRAM(18),
    PEER(19),
    CHANNEL(20);

    private final int number;

    SocketTraits(int number) {
        this.number = number;
    }

    /** Returns the number of the type in {@code zmq.h}. */
    public int number() {
        return number;
    }

    /** Returns whether only a libzmq that was built with drafts has the type. */
    public boolean isDraft() {
        return number >= SERVER.number;
    }

    /** Returns whether libzmq lets several threads use such a socket at the same time. */
    public boolean isThreadSafe() {
        return isDraft() && this != DGRAM;
    }

    /** Returns whether the peer of a message is a property of it, see {@link PeerProperties}. */
    boolean hasPeerProperty() {
        return this == SERVER || this == PEER;
    }

    /** Returns whether the type has udp among its transports. */
    public boolean hasUdp() {
        return this == RADIO || this == DISH || this == DGRAM;
    }

    /** Returns whether a socket of the type has one peer only. */
    public boolean hasOnePeer() {
        return this == PAIR || this == CHANNEL;
    }

    /** Returns whether the two types are meant to be peers; over inproc libzmq does not check. */
    public boolean talksTo(SocketTraits peer) {
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
            case SERVER -> peer == CLIENT;
            case CLIENT -> peer == SERVER;
            case RADIO -> peer == DISH;
            case DISH -> peer == RADIO;
            case GATHER -> peer == SCATTER;
            case SCATTER -> peer == GATHER;
            case DGRAM -> peer == DGRAM;
            case PEER -> peer == PEER;
            case CHANNEL -> peer == CHANNEL;
        };
    }

    /** Returns the types that this type talks to, for error texts, such as {@code PUB or XPUB}. */
    public String peers() {
        var text = new StringJoiner(" or ");
        for (SocketTraits type : values()) {
            if (talksTo(type)) {
                text.add(type.name());
            }
        }
        return text.toString();
    }

    /** Returns whether libzmq reads the first frame of what is sent, as a topic or a routing id. */
    boolean readsFirstFrame() {
        return this == PUB || this == XPUB || needsRoutingId();
    }

    /** Returns whether libzmq reads the start of a message when it is asked if there is one. */
    public boolean readsAhead() {
        return switch (this) {
            case SUB, XSUB, REQ, REP, ROUTER, STREAM -> true;
            case PAIR, PUB, XPUB, DEALER, PULL, PUSH -> false;
            // These read single frames ahead, or none.
            case SERVER, CLIENT, RADIO, DISH, GATHER, SCATTER, DGRAM, PEER, CHANNEL -> false;
        };
    }

    /** Returns whether the first frame of each sent message must be a routing id. */
    boolean needsRoutingId() {
        return this == ROUTER || this == STREAM;
    }
}
