// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static io.panamq.bindings.calls.Constants.SUBSCRIBE;
import static io.panamq.bindings.calls.Constants.UNSUBSCRIBE;

import io.panamq.error.UnsupportedFeatureException;
import io.panamq.internal.socket.SocketTraits;
import io.panamq.internal.socket.SubscriptionLimit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Receives the messages of publishers whose first frame starts with a prefix that it subscribed to.
 * Before the first subscription it receives nothing.
 *
 * {@snippet class="io.panamq.snippets.PatternSnippets" region="sub"}
 *
 * <p><strong>Peers.</strong> Any number of PUB and XPUB sockets; it receives from them in turn.
 *
 * <p><strong>Full queue.</strong> When the queue has reached {@link SocketOption#RCVHWM} it takes
 * nothing from the network, and then the publisher drops what it has no room for. {@link
 * SocketOption#CONFLATE} keeps only the last message.
 *
 * <p><strong>Subscriptions.</strong> Each publisher gets all of them, however many there are: a new
 * SUB has {@link SocketOption#SNDHWM} 0, while libzmq's own default of 1000 would drop the rest
 * without a word. After a publisher has come back, the SUB subscribes again in its next call, such
 * as a receive or a poll that waits: one that is idle meanwhile gets nothing until then.
 *
 * <p>C socket type: {@code ZMQ_SUB}.
 */
public final class SubSocket extends BaseSocket implements ReceivingSocket {

    SubSocket(Context context) {
        super(context, SocketTraits.SUB);
    }

    /**
     * Subscribes to a prefix given as text. Subscriptions are counted: one that was made twice ends
     * when it was taken back twice. Returns at once; publishers learn of it a little later. C
     * option: {@code ZMQ_SUBSCRIBE}.
     *
     * @param prefix encoded as UTF-8, empty for everything
     */
    public void subscribe(String prefix) {
        subscribe(Message.encode(prefix, "prefix"));
    }

    /**
     * Subscribes to a prefix given as bytes, see {@link #subscribe(String)}.
     *
     * @param prefix empty for everything
     * @throws UnsupportedFeatureException ENOTSUP if libzmq is not the bundled one, and it has more
     *     than 512 bytes, which that would not survive, or 246 to 255, which libzmq 4.3.4 mangles
     */
    public void subscribe(byte[] prefix) {
        SubscriptionLimit.check(
                "subscribe", core.name, Objects.requireNonNull(prefix, "prefix").length);
        setBytes(SUBSCRIBE, "subscribe", prefix);
    }

    /**
     * Subscribes to many prefixes given as text, see {@link #subscribe(String)}. If one is null, it
     * subscribes to none.
     *
     * @param prefixes encoded as UTF-8
     */
    public void subscribe(Collection<String> prefixes) {
        List<byte[]> encoded = new ArrayList<>();
        for (String prefix : Objects.requireNonNull(prefixes, "prefixes")) {
            encoded.add(Message.encode(prefix, "prefix"));
        }
        core.enter("subscribe"); // which also refuses to subscribe to nothing
        core.exit();
        for (byte[] prefix : encoded) {
            subscribe(prefix);
        }
    }

    /** Subscribes to everything. */
    public void subscribeAll() {
        subscribe(new byte[0]);
    }

    /**
     * Takes back one subscription to a prefix given as text; does nothing if it was never made. C
     * option: {@code ZMQ_UNSUBSCRIBE}.
     *
     * @param prefix encoded as UTF-8
     */
    public void unsubscribe(String prefix) {
        unsubscribe(Message.encode(prefix, "prefix"));
    }

    /**
     * Takes back one subscription to a prefix given as bytes, see {@link #unsubscribe(String)}.
     *
     * @param prefix as it was subscribed to
     */
    public void unsubscribe(byte[] prefix) {
        SubscriptionLimit.check(
                "unsubscribe", core.name, Objects.requireNonNull(prefix, "prefix").length);
        setBytes(UNSUBSCRIBE, "unsubscribe", prefix);
    }
}
