// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/** Sends a request, then receives its reply, in turns. {@code ZMQ_REQ}. */
public final class ReqSocket extends Socket implements Sender, Receiver {
    ReqSocket(Context context) {
        super(context, SocketTraits.REQ);
    }
}
