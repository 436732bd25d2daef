// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * Sends and receives the datagrams of udp, also with peers that do not know ZeroMQ. Each message has
 * two frames: the address of the peer, such as {@code 127.0.0.1:5555}, and the content. Behind the
 * address of a datagram that it received, libzmq puts a NUL, which does no harm in an answer.
 *
 * {@snippet class="io.panamq.snippets.DraftSnippets" region="datagram"}
 *
 * <p>It is bound once, to {@code udp://address:port} with a number for the port, or to {@code
 * udp://*:port}; it neither connects nor unbinds. It must be bound before it sends. Only IPv4 can be
 * used. A datagram may get lost on its way, as udp has it. udp needs the bundled library.
 *
 * <p>Unlike the other draft types it belongs to one thread at a time. The type is a draft: a libzmq
 * without {@link Capability#DRAFT} does not have it.
 *
 * <p><strong>Full queue.</strong> A send waits while there is no room, and {@code trySend} returns
 * false. A received datagram is dropped while the queue has reached {@link SocketOption#RCVHWM}.
 *
 * <p>Sending throws {@link IllegalArgumentException} if a message does not have two frames, if the
 * first is no IPv4 address with a port, or if the content has more than 65,507 bytes.
 *
 * <p>C socket type: {@code ZMQ_DGRAM}.
 */
public final class DatagramSocket extends BaseSocket implements SendingSocket, ReceivingSocket {
    DatagramSocket(Context context) {
        super(context, SocketTraits.DGRAM);
    }
}
