// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/**
 * Publishes like {@link PubSocket}, and receives the subscriptions: a frame that starts with 1
 * (subscribe) or 0 (unsubscribe), followed by the prefix. {@code ZMQ_XPUB}.
 */
public final class XPubSocket extends Socket implements Sender, Receiver {
    XPubSocket(SocketCore core) {
        super(core);
    }
}
