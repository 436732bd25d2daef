// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.ProtocolStateException;
import io.panamq.internal.socket.SocketTraits;

/**
 * Receives a request and replies to it, in turns: the simplest server.
 *
 * {@snippet class="io.panamq.snippets.PatternSnippets" region="rep"}
 *
 * <p><strong>Peers.</strong> Any number of REQ and DEALER sockets; it receives from them in turn. A
 * DEALER must put an empty frame in front of its requests, as in {@code
 * dealer.send(Multipart.of("", "question"))}: a request without it is dropped, and nobody is told.
 * A ROUTER takes such requests.
 *
 * <p><strong>Turns.</strong> A second receive before the reply, or a send before a request, throws
 * {@link ProtocolStateException} (EFSM).
 *
 * <p><strong>Full queue.</strong> A reply never waits. It is dropped if the client has gone, or
 * does not take its replies.
 *
 * <p>C socket type: {@code ZMQ_REP}.
 */
public final class RepSocket extends BaseSocket implements SendingSocket, ReceivingSocket {
    RepSocket(Context context) {
        super(context, SocketTraits.REP);
    }
}
