// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * Receives like {@link SubSocket}, but subscribes by sending a frame: one byte, 1 to subscribe or 0
 * to unsubscribe, and then the prefix. C socket type: {@code ZMQ_XSUB}.
 */
public final class XSubSocket extends BaseSocket implements SendingSocket, ReceivingSocket {
    XSubSocket(Context context) {
        super(context, SocketTraits.XSUB);
    }
}
