// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/** The types of sockets, with libzmq's own names. {@link Context#socket} makes a socket of one. */
public enum SocketType {
    /** Exchanges messages with one other PAIR, see {@link PairSocket}. */
    PAIR,
    /** Publishes messages to all subscribers, see {@link PubSocket}. */
    PUB,
    /** Receives the messages that it has subscribed to, see {@link SubSocket}. */
    SUB,
    /** Sends a request and receives its reply, in turns, see {@link ReqSocket}. */
    REQ,
    /** Receives a request and replies to it, in turns, see {@link RepSocket}. */
    REP,
    /** Sends requests and receives replies, in any order, see {@link DealerSocket}. */
    DEALER,
    /** Receives from all peers and sends to the one that it chooses, see {@link RouterSocket}. */
    ROUTER,
    /** Collects the messages of PUSH sockets, see {@link PullSocket}. */
    PULL,
    /** Shares messages out among PULL sockets, see {@link PushSocket}. */
    PUSH,
    /** Publishes like PUB, and receives the subscriptions, see {@link XPubSocket}. */
    XPUB,
    /** Receives like SUB, and sends its subscriptions as messages, see {@link XSubSocket}. */
    XSUB,
    /** Exchanges bytes with plain TCP peers, see {@link StreamSocket}. */
    STREAM,
    /** Receives from CLIENT sockets, and sends to the one that it chooses, see {@link ServerSocket}. */
    SERVER,
    /** Sends to SERVER sockets and receives from them, see {@link ClientSocket}. */
    CLIENT,
    /** Publishes messages to groups, see {@link RadioSocket}. */
    RADIO,
    /** Receives the messages of the groups that it has joined, see {@link DishSocket}. */
    DISH,
    /** Collects the messages of SCATTER sockets, see {@link GatherSocket}. */
    GATHER,
    /** Shares messages out among GATHER sockets, see {@link ScatterSocket}. */
    SCATTER,
    /** Sends and receives the datagrams of udp, see {@link DatagramSocket}. */
    DGRAM,
    /** Exchanges messages with other PEER sockets, see {@link PeerSocket}. */
    PEER,
    /** Exchanges messages with one other CHANNEL, see {@link ChannelSocket}. */
    CHANNEL;

    SocketTraits traits() {
        return SocketTraits.valueOf(name());
    }

    static SocketType of(SocketTraits traits) {
        return valueOf(traits.name());
    }
}
