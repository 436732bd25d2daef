// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * Publishes a message to all subscribers that subscribed to a prefix of its first frame. A send
 * never waits: a subscriber whose queue is full does not get the message, and neither does one
 * whose subscription has not yet arrived (the slow joiner). A PUB socket cannot see subscriptions,
 * and a finished handshake does not mean that they have arrived: to wait for them use {@link
 * XPubSocket#awaitSubscriptions}. C socket type: {@code ZMQ_PUB}.
 */
public final class PubSocket extends BaseSocket implements SendingSocket {
    PubSocket(Context context) {
        super(context, SocketTraits.PUB);
    }
}
