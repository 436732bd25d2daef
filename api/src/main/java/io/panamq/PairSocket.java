// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * One end of an exclusive pair of sockets: either end sends and receives at any time. A send waits
 * while there is no peer; a second peer is rejected. C socket type: {@code ZMQ_PAIR}.
 */
public final class PairSocket extends BaseSocket implements SendingSocket, ReceivingSocket {
    PairSocket(Context context) {
        super(context, SocketTraits.PAIR);
    }
}
