// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import io.panamq.Context;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import io.panamq.SocketOption;
import io.panamq.SubSocket;
import io.panamq.XPubSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The guide's syncpub and syncsub: a publisher begins when all subscribers are there, and each of
 * them gets every message.
 *
 * <p>The publisher is an XPUB, since a PUB cannot know whether a subscription has arrived: that a
 * subscriber was heard over another socket is not enough.
 */
public final class SynchronizedPublisher {
    private static final int SUBSCRIBERS = 3;

    private SynchronizedPublisher() {}

    public static void main(String[] args) throws Exception {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Context context = Context.create();
                XPubSocket publisher = context.xpub();
                RepSocket service = context.rep()) {
            publisher.set(SocketOption.XPUB_VERBOSE, true); // counts equal subscriptions, too
            publisher.set(SocketOption.XPUB_NODROP, true); // waits for slow subscribers
            String updates = publisher.bind("tcp://127.0.0.1:*");
            String hello = service.bind("tcp://127.0.0.1:*");
            List<Future<Integer>> subscribers = new ArrayList<>();
            for (int i = 0; i < SUBSCRIBERS; i++) {
                subscribers.add(threads.submit(() -> listen(context, updates, hello)));
            }

            for (int i = 0; i < SUBSCRIBERS; i++) {
                service.receiveString();
                service.send("");
            }
            if (!publisher.awaitSubscriptions(SUBSCRIBERS, Duration.ofSeconds(10))) {
                throw new IllegalStateException("a subscription is missing");
            }
            for (int i = 0; i < messages; i++) {
                publisher.send("Rhubarb");
                Rss.at(i + 1);
            }
            publisher.send("END");
            for (Future<Integer> subscriber : subscribers) {
                if (subscriber.get() != messages) {
                    throw new IllegalStateException("one got " + subscriber.get() + " updates");
                }
            }
        }
        System.out.println(
                "SynchronizedPublisher: each of "
                        + SUBSCRIBERS
                        + " subscribers got "
                        + messages
                        + " updates");
    }

    /** Returns how many updates came before the end. */
    private static int listen(Context context, String updates, String hello) {
        try (SubSocket subscriber = context.sub();
                ReqSocket requester = context.req()) {
            subscriber.connect(updates);
            subscriber.subscribeAll();
            requester.connect(hello);
            requester.send("");
            requester.receiveString();

            int count = 0;
            while (!subscriber.receiveString().equals("END")) {
                count++;
            }
            return count;
        }
    }
}
