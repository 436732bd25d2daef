// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.socket.SocketTraits;

/**
 * Receives like {@link SubSocket}, but subscribes by sending a frame that starts with 1 (0 to
 * unsubscribe), followed by the prefix. {@code ZMQ_XSUB}.
 */
public final class XSubSocket extends Socket implements Sender, Receiver {
    XSubSocket(Context context) {
        super(context, SocketTraits.XSUB);
    }
}
