// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * Exchanges messages with one other CHANNEL; either end sends at any time: a PAIR for many threads.
 *
 * {@snippet class="io.panamq.snippets.DraftSnippets" region="channel"}
 *
 * <p>Thread safe: any number of threads may use the socket at the same time, see {@link Socket}. It
 * carries single frames only: sending a {@link Multipart} of several throws {@link
 * IllegalArgumentException}. The type is a draft: a libzmq without {@link Capability#DRAFT} does not
 * have it.
 *
 * <p><strong>Peers.</strong> One CHANNEL. Further ones are turned away while it is there.
 *
 * <p><strong>Full queue.</strong> A send waits while there is no peer or it has no room, and {@code
 * trySend} returns false.
 *
 * <p>C socket type: {@code ZMQ_CHANNEL}.
 */
public final class ChannelSocket extends BaseSocket implements SendingSocket, ReceivingSocket {
    ChannelSocket(Context context) {
        super(context, SocketTraits.CHANNEL);
    }
}
