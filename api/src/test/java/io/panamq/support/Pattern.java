// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.PubSocket;
import io.panamq.Receiver;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import io.panamq.Sender;
import io.panamq.Socket;
import io.panamq.SocketOption;
import io.panamq.SubSocket;
import io.panamq.XPubSocket;
import io.panamq.XSubSocket;
import java.util.function.Function;

/** Pairs of socket types, and the steps that bring a message from left to right. */
public enum Pattern {
    PAIR(Context::pair, Context::pair, "", 0),
    PUSH_PULL(Context::push, Context::pull, "", 0),
    PUB_SUB(Context::pub, Context::sub, "", 0),
    XPUB_SUB(Context::xpub, Context::sub, "", 0),
    PUB_XSUB(Context::pub, Context::xsub, "", 0),
    REQ_REP(Context::req, Context::rep, "", 0),
    DEALER_REP(Context::dealer, Context::rep, "empty", 0),
    REQ_ROUTER(Context::req, Context::router, "", 2),
    DEALER_ROUTER(Context::dealer, Context::router, "", 1),
    DEALER_DEALER(Context::dealer, Context::dealer, "", 0);

    private static final String PROBE = "\0are you there?";

    @SuppressWarnings("ImmutableEnumChecker") // method references
    private final Function<Context, Socket> left;

    @SuppressWarnings("ImmutableEnumChecker") // method references
    private final Function<Context, Socket> right;

    private final boolean delimiter;
    private final int envelope;

    Pattern(
            Function<Context, Socket> left,
            Function<Context, Socket> right,
            String delimiter,
            int envelope) {
        this.left = left;
        this.right = right;
        this.delimiter = !delimiter.isEmpty();
        this.envelope = envelope;
    }

    public Socket left(Context context) {
        Socket socket = left.apply(context);
        if (this == REQ_ROUTER) {
            // This ROUTER never answers.
            ((ReqSocket) socket).set(SocketOption.REQ_RELAXED, true);
        }
        return socket;
    }

    /** Returns the right socket, subscribed to everything if it is a subscriber. */
    public Socket right(Context context) {
        Socket socket = right.apply(context);
        if (socket instanceof SubSocket sub) {
            sub.subscribeAll();
        } else if (socket instanceof XSubSocket xsub) {
            xsub.send(new byte[] {1});
        }
        return socket;
    }

    /** Waits until both are connected, so that nothing that is sent from now on is lost. */
    public void await(Socket left, Socket right) {
        if (left instanceof XPubSocket xpub) {
            // A bound subscriber greets new publishers in its next call.
            Receiver subscriber = (Receiver) right;
            Deadline.until(
                    "a subscription reaches " + xpub,
                    () -> subscriber.tryReceive().isPresent() || xpub.tryReceive().isPresent());
        } else if (left instanceof PubSocket pub) {
            // A PUB does not see its subscribers come. It is ready when a first message passes.
            Receiver subscriber = (Receiver) right;
            Deadline.until(
                    "a subscription reaches " + pub,
                    () -> pub.send(PROBE) && subscriber.tryReceive().map(this::drop).isPresent());
        }
    }

    private boolean drop(Message message) {
        message.close();
        return true;
    }

    public void send(Socket left, byte[]... frames) {
        try (Multipart multipart = Multipart.create()) {
            if (delimiter) {
                multipart.add(new byte[0]);
            }
            for (byte[] frame : frames) {
                multipart.add(frame);
            }
            Deadline.send((Sender) left, multipart);
        }
    }

    /** Receives the next message, and removes its envelope. */
    public Multipart receive(Socket right) {
        Multipart multipart = Deadline.multipart((Receiver) right);
        while (multipart.size() == 1 && multipart.getString(0).equals(PROBE)) {
            multipart.close();
            multipart = Deadline.multipart((Receiver) right);
        }
        for (int i = 0; i < envelope; i++) {
            multipart.removeFirst().close();
        }
        return multipart;
    }

    /** Makes the reply that ends a turn, for sockets that take turns. */
    public void finish(Socket left, Socket right) {
        if (right instanceof RepSocket rep) {
            rep.send("done");
            Deadline.multipart((Receiver) left).close();
        }
    }
}
