// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * Sends requests to its peers in turn, and receives the replies in any order: a client that need
 * not wait, or the side of a broker that faces the workers.
 *
 * {@snippet :
 * dealer.connect("tcp://server:5555");
 * dealer.send(Multipart.of("", "question 1")); // the empty frame is for a REP
 * dealer.send(Multipart.of("", "question 2"));
 * try (Multipart reply = dealer.receiveMultipart()) {
 *     System.out.println(reply.getString(1));
 * }
 * }
 *
 * <p>A broker passes messages on in both directions, all frames, without a copy:
 *
 * {@snippet :
 * dealer.send(router.receiveMultipart()); // the routing id of the client stays in front
 * router.send(dealer.receiveMultipart()); // and brings the reply back to it
 * }
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
