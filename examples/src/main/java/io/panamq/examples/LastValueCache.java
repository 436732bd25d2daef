// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples;

import io.panamq.Context;
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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Shows a last-value cache: who subscribes late gets the last value of the topic at once, and the
 * other subscribers are not told again.
 *
 * <p>The cache stands between a publisher and the subscribers. It answers each subscription by
 * hand, and what it sends next goes to that subscriber alone.
 */
@Command(
        name = "lastvalue",
        description = "Last-value cache: who subscribes late gets the last value at once.")
final class LastValueCache implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String TOPIC = "weather/panama";

    @Option(
            names = {"-n", "--subscribers"},
            paramLabel = "N",
            defaultValue = "3",
            description = "How many subscribers come after the updates (default: 3).")
    private int subscribers;

    @Override
    public Integer call() throws InterruptedException {
        try (Context context = Context.create();
                XPubSocket publisher = context.xpub()) {
            SubSocket updates = context.sub();
            updates.connect(publisher.bind("tcp://127.0.0.1:*"));
            updates.subscribeAll();
            XPubSocket front = context.xpub();
            front.set(SocketOption.XPUB_MANUAL_LAST_VALUE, true);
            String endpoint = front.bind("tcp://127.0.0.1:*");
            updates.handOver();
            front.handOver();
            Thread cache = Thread.ofPlatform().start(() -> run(context, updates, front));

            if (!publisher.awaitSubscriptions(1, LIMIT)) {
                throw new IllegalStateException("the cache did not come within 10 s");
            }
            try (SubSocket early = subscribe(context, endpoint)) {
                print("early", early); // there is no value yet
                publisher.send(Multipart.of(TOPIC, "30 degrees"));
                publisher.send(Multipart.of(TOPIC, "31 degrees"));
                print("early", early);
                print("early", early);
                for (int i = 1; i <= subscribers; i++) {
                    try (SubSocket late = subscribe(context, endpoint)) {
                        print("late " + i, late); // although nobody publishes
                    }
                }
            }
            context.shutdown(); // ends the cache
            cache.join();
        }
        return 0;
    }

    private static SubSocket subscribe(Context context, String endpoint) {
        SubSocket subscriber = context.sub();
        subscriber.connect(endpoint);
        subscriber.subscribe(TOPIC);
        return subscriber;
    }

    private static void print(String name, SubSocket subscriber) {
        try (Multipart update = subscriber.receiveMultipart(LIMIT).orElseThrow()) {
            System.out.println(name + ": " + update.getString(0) + ": " + update.getString(1));
        }
    }

    private static void run(Context context, SubSocket updates, XPubSocket front) {
        Map<String, String> values = new HashMap<>();
        try (updates;
                front;
                Poller poller = context.poller()) {
            PollItem update = poller.add(updates, PollEvent.IN);
            PollItem subscription = poller.add(front, PollEvent.IN);
            while (true) {
                poller.poll();
                if (update.isReadable()) {
                    Multipart message = updates.receiveMultipart();
                    values.put(message.getString(0), message.getString(1));
                    front.send(message);
                }
                if (subscription.isReadable()) {
                    answer(front, front.receiveSubscription(), values);
                }
            }
        } catch (ContextTerminatedException e) {
            // everybody has the last value
        }
    }

    private static void answer(
            XPubSocket front, Subscription subscription, Map<String, String> values) {
        if (subscription.subscribes()) {
            front.subscribe(subscription.topic());
        } else {
            front.unsubscribe(subscription.topic());
        }
        // There must be an answer, or the next update would go to this subscriber alone.
        String topic = subscription.topicText();
        front.send(Multipart.of(topic, values.getOrDefault(topic, "no value yet")));
    }
}
