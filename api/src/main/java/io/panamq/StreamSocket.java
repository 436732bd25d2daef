// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.UnreachablePeerException;
import io.panamq.internal.socket.SocketTraits;

/**
 * Exchanges bytes with plain TCP peers, which do not speak ZeroMQ, such as browsers. Each message
 * that it sends or receives has two frames: the 5-byte routing id of the connection, and data.
 *
 * {@snippet class="io.panamq.snippets.PatternSnippets" region="stream"}
 *
 * <p>A received message with empty data announces a new or closed connection, unless {@link
 * SocketOption#STREAM_NOTIFY} is off; sending one closes the connection. The data of one message is
 * what the network brought at once, and no unit of the peer's.
 *
 * <p><strong>Peers.</strong> Any number of TCP connections.
 *
 * <p><strong>Full queue.</strong> A send to a connection that does not exist throws {@link
 * UnreachablePeerException}; one to a connection without room waits, and {@code trySend} returns
 * false.
 *
 * <p>C socket type: {@code ZMQ_STREAM}.
 */
public final class StreamSocket extends BaseSocket implements SendingSocket, ReceivingSocket {
    StreamSocket(Context context) {
        super(context, SocketTraits.STREAM);
    }
}
