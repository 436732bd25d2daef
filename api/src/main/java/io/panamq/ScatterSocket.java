// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * Shares messages out among the GATHER sockets that it is connected with: a PUSH for many threads.
 * Each message goes to one of them, in turn.
 *
 * {@snippet class="io.panamq.snippets.DraftSnippets" region="scatter"}
 *
 * <p>Thread safe: any number of threads may use the socket at the same time, see {@link Socket}. It
 * carries single frames only: sending a {@link Multipart} of several throws {@link
 * IllegalArgumentException}. The type is a draft: a libzmq without {@link Capability#DRAFT} does not
 * have it.
 *
 * <p><strong>Peers.</strong> Any number of GATHER sockets.
 *
 * <p><strong>Full queue.</strong> A send waits while there is no peer or none has room, and {@code
 * trySend} returns false.
 *
 * <p>C socket type: {@code ZMQ_SCATTER}.
 */
public final class ScatterSocket extends BaseSocket implements SendingSocket {
    ScatterSocket(Context context) {
        super(context, SocketTraits.SCATTER);
    }
}
