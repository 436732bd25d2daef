// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * Raw TCP with peers that do not speak ZeroMQ. Sends and receives two frames: the 5-byte routing id
 * of the connection, and data; an empty data frame announces a new or closed connection, or closes
 * it. {@code ZMQ_STREAM}.
 */
public final class StreamSocket extends Socket implements Sender, Receiver {
    StreamSocket(Context context) {
        super(context, SocketTraits.STREAM);
    }
}
