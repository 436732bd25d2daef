// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/** What a ROUTER is told of its peers, see {@link SocketOption#ROUTER_NOTIFY}. */
public enum RouterNotify {
    /** A peer has connected. C: {@code ZMQ_NOTIFY_CONNECT}. */
    CONNECT,
    /** A peer has gone. C: {@code ZMQ_NOTIFY_DISCONNECT}. */
    DISCONNECT
}
