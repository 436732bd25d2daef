// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/** Receives a request and then sends the reply to it, by turns. C socket type: {@code ZMQ_REP}. */
public final class RepSocket extends BaseSocket implements SendingSocket, ReceivingSocket {
    RepSocket(Context context) {
        super(context, SocketTraits.REP);
    }
}
