// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import com.google.errorprone.annotations.CheckReturnValue;
import io.panamq.internal.socket.CallDeadline;
import io.panamq.internal.socket.SocketTraits;
import io.panamq.internal.socket.Timeout;
import java.time.Duration;

/**
 * Publishes like a {@link PubSocket}, and receives the subscriptions of its subscribers. So it can
 * wait for them, serve a last value to newcomers, or be the side of a proxy that publishes.
 *
 * {@snippet class="io.panamq.snippets.PatternSnippets" region="xpub"}
 *
 * <p>A subscription is received as a frame with one byte, 1 for subscribe or 0 for unsubscribe, and
 * then the prefix. It receives only the first subscription to a prefix and the last unsubscription,
 * so a second subscriber to it is not seen: set {@link SocketOption#XPUB_VERBOSE} to receive all.
 *
 * <p><strong>Peers.</strong> Any number of SUB and XSUB sockets.
 *
 * <p><strong>Full queue.</strong> A send never waits, and drops the message for the subscribers
 * that do not keep up. With {@link SocketOption#XPUB_NODROP} it drops nothing: {@code send} waits,
 * and {@code trySend} returns false, while one of the subscribers of the message has no room.
 *
 * <p>C socket type: {@code ZMQ_XPUB}.
 */
public final class XPubSocket extends BaseSocket implements SendingSocket, ReceivingSocket {
    private static final String AWAIT = "awaitSubscriptions";

    /** The first byte of a frame that takes a subscription back. */
    static final byte UNSUBSCRIBE = 0;

    /** The first byte of a frame that subscribes. */
    static final byte SUBSCRIBE = 1;

    /** More than calls of awaitSubscriptions that returned true have waited for. */
    private int found;

    XPubSocket(Context context) {
        super(context, SocketTraits.XPUB);
    }

    /**
     * Waits up to the given time until a number of new subscriptions have arrived, so that the
     * subscribers miss nothing of what is sent then. It receives the subscription messages, and
     * counts one up for each subscription and one down for each unsubscription. A call that
     * returned false or threw leaves its count to the next call; a call that returned true leaves
     * what came beyond its number. C function: {@code zmq_msg_recv}.
     *
     * <p>libzmq reports only the first subscription to a prefix. To wait for several subscribers to
     * one prefix set {@link SocketOption#XPUB_VERBOSE} before bind and connect, or {@link
     * SocketOption#XPUB_VERBOSER}, which reports every unsubscription as well. A subscriber with
     * two prefixes counts as two.
     *
     * @param count how many subscriptions, 0 or more
     * @param timeout how long to wait at most, 0 for not at all
     * @return true if that many arrived; false if the time is over
     * @throws IllegalArgumentException if the count is negative
     * @throws IllegalStateException if another message comes, which only an XSUB can send; it is
     *     lost, so with such peers receive and count instead
     */
    @CheckReturnValue
    public boolean awaitSubscriptions(int count, Duration timeout) {
        if (count < 0) {
            throw new IllegalArgumentException("the count is negative: " + count);
        }
        CallDeadline time = new CallDeadline(Timeout.nanos(timeout));
        core.enter(AWAIT);
        core.exit();
        found = Math.max(0, found); // those who went had been waited for before
        try (Message message = Message.create()) {
            while (found < count) {
                if (!incoming.receive(message, time.left())) {
                    return false;
                }
                found += change(message);
                if (found < count && !time.mayWaitAgain(core, AWAIT)) {
                    return false;
                }
            }
        }
        found -= count;
        return true;
    }

    private int change(Message message) {
        byte first = message.size() == 0 || message.more() ? -1 : message.getByte(0);
        return switch (first) {
            case SUBSCRIBE -> 1;
            case UNSUBSCRIBE -> -1;
            default ->
                    throw new IllegalStateException(
                            AWAIT
                                    + " on "
                                    + core.name
                                    + ": a message came that is no subscription, "
                                    + message);
        };
    }
}
