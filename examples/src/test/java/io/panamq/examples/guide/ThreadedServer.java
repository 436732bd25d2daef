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

/** The guide's mtserver: one server with several worker threads behind inproc. */
public final class ThreadedServer {
    private static final int CLIENTS = 4;
    private static final int WORKERS = 5;

    private ThreadedServer() {}

    public static void main(String[] args) throws Exception {
        int requests = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        int answered = 0;
        // The context is closed first, which ends the server and its workers.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Context context = Context.create()) {
            RouterSocket clients = context.router();
            String endpoint = clients.bind("tcp://127.0.0.1:*");
            clients.handOver();
            threads.execute(() -> serve(context, clients));
            for (int i = 0; i < WORKERS; i++) {
                threads.execute(() -> work(context));
            }
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int id = i;
                answers.add(threads.submit(() -> ask(context, endpoint, id, requests / CLIENTS)));
            }
            for (Future<Integer> client : answers) {
                answered += client.get();
            }
        }
        System.out.println("ThreadedServer: " + answered + " requests were answered");
    }

    /** Passes requests to the workers and their replies back, as zmq_proxy does. */
    private static void serve(Context context, RouterSocket clients) {
        try (clients;
                DealerSocket workers = context.dealer()) {
            workers.bind("inproc://workers");
            Proxy.between(clients, workers).run();
        } catch (ContextTerminatedException e) {
            // All clients have their answers.
        }
    }

    private static void work(Context context) {
        try (RepSocket responder = context.rep()) {
            responder.connect("inproc://workers");
            while (true) {
                responder.send(responder.receiveString().replace("Hello", "World"));
            }
        } catch (ContextTerminatedException e) {
            // All clients have their answers.
        }
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
}
