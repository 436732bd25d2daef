// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * One end of an exclusive pair: one peer, both ways, no order. Blocks without a peer, and rejects a
 * second one. {@code ZMQ_PAIR}.
 */
public final class PairSocket extends Socket implements Sender, Receiver {
    PairSocket(Context context) {
        super(context, SocketTraits.PAIR);
    }
}
