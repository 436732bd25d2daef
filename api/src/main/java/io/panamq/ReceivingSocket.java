// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/**
 * A socket that can receive. Most methods that receive on several types of sockets take this type.
 */
public sealed interface ReceivingSocket extends Socket, Receiver
        permits DealerSocket,
                PairSocket,
                PullSocket,
                RepSocket,
                ReqSocket,
                RouterSocket,
                StreamSocket,
                SubSocket,
                XPubSocket,
                XSubSocket {}
