// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static io.panamq.bindings.calls.Constants.SUBSCRIBE;
import static io.panamq.bindings.calls.Constants.UNSUBSCRIBE;

import com.google.errorprone.annotations.CheckReturnValue;
import io.panamq.internal.option.OptionCodec;
import io.panamq.internal.socket.CallDeadline;
import io.panamq.internal.socket.SocketTraits;
import io.panamq.internal.socket.Timeout;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Publishes like a {@link PubSocket}, and receives the subscriptions of its subscribers. So it can
 * wait for them, serve a last value to newcomers, or be the side of a proxy that publishes.
 *
 * {@snippet class="io.panamq.snippets.PatternSnippets" region="xpub"}
 *
 * <p><strong>Subscriptions.</strong> {@link #receiveSubscription()} receives one as a {@link
 * Subscription}, and the methods of {@link Receiver} as a frame. It receives only the first
 * subscription to a prefix and the last unsubscription, so a second subscriber to it is not seen:
 * set {@link SocketOption#XPUB_VERBOSE} to receive all.
 *
 * <p><strong>By hand.</strong> With {@link SocketOption#XPUB_MANUAL} a subscription that arrives
 * has no effect of itself: the program answers it with {@link #subscribe(byte[])}, for the same
 * prefix or for others, before it receives the next. With {@link
 * SocketOption#XPUB_MANUAL_LAST_VALUE} the next message goes to that subscriber alone, so a cache
 * answers each subscription with the last value:
 *
 * {@snippet class="io.panamq.snippets.PatternSnippets" region="manual"}
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
    private static final String RECEIVE = "receiveSubscription";

    /** More than calls of awaitSubscriptions that returned true have waited for. */
    private int found;

    XPubSocket(Context context) {
        super(context, SocketTraits.XPUB);
    }

    /**
     * Waits up to the given time until a number of new subscriptions have arrived, so that the
     * subscribers miss nothing of what is sent then. It receives the subscription messages, and
     * counts one up for each subscription and one down for each unsubscription; it answers none, so
     * it is not for {@link SocketOption#XPUB_MANUAL}. A call that returned false or threw leaves
     * its count to the next call; a call that returned true leaves what came beyond its number. C
     * function: {@code zmq_msg_recv}.
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
                found += subscription(message, AWAIT).subscribes() ? 1 : -1;
                if (found < count && !time.mayWaitAgain(core, AWAIT)) {
                    return false;
                }
            }
        }
        found -= count;
        return true;
    }

    // ---- subscriptions

    /**
     * Waits for a subscription, and receives it.
     *
     * @return the subscription, with a copy of its prefix
     * @throws IllegalStateException if {@link SocketOption#RCVTIMEO} is set; or if another message
     *     comes, which only an XSUB can send. That is lost, so with such peers receive a {@link
     *     Message} and call {@link Subscription#of}
     */
    @CheckReturnValue
    public Subscription receiveSubscription() {
        return received(next(withoutTimeout(RECEIVE)));
    }

    /**
     * Takes a subscription if one is there, without waiting.
     *
     * @return the subscription, with a copy of its prefix; empty if none is there
     * @throws IllegalStateException if another message comes, see {@link #receiveSubscription()}
     */
    @CheckReturnValue
    public Optional<Subscription> tryReceiveSubscription() {
        return Optional.ofNullable(next(Timeout.NOT));
    }

    /**
     * Waits up to a time for a subscription, and receives it.
     *
     * @param timeout how long to wait at most; 0 does not wait
     * @return the subscription, with a copy of its prefix; empty if the time is over
     * @throws IllegalStateException if another message comes, see {@link #receiveSubscription()}
     */
    @CheckReturnValue
    public Optional<Subscription> receiveSubscription(Duration timeout) {
        return Optional.ofNullable(next(Timeout.nanos(timeout)));
    }

    private @Nullable Subscription next(long timeout) {
        try (Message message = Message.create()) {
            return incoming.receive(message, timeout) ? subscription(message, RECEIVE) : null;
        }
    }

    private Subscription subscription(Message message, String method) {
        Optional<Subscription> found = Subscription.of(message);
        if (found.isEmpty()) {
            throw new IllegalStateException(
                    method
                            + " on "
                            + core.name
                            + ": a message came that is no subscription, "
                            + message);
        }
        return found.get();
    }

    /**
     * Subscribes the peer whose message was received last to a prefix given as text, see {@link
     * #subscribe(byte[])}.
     *
     * @param prefix encoded as UTF-8, empty for everything
     * @throws IllegalStateException if {@link SocketOption#XPUB_MANUAL} is not set
     */
    public void subscribe(String prefix) {
        subscribe(Message.encode(prefix, "prefix"));
    }

    /**
     * Subscribes the peer whose message was received last to a prefix: confirms what it asked for,
     * or gives it something else. Does nothing if that peer has gone, or if what was received last
     * says that it goes. Returns at once. C option: {@code ZMQ_SUBSCRIBE}.
     *
     * @param prefix empty for everything
     * @throws IllegalStateException if {@link SocketOption#XPUB_MANUAL} is not set
     */
    public void subscribe(byte[] prefix) {
        change(SUBSCRIBE, "subscribe", prefix);
    }

    /**
     * Takes back a subscription of the peer whose message was received last, see {@link
     * #unsubscribe(byte[])}.
     *
     * @param prefix encoded as UTF-8
     * @throws IllegalStateException if {@link SocketOption#XPUB_MANUAL} is not set
     */
    public void unsubscribe(String prefix) {
        unsubscribe(Message.encode(prefix, "prefix"));
    }

    /**
     * Takes back a subscription that {@link #subscribe(byte[])} gave to the peer whose message was
     * received last. Does nothing if it was never made, or if that peer has gone. Returns at once.
     * C option: {@code ZMQ_UNSUBSCRIBE}.
     *
     * @param prefix as it was given to {@code subscribe}
     * @throws IllegalStateException if {@link SocketOption#XPUB_MANUAL} is not set
     */
    public void unsubscribe(byte[] prefix) {
        change(UNSUBSCRIBE, "unsubscribe", prefix);
    }

    private void change(int option, String operation, byte[] prefix) {
        Objects.requireNonNull(prefix, "prefix");
        core.enter(operation);
        try (Arena arena = Arena.ofConfined()) {
            if (!core.manual) {
                throw new IllegalStateException(
                        operation
                                + " on "
                                + core.name
                                + ": subscriptions take effect by themselves, unless"
                                + " SocketOption.XPUB_MANUAL is set before bind and connect");
            }
            OptionCodec.BYTES.write(core, option, prefix, arena);
        } finally {
            core.exit();
        }
    }
}
