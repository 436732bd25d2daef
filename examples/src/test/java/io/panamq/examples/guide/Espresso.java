// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.PairSocket;
import io.panamq.Proxy;
import io.panamq.SocketOption;
import io.panamq.SocketPair;
import io.panamq.SubSocket;
import io.panamq.XPubSocket;
import io.panamq.XSubSocket;
import io.panamq.error.ContextTerminatedException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A proxy between publisher and subscriber shows a listener all that passes, in both directions
 * (espresso).
 */
public final class Espresso {

    private record Count(int messages, int subscriptions) {}

    private Espresso() {}

    public static void main(String[] args) throws Exception {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Context context = Context.create();
                XPubSocket publisher =
                        context.xpub(); // a PUB would drop what the proxy has no room for
                XSubSocket xsub = context.xsub();
                XPubSocket xpub = context.xpub();
                SocketPair pipe = context.pipe()) {
            publisher.set(SocketOption.XPUB_NODROP, true);
            xsub.connect(publisher.bind("tcp://127.0.0.1:*"));
            xpub.set(SocketOption.XPUB_NODROP, true);
            String endpoint = xpub.bind("tcp://127.0.0.1:*");
            xsub.handOver();
            xpub.handOver();
            Future<Count> listener = threads.submit(() -> listen(pipe.second()));
            Future<?> proxy = threads.submit(() -> proxy(xsub, xpub, pipe.first()));
            Future<Integer> subscriber = threads.submit(() -> subscribe(context, endpoint));

            if (!publisher.awaitSubscriptions(2, Duration.ofSeconds(10))) {
                throw new IllegalStateException("nobody subscribed");
            }
            int expected = 1; // the end
            for (int i = 0; i < messages; i++) {
                char topic = (char) ('A' + ThreadLocalRandom.current().nextInt(4));
                publisher.send(topic + "-" + i);
                if (topic <= 'B') {
                    expected++;
                }
                Rss.at(i + 1);
            }
            publisher.send("A-end");
            int received = subscriber.get();
            Count seen = listener.get();
            context.shutdown();
            proxy.get();
            if (received != expected || seen.messages() != expected || seen.subscriptions() < 2) {
                throw new IllegalStateException(
                        expected + " sent, " + received + " received, listener: " + seen);
            }
            System.out.println(
                    "espresso: "
                            + messages
                            + " published, "
                            + received
                            + " received, listener: "
                            + seen);
        }
    }

    private static void proxy(XSubSocket frontend, XPubSocket backend, PairSocket capture) {
        try {
            Proxy.between(frontend, backend).capture(capture).run();
        } catch (ContextTerminatedException e) {
            // the subscriber has all that it wants
        }
    }

    private static int subscribe(Context context, String endpoint) {
        try (SubSocket subscriber = context.sub()) {
            subscriber.connect(endpoint);
            subscriber.subscribe("A");
            subscriber.subscribe("B");
            int count = 0;
            while (true) {
                String text = subscriber.receiveString();
                count++;
                if (text.equals("A-end")) {
                    return count;
                }
            }
        }
    }

    private static Count listen(PairSocket pipe) {
        int messages = 0;
        int subscriptions = 0;
        while (true) {
            try (Message frame = pipe.receive()) {
                if (frame.getByte(0) <= 1) {
                    subscriptions++;
                } else {
                    messages++;
                }
                if (frame.contentEquals("A-end")) {
                    return new Count(messages, subscriptions);
                }
            }
        }
    }
}
