// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * Exchanges raw TCP data with peers that do not speak ZeroMQ. Each message that it sends or
 * receives has two frames: the 5-byte routing id of the connection, and data. A received message
 * whose data is empty announces a new or closed connection; sending such a message closes the
 * connection. C socket type: {@code ZMQ_STREAM}.
 */
public final class StreamSocket extends BaseSocket implements SendingSocket, ReceivingSocket {
    StreamSocket(Context context) {
        super(context, SocketTraits.STREAM);
    }
}
