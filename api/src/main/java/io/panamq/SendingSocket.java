// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.SocketClosedException;

/** A socket that can send. Most methods that send on several types of sockets take this type. */
public sealed interface SendingSocket extends Socket, Sender
        permits ChannelSocket,
                ClientSocket,
                DatagramSocket,
                DealerSocket,
                PairSocket,
                PeerSocket,
                PubSocket,
                PushSocket,
                RadioSocket,
                RepSocket,
                ReqSocket,
                RouterSocket,
                ScatterSocket,
                ServerSocket,
                StreamSocket,
                XPubSocket,
                XSubSocket {

    /**
     * Lets any number of threads send through this socket from now on, and for good. The socket
     * itself can then only be closed, so bind, connect and set options before. Returns at once.
     *
     * @return the sender, for all threads
     * @throws WrongThreadException if the socket belongs to another thread, or has a sender already
     * @throws IllegalStateException within the handler of a {@code receiveBatch} of the socket
     * @throws SocketClosedException if the socket is closed
     */
    default ConcurrentSender concurrentSender() {
        return ConcurrentSender.of((BaseSocket) this);
    }
}
