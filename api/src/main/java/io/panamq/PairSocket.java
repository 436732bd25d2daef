// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * Exchanges messages with one other PAIR; either end sends at any time. It is made for two threads
 * of one process, for which {@link Context#pipe} makes both ends.
 *
 * {@snippet class="io.panamq.snippets.PatternSnippets" region="pair"}
 *
 * <p><strong>Peers.</strong> One PAIR. Another one that connects while the first is there is
 * ignored without an error on either side, and for good: libzmq does not come back to it when the
 * first has gone, and what it sends is lost. For several clients bind a ROUTER or a REP.
 *
 * <p><strong>Full queue.</strong> A send waits while there is no peer or no room, and {@code
 * trySend} returns false. Nothing is dropped. If the peer goes, what was queued for it is lost.
 *
 * <p>C socket type: {@code ZMQ_PAIR}.
 */
public final class PairSocket extends BaseSocket implements SendingSocket, ReceivingSocket {
    PairSocket(Context context) {
        super(context, SocketTraits.PAIR);
    }
}
