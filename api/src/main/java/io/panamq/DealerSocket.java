// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * Sends requests to its peers in turn, and receives the replies in any order: a client that need
 * not wait, or the side of a broker that faces the workers.
 *
 * {@snippet class="io.panamq.snippets.PatternSnippets" region="dealer"}
 *
 * <p>A broker passes messages on in both directions, all frames, without a copy:
 *
 * {@snippet class="io.panamq.snippets.RouterSnippets" region="forward"}
 *
 * <p><strong>Peers.</strong> ROUTER, REP and DEALER sockets. A ROUTER addresses this socket by its
 * {@link SocketOption#ROUTING_ID}, or {@link SocketOption#ROUTING_ID_TEXT}.
 *
 * <p><strong>Full queue.</strong> A send waits while there is no peer or none has room, and {@code
 * trySend} returns false. Nothing is dropped.
 *
 * <p>C socket type: {@code ZMQ_DEALER}.
 */
public final class DealerSocket extends BaseSocket implements SendingSocket, ReceivingSocket {
    DealerSocket(Context context) {
        super(context, SocketTraits.DEALER);
    }
}
