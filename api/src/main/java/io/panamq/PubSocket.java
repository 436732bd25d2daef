// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/**
 * Publishes to all subscribers whose prefix matches the first frame. Never blocks: what a
 * subscriber has no room for is dropped for it, and so is everything sent before its subscription
 * arrived (the slow joiner). {@link XPubSocket} sees subscriptions arrive. {@code ZMQ_PUB}.
 */
public final class PubSocket extends Socket implements Sender {
    PubSocket(SocketCore core) {
        super(core);
    }
}
