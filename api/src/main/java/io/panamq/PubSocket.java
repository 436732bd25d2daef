// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * Publishes to all subscribers whose prefix matches the first frame. Never blocks: what a
 * subscriber has no room for is dropped for it, and so is everything sent before its subscription
 * arrived (the slow joiner). libzmq does not let a PUB see subscriptions, and a finished handshake
 * does not mean that they have arrived: to wait for them use {@link XPubSocket#awaitSubscribers}.
 * {@code ZMQ_PUB}.
 */
public final class PubSocket extends Socket implements Sender {
    PubSocket(Context context) {
        super(context, SocketTraits.PUB);
    }
}
