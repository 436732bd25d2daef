// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * Collects the messages of the PUSH sockets that it is connected with, in turn.
 *
 * {@snippet class="io.panamq.snippets.PatternSnippets" region="pull"}
 *
 * <p><strong>Peers.</strong> Any number of PUSH sockets.
 *
 * <p><strong>Full queue.</strong> When the queue has reached {@link SocketOption#RCVHWM} it takes
 * nothing from the network, and the senders wait. Nothing is dropped.
 *
 * <p>C socket type: {@code ZMQ_PULL}.
 */
public final class PullSocket extends BaseSocket implements ReceivingSocket {
    PullSocket(Context context) {
        super(context, SocketTraits.PULL);
    }
}
