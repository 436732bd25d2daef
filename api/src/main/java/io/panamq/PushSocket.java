// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * Sends each message to one of its peers, in turn. A send never drops a message: it waits, and
 * {@code trySend} returns false, while there is no peer or the queues of all peers are full. A
 * connected endpoint counts as a peer even before anybody is there, unless {@link
 * SocketOption#IMMEDIATE} is set. C socket type: {@code ZMQ_PUSH}.
 */
public final class PushSocket extends BaseSocket implements SendingSocket {
    PushSocket(Context context) {
        super(context, SocketTraits.PUSH);
    }
}
