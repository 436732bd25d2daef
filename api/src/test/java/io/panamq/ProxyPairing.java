// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import java.util.function.Function;

/** The two sides of a proxy, bound, and the peers that belong to them. */
enum ProxyPairing {
    ROUTER_DEALER(Context::router, Context::dealer, Context::dealer, Context::rep, false),
    DEALER_ROUTER(Context::router, Context::dealer, Context::dealer, Context::rep, true),
    XSUB_XPUB(Context::xsub, Context::xpub, Context::pub, Context::sub, false),
    XPUB_XSUB(Context::xsub, Context::xpub, Context::pub, Context::sub, true),
    PULL_PUSH(Context::pull, Context::push, Context::push, Context::pull, false),
    PUSH_PULL(Context::pull, Context::push, Context::push, Context::pull, true);

    @SuppressWarnings("ImmutableEnumChecker") // method references
    private final Function<Context, Socket> entry;

    @SuppressWarnings("ImmutableEnumChecker") // method references
    private final Function<Context, Socket> exit;

    @SuppressWarnings("ImmutableEnumChecker") // method references
    private final Function<Context, Socket> sender;

    @SuppressWarnings("ImmutableEnumChecker") // method references
    private final Function<Context, Socket> receiver;

    /** Whether the messages come in at the backend. */
    private final boolean reversed;

    ProxyPairing(
            Function<Context, Socket> entry,
            Function<Context, Socket> exit,
            Function<Context, Socket> sender,
            Function<Context, Socket> receiver,
            boolean reversed) {
        this.entry = entry;
        this.exit = exit;
        this.sender = sender;
        this.receiver = receiver;
        this.reversed = reversed;
    }

    boolean answers() {
        return this == ROUTER_DEALER || this == DEALER_ROUTER;
    }

    boolean publishes() {
        return this == XSUB_XPUB || this == XPUB_XSUB;
    }

    boolean isReversed() {
        return reversed;
    }

    /** Makes the sides and binds them. */
    Sides bind(Context context, Transport transport) {
        Socket in = entry.apply(context);
        Socket out = exit.apply(context);
        Sides sides =
                new Sides(this, in, out, in.bind(transport.fresh()), out.bind(transport.fresh()));
        return sides;
    }

    /** Two bound sockets: messages come in at one, and go out at the other. */
    record Sides(ProxyPairing pairing, Socket in, Socket out, String inAt, String outAt) {
        Proxy proxy() {
            return pairing.reversed ? Proxy.between(out, in) : Proxy.between(in, out);
        }

        /** Returns a new peer that sends the messages. */
        SendingSocket sender(Context context) {
            Socket peer = pairing.sender.apply(context);
            peer.connect(inAt);
            return (SendingSocket) peer;
        }

        /** Returns a new peer that receives the messages, subscribed to everything. */
        ReceivingSocket receiver(Context context) {
            Socket peer = pairing.receiver.apply(context);
            peer.connect(outAt);
            if (peer instanceof SubSocket sub) {
                sub.subscribeAll();
            }
            return (ReceivingSocket) peer;
        }

        /** Waits until what the sender sends reaches the receiver, through a proxy that runs. */
        void await(SendingSocket sender, ReceivingSocket receiver) {
            if (pairing.publishes()) {
                Deadline.until(
                        "a subscription reaches the publisher through the proxy",
                        () -> sender.send("probe") && receiver.tryReceiveString().isPresent());
                while (receiver.receiveString(Deadline.GRACE).isPresent()) {
                    // Probes that were under way.
                }
            }
        }
    }
}
