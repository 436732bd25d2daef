// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * Shares work out among the PULL sockets that it is connected with: each message goes to one of
 * them, in turn.
 *
 * {@snippet class="io.panamq.snippets.PatternSnippets" region="push"}
 *
 * <p><strong>Peers.</strong> Any number of PULL sockets.
 *
 * <p><strong>Full queue.</strong> A send waits while there is no peer or none has room, and {@code
 * trySend} returns false. Nothing is dropped here; what was queued for a peer that dies is lost. An
 * endpoint to which it connects counts as a peer from the connect on, before anybody is there: its
 * queue fills up to {@link SocketOption#SNDHWM}. With {@link SocketOption#IMMEDIATE} it counts only
 * while it is connected.
 *
 * <p>C socket type: {@code ZMQ_PUSH}.
 */
public final class PushSocket extends BaseSocket implements SendingSocket {
    PushSocket(Context context) {
        super(context, SocketTraits.PUSH);
    }
}
