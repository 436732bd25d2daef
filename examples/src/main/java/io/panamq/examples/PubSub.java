// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples;

import io.panamq.Context;
import io.panamq.Multipart;
import io.panamq.SocketOption;
import io.panamq.SubSocket;
import io.panamq.XPubSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Shows publish-subscribe: each subscriber gets all that is published after its subscription.
 *
 * <p>A subscriber misses what is published before its subscription has arrived. So the publisher is
 * an XPUB, a PUB that also receives: it waits for the subscriptions, and needs no sleep.
 */
@Command(
        name = "pubsub",
        description = "Publish-subscribe: some subscribers listen to the weather.")
final class PubSub implements Callable<Integer> {
    @Option(
            names = {"-n", "--subscribers"},
            paramLabel = "N",
            defaultValue = "3",
            description = "How many subscribers listen (default: 3).")
    private int subscribers;

    @Override
    public Integer call() throws InterruptedException {
        try (Context context = Context.create();
                XPubSocket publisher = context.xpub()) {
            // Count each subscription, not only the first one to a topic.
            publisher.set(SocketOption.XPUB_VERBOSE, true);
            String endpoint = publisher.bind("tcp://127.0.0.1:*");

            List<Thread> threads = new ArrayList<>();
            for (int i = 1; i <= subscribers; i++) {
                String name = "subscriber " + i;
                threads.add(Thread.ofPlatform().start(() -> listen(context, endpoint, name)));
            }
            if (!publisher.awaitSubscriptions(subscribers, Duration.ofSeconds(10))) {
                throw new IllegalStateException("a subscriber did not come within 10 s");
            }

            publisher.send(Multipart.of("weather/panama", "31 degrees, sunny"));
            publisher.send(Multipart.of("traffic/panama", "no subscriber gets this"));
            publisher.send(Multipart.of("weather/oslo", "4 degrees, rain"));
            publisher.send(Multipart.of("weather/", "")); // this example's own sign of the end
            for (Thread thread : threads) {
                thread.join();
            }
        }
        return 0;
    }

    private static void listen(Context context, String endpoint, String name) {
        try (SubSocket subscriber = context.sub()) {
            subscriber.connect(endpoint);
            subscriber.subscribe("weather/"); // a prefix
            while (true) {
                try (Multipart update = subscriber.receiveMultipart()) {
                    String text = update.getString(1);
                    if (text.isEmpty()) {
                        return;
                    }
                    System.out.println(name + ": " + update.getString(0) + ": " + text);
                }
            }
        }
    }
}
