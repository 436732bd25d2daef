// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import io.panamq.Context;
import io.panamq.Multipart;
import io.panamq.PubSocket;
import io.panamq.SubSocket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The guide's psenvpub and psenvsub: the topic is a frame of its own in front of the content, and a
 * subscriber sees one of two topics.
 */
public final class Envelopes {
    private Envelopes() {}

    public static void main(String[] args) throws Exception {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        int seen;
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Context context = Context.create();
                PubSocket publisher = context.pub()) {
            String endpoint = publisher.bind("tcp://127.0.0.1:*");
            Future<Integer> client = threads.submit(() -> listen(context, endpoint, messages / 2));

            int sent = 0;
            while (sent < messages || !client.isDone()) {
                publisher.send(Multipart.of("A", "this is for others"));
                publisher.send(Multipart.of("B", "this is for you"));
                sent += 2;
                Rss.at(sent);
            }
            seen = client.get();
        }
        System.out.println("Envelopes: " + seen + " messages came in the right envelope");
    }

    private static int listen(Context context, String endpoint, int wanted) {
        try (SubSocket subscriber = context.sub()) {
            subscriber.connect(endpoint);
            subscriber.subscribe("B");
            for (int i = 0; i < wanted; i++) {
                String topic = subscriber.receiveString();
                String content = subscriber.receiveString();
                if (!topic.equals("B") || !content.equals("this is for you")) {
                    throw new IllegalStateException("received " + topic + ": " + content);
                }
            }
            return wanted;
        }
    }
}
