// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import io.panamq.Context;
import io.panamq.DealerSocket;
import io.panamq.Multipart;
import io.panamq.PollEvent;
import io.panamq.PollItem;
import io.panamq.Poller;
import io.panamq.RouterSocket;
import io.panamq.SocketOption;
import io.panamq.error.ContextTerminatedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * DEALER clients ask a ROUTER server, whose workers send no, one or several replies to each request
 * (asyncsrv).
 */
public final class AsyncSrv {

    private static final int CLIENTS = 3;
    private static final int WORKERS = 5;
    private static final int WINDOW =
            100; // requests without all their replies, so that the ROUTER need not wait

    private static final AtomicLong SENT = new AtomicLong();

    private AsyncSrv() {}

    public static void main(String[] args) throws Exception {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        int each =
                (messages / 30 / CLIENTS + 1)
                        * 5; // 5 requests have 10 replies, and all are sent twice
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Context context = Context.create();
                RouterSocket frontend = context.router()) {
            String endpoint = frontend.bind("tcp://127.0.0.1:*");
            frontend.handOver();
            Future<?> server = threads.submit(() -> serve(context, frontend));

            List<Future<Integer>> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                workers.add(threads.submit(() -> work(context)));
            }
            List<Future<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String name = "client-" + i;
                clients.add(threads.submit(() -> ask(context, endpoint, name, each)));
            }
            int received = 0;
            for (Future<Integer> client : clients) {
                received += client.get();
            }
            context.shutdown();
            server.get();
            int replied = 0;
            for (Future<Integer> worker : workers) {
                replied += worker.get();
            }
            if (received != replied) {
                throw new IllegalStateException(
                        replied + " replies sent, " + received + " received");
            }
            System.out.println(
                    "asyncsrv: " + each * CLIENTS + " requests, " + received + " replies");
        }
    }

    private static int ask(Context context, String endpoint, String name, int requests) {
        try (DealerSocket client = context.dealer();
                Poller poller = context.poller()) {
            client.set(SocketOption.ROUTING_ID_TEXT, name);
            client.connect(endpoint);
            PollItem replies = poller.add(client, PollEvent.IN);
            int expected = 0;
            int received = 0;
            for (int i = 0; i < requests; i++) {
                client.send(name + " request #" + i);
                expected += i % 5;
                SENT.addAndGet(2);
                boolean last = i == requests - 1;
                while (received < (last ? expected : expected - 2 * WINDOW)) {
                    poller.poll();
                    if (replies.isReadable()) {
                        String reply = client.receiveString();
                        if (!reply.startsWith(name + " request #")) {
                            throw new IllegalStateException(name + " received " + reply);
                        }
                        received++;
                        Rss.at(SENT.addAndGet(2));
                    }
                }
            }
            return received;
        }
    }

    private static void serve(Context context, RouterSocket frontend) {
        try (DealerSocket backend = context.dealer();
                Poller poller = context.poller()) {
            backend.bind("inproc://backend");
            PollItem clients = poller.add(frontend, PollEvent.IN);
            PollItem workers = poller.add(backend, PollEvent.IN);
            while (true) {
                poller.poll();
                if (clients.isReadable()) {
                    backend.send(frontend.receiveMultipart());
                }
                if (workers.isReadable()) {
                    frontend.send(backend.receiveMultipart());
                }
            }
        } catch (ContextTerminatedException e) {
            // all clients are served
        }
    }

    private static int work(Context context) {
        int replied = 0;
        try (DealerSocket worker = context.dealer()) {
            worker.connect("inproc://backend");
            while (true) {
                try (Multipart request =
                        worker.receiveMultipart()) { // the routing id of the client, and the text
                    String text = request.getString(1);
                    int number = Integer.parseInt(text.substring(text.indexOf('#') + 1));
                    for (int i = 0; i < number % 5; i++) {
                        worker.send(request.share());
                        replied++;
                    }
                }
            }
        } catch (ContextTerminatedException e) {
            return replied;
        }
    }
}
