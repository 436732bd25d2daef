// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * Collects the messages of the SCATTER sockets that it is connected with, in turn: a PULL for many
 * threads.
 *
 * {@snippet class="io.panamq.snippets.DraftSnippets" region="gather"}
 *
 * <p>Thread safe: any number of threads may use the socket at the same time, see {@link Socket}. It
 * carries single frames only: sending a {@link Multipart} of several throws {@link
 * IllegalArgumentException}. The type is a draft: a libzmq without {@link Capability#DRAFT} does not
 * have it.
 *
 * <p><strong>Peers.</strong> Any number of SCATTER sockets.
 *
 * <p><strong>Full queue.</strong> When the queue has reached {@link SocketOption#RCVHWM} it takes
 * nothing from the network, and then its peers wait.
 *
 * <p>C socket type: {@code ZMQ_GATHER}.
 */
public final class GatherSocket extends BaseSocket implements ReceivingSocket {
    GatherSocket(Context context) {
        super(context, SocketTraits.GATHER);
    }
}
