// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/** Receives a request, then sends its reply, in turns. {@code ZMQ_REP}. */
public final class RepSocket extends Socket implements Receiver, Sender {
    RepSocket(Context context) {
        super(context, SocketTraits.REP);
    }
}
