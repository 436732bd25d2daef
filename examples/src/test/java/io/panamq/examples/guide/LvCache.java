// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.PollEvent;
import io.panamq.PollItem;
import io.panamq.Poller;
import io.panamq.SocketOption;
import io.panamq.SubSocket;
import io.panamq.Subscription;
import io.panamq.XPubSocket;
import io.panamq.error.ContextTerminatedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A proxy remembers the last value of each topic, and sends it to subscribers that come later
 * (lvcache).
 */
public final class LvCache {

    private static final int TOPICS = 1_000;
    private static final int NEWCOMERS = 10;

    private LvCache() {}

    public static void main(String[] args) throws Exception {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        int updates = messages / 2; // publisher and cache send each
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Context context = Context.create();
                SubSocket frontend = context.sub();
                XPubSocket backend = context.xpub()) {
            String front = frontend.bind("tcp://127.0.0.1:*");
            backend.set(SocketOption.XPUB_NODROP, true);
            backend.set(
                    SocketOption.XPUB_VERBOSE,
                    true); // a second subscriber of a topic wants its value, too
            String back = backend.bind("tcp://127.0.0.1:*");
            frontend.subscribeAll();
            Future<Integer> follower = threads.submit(() -> follow(context, back));
            if (!backend.awaitSubscriptions(1, Duration.ofSeconds(10))) {
                throw new IllegalStateException("the follower did not subscribe");
            }
            frontend.handOver();
            backend.handOver();
            Future<?> cache = threads.submit(() -> cache(context, frontend, backend));

            try (XPubSocket publisher =
                    context.xpub()) { // a PUB would drop what the cache has no room for
                publisher.set(SocketOption.XPUB_NODROP, true);
                publisher.connect(front);
                if (!publisher.awaitSubscriptions(1, Duration.ofSeconds(10))) {
                    throw new IllegalStateException("the cache did not subscribe");
                }
                for (int i = 0; i < updates; i++) {
                    publisher.send(Multipart.of("topic-" + i % TOPICS + ".", Integer.toString(i)));
                    Rss.at(2L * i);
                    if (i > 0 && i % Math.max(1, updates / NEWCOMERS) == 0) {
                        threads.submit(() -> ask(context, back, "topic-0.")).get();
                    }
                }
                publisher.send(Multipart.of("end", ""));
                Rss.at(2L * updates);
                int followed = follower.get();
                context.shutdown();
                cache.get();
                System.out.println(
                        "lvcache: "
                                + updates
                                + " updates of "
                                + TOPICS
                                + " topics, "
                                + followed
                                + " seen");
            }
        }
    }

    private static void cache(Context context, SubSocket frontend, XPubSocket backend) {
        Map<String, String> values = new HashMap<>();
        try (Poller poller = context.poller()) {
            PollItem updates = poller.add(frontend, PollEvent.IN);
            PollItem subscriptions = poller.add(backend, PollEvent.IN);
            while (true) {
                poller.poll(Duration.ofSeconds(1));
                if (updates.isReadable()) {
                    String topic = frontend.receiveString();
                    String current = frontend.receiveString();
                    values.put(topic, current);
                    backend.send(Multipart.of(topic, current));
                }
                if (subscriptions.isReadable()) {
                    Subscription event = backend.receiveSubscription();
                    String previous = values.get(event.topicText());
                    if (event.subscribes() && previous != null) {
                        backend.send(Multipart.of(event.topicText(), previous));
                    }
                }
            }
        } catch (ContextTerminatedException e) {
            // all is published
        }
    }

    /**
     * Sees the updates of all topics in their order; between them, cached values that were sent to
     * others.
     */
    private static int follow(Context context, String endpoint) {
        try (SubSocket follower = context.sub()) {
            follower.connect(endpoint);
            follower.subscribeAll();
            int next = 0;
            int seen = 0;
            while (true) {
                try (Multipart update = follower.receiveMultipart()) {
                    if (update.getString(0).equals("end")) {
                        return seen;
                    }
                    int number = Integer.parseInt(update.getString(1));
                    if (number > next) {
                        throw new IllegalStateException("update " + next + " was lost");
                    }
                    next = Math.max(next, number + 1);
                    seen++;
                }
            }
        }
    }

    /** Comes late, and gets the last value of a topic although nobody publishes it meanwhile. */
    private static void ask(Context context, String endpoint, String topic) {
        try (SubSocket newcomer = context.sub()) {
            newcomer.connect(endpoint);
            newcomer.subscribe(topic);
            Message name = newcomer.receive();
            Message value = newcomer.receive();
            if (!name.contentEquals(topic) || value.getString().isEmpty()) {
                throw new IllegalStateException("no value of " + topic);
            }
            name.close();
            value.close();
        }
    }
}
