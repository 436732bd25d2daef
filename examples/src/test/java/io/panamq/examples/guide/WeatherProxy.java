// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import io.panamq.Context;
import io.panamq.Proxy;
import io.panamq.PubSocket;
import io.panamq.SubSocket;
import io.panamq.XPubSocket;
import io.panamq.XSubSocket;
import io.panamq.error.ContextTerminatedException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The guide's wuproxy: a proxy passes the updates of a weather server on to another network. */
public final class WeatherProxy {
    private WeatherProxy() {}

    public static void main(String[] args) {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        // The context is closed first, which ends the server and the proxy.
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Context context = Context.create()) {
            PubSocket publisher = context.pub();
            String inside = publisher.bind("tcp://127.0.0.1:*");
            publisher.handOver();
            threads.execute(() -> publish(publisher));

            XPubSocket backend = context.xpub();
            String outside = backend.bind("tcp://127.0.0.1:*");
            backend.handOver();
            threads.execute(() -> proxy(context, inside, backend));

            try (SubSocket subscriber = context.sub()) {
                subscriber.connect(outside);
                subscriber.subscribe("10001 ");
                int last = -1;
                for (int i = 0; i < messages; i++) {
                    String update = subscriber.receiveString();
                    int number = Integer.parseInt(update.substring("10001 ".length()));
                    if (number <= last) { // a publisher may drop one, but sends none twice
                        throw new IllegalStateException("update " + number + " after " + last);
                    }
                    last = number;
                    Rss.at(i + 1);
                }
            }
        }
        System.out.println("WeatherProxy: " + messages + " updates came through the proxy");
    }

    private static void publish(PubSocket publisher) {
        try (publisher) {
            for (int i = 0; true; i++) {
                publisher.send((10_001 + i % 2) + " " + i);
            }
        } catch (ContextTerminatedException e) {
            // The client has seen enough.
        }
    }

    /** Passes updates down and subscriptions up, as zmq_proxy does. */
    private static void proxy(Context context, String inside, XPubSocket backend) {
        try (backend;
                XSubSocket frontend = context.xsub()) {
            frontend.connect(inside);
            Proxy.between(frontend, backend).run();
        } catch (ContextTerminatedException e) {
            // The client has seen enough.
        }
    }
}
