// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/** Sends a request and then receives the reply to it, by turns. C socket type: {@code ZMQ_REQ}. */
public final class ReqSocket extends BaseSocket implements SendingSocket, ReceivingSocket {
    ReqSocket(Context context) {
        super(context, SocketTraits.REQ);
    }
}
