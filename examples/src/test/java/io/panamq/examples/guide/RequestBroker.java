// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import io.panamq.Context;
import io.panamq.DealerSocket;
import io.panamq.Proxy;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import io.panamq.RouterSocket;
import io.panamq.error.ContextTerminatedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The guide's rrclient, rrworker and rrbroker: clients reach the workers through a broker. */
public final class RequestBroker {
    private static final int CLIENTS = 4;
    private static final int WORKERS = 2;

    private RequestBroker() {}

    public static void main(String[] args) throws Exception {
        int requests = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        int answered = 0;
        // The context is closed first, which ends the broker and the workers.
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Context context = Context.create()) {
            RouterSocket frontend = context.router();
            String frontEndpoint = frontend.bind("tcp://127.0.0.1:*");
            frontend.handOver();
            DealerSocket backend = context.dealer();
            String backEndpoint = backend.bind("tcp://127.0.0.1:*");
            backend.handOver();
            threads.execute(() -> runBroker(frontend, backend));
            for (int i = 0; i < WORKERS; i++) {
                threads.execute(() -> work(context, backEndpoint));
            }
            List<Future<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int id = i;
                clients.add(
                        threads.submit(() -> ask(context, frontEndpoint, id, requests / CLIENTS)));
            }
            for (Future<Integer> client : clients) {
                answered += client.get();
            }
        }
        System.out.println("RequestBroker: " + answered + " requests were answered");
    }

    private static int ask(Context context, String endpoint, int id, int requests) {
        try (ReqSocket requester = context.req()) {
            requester.connect(endpoint);
            for (int i = 0; i < requests; i++) {
                requester.send("Hello " + id + " " + i);
                String reply = requester.receiveString();
                if (!reply.equals("World " + id + " " + i)) {
                    throw new IllegalStateException("request " + i + " got " + reply);
                }
                if (id == 0) {
                    Rss.at((long) CLIENTS * (i + 1));
                }
            }
            return requests;
        }
    }

    private static void work(Context context, String endpoint) {
        try (RepSocket responder = context.rep()) {
            responder.connect(endpoint);
            while (true) {
                responder.send(responder.receiveString().replace("Hello", "World"));
            }
        } catch (ContextTerminatedException e) {
            // All clients have their answers.
        }
    }

    private static void runBroker(RouterSocket frontend, DealerSocket backend) {
        try (frontend;
                backend) {
            Proxy.between(frontend, backend).run();
        } catch (ContextTerminatedException e) {
            // All clients have their answers.
        }
    }
}
