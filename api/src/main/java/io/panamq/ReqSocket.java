// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.ProtocolStateException;
import io.panamq.internal.socket.SocketTraits;

/**
 * Sends a request and receives its reply, in turns: the simplest client.
 *
 * {@snippet class="io.panamq.snippets.PatternSnippets" region="req"}
 *
 * <p><strong>Peers.</strong> REP and ROUTER sockets. If there are several, each request goes to the
 * next one.
 *
 * <p><strong>Turns.</strong> A second send before the reply, or a receive before the send, throws
 * {@link ProtocolStateException} (EFSM). If a request or reply is lost, the socket waits for that
 * reply for ever: close it and make another one, or set {@link SocketOption#REQ_RELAXED} and {@link
 * SocketOption#REQ_CORRELATE} and send again.
 *
 * <p><strong>Full queue.</strong> A send waits while there is no peer, and {@code trySend} returns
 * false. Nothing is dropped here; what was sent to a peer that dies is lost.
 *
 * <p>C socket type: {@code ZMQ_REQ}.
 */
public final class ReqSocket extends BaseSocket implements SendingSocket, ReceivingSocket {
    ReqSocket(Context context) {
        super(context, SocketTraits.REQ);
    }
}
