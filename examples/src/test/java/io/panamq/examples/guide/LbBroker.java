// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import io.panamq.Context;
import io.panamq.Multipart;
import io.panamq.PollEvent;
import io.panamq.PollItem;
import io.panamq.Poller;
import io.panamq.ReqSocket;
import io.panamq.RouterSocket;
import io.panamq.SocketOption;
import io.panamq.error.ContextTerminatedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A broker gives each request of a client to the worker that has waited longest (lbbroker). */
public final class LbBroker {

    private static final int CLIENTS = 10;
    private static final int WORKERS = 3;

    private LbBroker() {}

    public static void main(String[] args) throws Exception {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        int each =
                messages / 4
                        / CLIENTS; // client, broker, worker and broker send each request or reply
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Context context = Context.create();
                RouterSocket frontend = context.router();
                RouterSocket backend = context.router()) {
            String front = frontend.bind("tcp://127.0.0.1:*");
            String back = backend.bind("tcp://127.0.0.1:*");
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String name = "client-" + i;
                clients.add(threads.submit(() -> client(context, front, name, each)));
            }
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                String name = "worker-" + i;
                workers.add(threads.submit(() -> worker(context, back, name)));
            }
            route(context, frontend, backend, each * CLIENTS);
            for (Future<?> client : clients) {
                client.get();
            }
            context.shutdown();
            for (Future<?> worker : workers) {
                worker.get();
            }
            System.out.println("lbbroker: " + each * CLIENTS + " requests answered");
        }
    }

    private static void route(
            Context context, RouterSocket frontend, RouterSocket backend, int requests) {
        Queue<String> idle = new ArrayDeque<>();
        try (Poller poller = context.poller()) {
            PollItem workers = poller.add(backend, PollEvent.IN);
            PollItem clients = poller.add(frontend, PollEvent.IN);
            clients.pause(); // until there is a worker
            int left = requests;
            while (left > 0) {
                poller.poll();
                if (workers.isReadable()) {
                    idle.add(backend.receiveString());
                    clients.resume();
                    backend.receiveString(); // the empty frame
                    String client = backend.receiveString();
                    if (!client.equals("READY")) {
                        backend.receiveString(); // the empty frame
                        String reply = backend.receiveString();
                        frontend.send(Multipart.of(client, "", reply));
                        left--;
                        Rss.at(4L * (requests - left));
                    }
                }
                if (clients.isReadable()) {
                    String client = frontend.receiveString();
                    frontend.receiveString(); // the empty frame
                    String request = frontend.receiveString();
                    backend.send(Multipart.of(idle.remove(), "", client, "", request));
                    if (idle.isEmpty()) {
                        clients.pause();
                    }
                }
            }
        }
    }

    private static void client(Context context, String endpoint, String name, int requests) {
        try (ReqSocket client = context.req()) {
            client.set(SocketOption.ROUTING_ID_TEXT, name);
            client.connect(endpoint);
            for (int i = 0; i < requests; i++) {
                String request = name + " HELLO " + i;
                client.send(request);
                String reply = client.receiveString();
                if (!reply.equals("OK " + request)) {
                    throw new IllegalStateException("wrong reply to " + request + ": " + reply);
                }
            }
        }
    }

    private static void worker(Context context, String endpoint, String name) {
        try (ReqSocket worker = context.req()) {
            worker.set(SocketOption.ROUTING_ID_TEXT, name);
            worker.connect(endpoint);
            worker.send("READY");
            while (true) {
                String client = worker.receiveString();
                worker.receiveString(); // the empty frame
                String request = worker.receiveString();
                worker.send(Multipart.of(client, "", "OK " + request));
            }
        } catch (ContextTerminatedException e) {
            // the broker has ended
        }
    }
}
