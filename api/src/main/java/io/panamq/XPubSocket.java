// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.time.Duration;

/**
 * Publishes like {@link PubSocket}, and receives the subscriptions: a frame that starts with 1
 * (subscribe) or 0 (unsubscribe), followed by the prefix. {@code ZMQ_XPUB}.
 */
public final class XPubSocket extends Socket implements Sender, Receiver {
    private static final byte UNSUBSCRIBE = 0;
    private static final byte SUBSCRIBE = 1;

    XPubSocket(SocketCore core) {
        super(core);
    }

    /**
     * Waits until there are subscriptions, so that nothing is published before: receives the
     * messages that tell of them, and counts them up, and down again for each unsubscription, from
     * 0 in each call. <strong>Blocks</strong> for a time. {@code zmq_msg_recv}.
     *
     * <p>libzmq tells of the first subscription to a prefix only. To wait for several subscribers
     * to one prefix set {@link SocketOption#XPUB_VERBOSE} before bind and connect, or {@link
     * SocketOption#XPUB_VERBOSER}, which tells of all that go as well.
     *
     * @param count how many subscriptions, 0 or more
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if there were that many; false if the time is over
     * @throws IllegalArgumentException if the count is negative
     * @throws IllegalStateException if another message comes, which only an XSUB can send; it is
     *     lost, so with such peers receive and count instead
     */
    public boolean awaitSubscribers(int count, Duration timeout) {
        if (count < 0) {
            throw new IllegalArgumentException("the count is negative: " + count);
        }
        long nanos = Waiting.nanos(timeout);
        long start = System.nanoTime();
        long left = nanos;
        int found = 0;
        core.enter("awaitSubscribers");
        core.exit();
        try (Message message = Message.create()) {
            while (found < count) {
                if (!incoming.receive(message, left)) {
                    return false;
                }
                found += change(message);
                if (nanos != Waiting.FOREVER) {
                    left = Math.max(0, nanos - (System.nanoTime() - start));
                }
            }
        }
        return true;
    }

    private int change(Message message) {
        byte first = message.size() == 0 || message.more() ? -1 : message.getByte(0);
        return switch (first) {
            case SUBSCRIBE -> 1;
            case UNSUBSCRIBE -> -1;
            default ->
                    throw new IllegalStateException(
                            "awaitSubscribers on "
                                    + core.name
                                    + ": a message came that is no subscription, "
                                    + message);
        };
    }
}
