// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * Sends to SERVER sockets and receives from them, in any order: a DEALER for many threads, without
 * envelopes. Each message goes to one of the servers, in turn.
 *
 * {@snippet class="io.panamq.snippets.DraftSnippets" region="client"}
 *
 * <p>Thread safe: any number of threads may use the socket at the same time, see {@link Socket}. It
 * carries single frames only: sending a {@link Multipart} of several throws {@link
 * IllegalArgumentException}. The type is a draft: a libzmq without {@link Capability#DRAFT} does not
 * have it.
 *
 * <p><strong>Peers.</strong> Any number of SERVER sockets; it receives from them in turn.
 *
 * <p><strong>Full queue.</strong> A send waits while there is no peer or none has room, and {@code
 * trySend} returns false.
 *
 * <p>C socket type: {@code ZMQ_CLIENT}.
 */
public final class ClientSocket extends BaseSocket implements SendingSocket, ReceivingSocket {
    ClientSocket(Context context) {
        super(context, SocketTraits.CLIENT);
    }
}
