// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.UnsupportedFeatureException;
import io.panamq.internal.socket.SocketTraits;
import io.panamq.internal.socket.Timeout;
import java.util.Objects;

/**
 * Receives like a {@link SubSocket}, and sends messages to the publishers, among them its
 * subscriptions. It is the side of a proxy that subscribes for others.
 *
 * {@snippet class="io.panamq.snippets.PatternSnippets" region="xsub"}
 *
 * <p>A subscription is a frame with one byte, 1 for subscribe or 0 for unsubscribe, and then the
 * prefix; {@link #subscribe} and {@link #unsubscribe} send it. All other frames go to the
 * publishers as messages.
 *
 * <p><strong>Peers.</strong> Any number of PUB and XPUB sockets; only an XPUB receives the
 * messages.
 *
 * <p><strong>Full queue.</strong> A send never waits, and drops the message for publishers that
 * have no room. A new XSUB has {@link SocketOption#SNDHWM} 0, so that there is always room: a limit
 * holds for subscriptions too, and libzmq drops those that exceed it. Receiving is as with SUB, and
 * so is what becomes of the subscriptions when a publisher comes back.
 *
 * <p>C socket type: {@code ZMQ_XSUB}.
 */
public final class XSubSocket extends BaseSocket implements SendingSocket, ReceivingSocket {
    XSubSocket(Context context) {
        super(context, SocketTraits.XSUB);
    }

    /**
     * Subscribes to a prefix given as text, by sending the subscription to all publishers. Returns
     * at once; publishers learn of it a little later. C function: {@code zmq_msg_send}.
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
     *     than 512 bytes, which that would not survive, or 246 to 255, which libzmq 4.3.4 mangles;
     *     a send of such a frame throws it too
     */
    public void subscribe(byte[] prefix) {
        change(Subscription.SUBSCRIBE, prefix);
    }

    /**
     * Takes back one subscription to a prefix given as text; does nothing if it was never made.
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
        change(Subscription.UNSUBSCRIBE, prefix);
    }

    private void change(byte kind, byte[] prefix) {
        byte[] frame = Subscription.frame(kind, Objects.requireNonNull(prefix, "prefix"));
        boolean ignored = outgoing().send(frame, Timeout.FOREVER); // this never waits
    }
}
