// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * Sends to its peers in turn and receives from all of them; sends and receives may come in any
 * order. C socket type: {@code ZMQ_DEALER}.
 */
public final class DealerSocket extends BaseSocket implements SendingSocket, ReceivingSocket {
    DealerSocket(Context context) {
        super(context, SocketTraits.DEALER);
    }
}
