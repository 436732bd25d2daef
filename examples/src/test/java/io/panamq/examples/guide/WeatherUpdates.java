// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import io.panamq.Context;
import io.panamq.PubSocket;
import io.panamq.SubSocket;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The guide's wuserver and wuclient: a server publishes the weather of 100 places, and a client
 * listens to one of them.
 */
public final class WeatherUpdates {
    private WeatherUpdates() {}

    public static void main(String[] args) throws Exception {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        long average;
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Context context = Context.create();
                PubSocket publisher = context.pub()) {
            String endpoint = publisher.bind("tcp://127.0.0.1:*");
            Future<Long> client = threads.submit(() -> listen(context, endpoint, messages / 100));

            Random random = new Random();
            int sent = 0;
            while (sent < messages || !client.isDone()) {
                int zipcode = 10_000 + random.nextInt(100);
                int temperature = random.nextInt(215) - 80;
                int humidity = random.nextInt(50) + 10;
                publisher.send(zipcode + " " + temperature + " " + humidity);
                Rss.at(++sent);
            }
            average = client.get();
        }
        System.out.println("WeatherUpdates: the average temperature was " + average);
    }

    /** Returns the average temperature. */
    private static long listen(Context context, String endpoint, int updates) {
        try (SubSocket subscriber = context.sub()) {
            subscriber.connect(endpoint);
            subscriber.subscribe("10001 ");
            long total = 0;
            for (int i = 0; i < updates; i++) {
                String[] update = subscriber.receiveString().split(" ", -1);
                int temperature = Integer.parseInt(update[1]);
                if (!update[0].equals("10001") || temperature < -80 || temperature > 134) {
                    throw new IllegalStateException("update " + String.join(" ", update));
                }
                total += temperature;
            }
            return total / updates;
        }
    }
}
