// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * Publishes messages to all subscribers. Each gets those messages whose first frame starts with a
 * prefix that it subscribed to.
 *
 * {@snippet class="io.panamq.snippets.PatternSnippets" region="pub"}
 *
 * <p><strong>Peers.</strong> Any number of SUB and XSUB sockets. A message for which there is no
 * subscriber is dropped.
 *
 * <p><strong>Full queue.</strong> A send never waits. A subscriber that does not keep up, so that
 * its queue has reached {@link SocketOption#SNDHWM}, does not get the message, and nobody is told;
 * the others get it. With {@link SocketOption#XPUB_NODROP}, which a PUB has as well, a send waits
 * instead, and {@code trySend} returns false.
 *
 * <p><strong>Slow joiner.</strong> What is published before a subscription has arrived is not for
 * that subscriber. A PUB cannot see subscriptions, and a finished handshake does not mean that they
 * have arrived: to wait for them use {@link XPubSocket#awaitSubscriptions}.
 *
 * <p>C socket type: {@code ZMQ_PUB}.
 */
public final class PubSocket extends BaseSocket implements SendingSocket {
    PubSocket(Context context) {
        super(context, SocketTraits.PUB);
    }
}
