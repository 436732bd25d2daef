// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/** Sends to its peers in turn. Blocks while no peer has room; drops nothing. {@code ZMQ_PUSH}. */
public final class PushSocket extends Socket implements Sender {
    PushSocket(Context context) {
        super(context, SocketTraits.PUSH);
    }
}
