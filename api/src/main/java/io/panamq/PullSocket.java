// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/** Receives from all its peers in turn. C socket type: {@code ZMQ_PULL}. */
public final class PullSocket extends BaseSocket implements ReceivingSocket {
    PullSocket(Context context) {
        super(context, SocketTraits.PULL);
    }
}
