// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/**
 * A socket that can receive. Most methods that receive on several types of sockets take this type.
 */
public sealed interface ReceivingSocket extends Socket, Receiver
        permits ChannelSocket,
                ClientSocket,
                DatagramSocket,
                DealerSocket,
                DishSocket,
                GatherSocket,
                PairSocket,
                PeerSocket,
                PullSocket,
                RepSocket,
                ReqSocket,
                RouterSocket,
                ServerSocket,
                StreamSocket,
                SubSocket,
                XPubSocket,
                XSubSocket {}
