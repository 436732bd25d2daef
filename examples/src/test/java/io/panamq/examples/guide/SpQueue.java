// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.PollEvent;
import io.panamq.PollItem;
import io.panamq.Poller;
import io.panamq.ReqSocket;
import io.panamq.RetryPolicy;
import io.panamq.RouterSocket;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.UnreachablePeerException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Workers die now and then; clients that hear nothing ask again on a new socket (spqueue, spworker,
 * lpclient).
 */
public final class SpQueue {

    private static final String READY = "\u0001";
    private static final int CLIENTS = 6;
    private static final int WORKERS = 3;
    private static final RetryPolicy RETRIES = new RetryPolicy(5, Duration.ofMillis(500));

    private static final AtomicInteger DEATHS = new AtomicInteger();

    private SpQueue() {}

    public static void main(String[] args) throws Exception {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        int each =
                messages / 4 / CLIENTS
                        + 1; // client, queue, worker and queue send each request or reply
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Context context = Context.create();
                RouterSocket frontend = context.router();
                RouterSocket backend = context.router()) {
            String front = frontend.bind("tcp://127.0.0.1:*");
            String back = backend.bind("tcp://127.0.0.1:*");
            frontend.handOver();
            backend.handOver();
            List<Future<?>> servers = new ArrayList<>();
            servers.add(threads.submit(() -> queue(context, frontend, backend)));
            for (int i = 0; i < WORKERS; i++) {
                servers.add(threads.submit(() -> worker(context, back)));
            }
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> client(context, front, each)));
            }
            for (Future<?> client : clients) {
                client.get();
            }
            context.shutdown();
            for (Future<?> server : servers) {
                server.get();
            }
            System.out.println(
                    "spqueue: "
                            + each * CLIENTS
                            + " requests answered, "
                            + DEATHS
                            + " workers died");
        }
    }

    private static void queue(Context context, RouterSocket frontend, RouterSocket backend) {
        Queue<Message> idle = new ArrayDeque<>();
        long replies = 0;
        try (Poller poller = context.poller()) {
            PollItem workers = poller.add(backend, PollEvent.IN);
            PollItem clients = poller.add(frontend, PollEvent.IN);
            while (true) {
                poller.poll();
                if (workers.isReadable()) {
                    Multipart message = backend.receiveMultipart();
                    idle.add(message.unwrap());
                    if (message.get(0).contentEquals(READY)) {
                        message.close();
                    } else {
                        send(frontend, message);
                        Rss.at(4 * ++replies);
                    }
                }
                if (clients.isReadable() && !idle.isEmpty()) {
                    Multipart message = frontend.receiveMultipart();
                    message.wrap(idle.remove());
                    send(backend, message);
                }
                if (idle.isEmpty()) {
                    clients.pause();
                } else {
                    clients.resume();
                }
            }
        } catch (ContextTerminatedException e) {
            idle.forEach(Message::close);
        }
    }

    /** Sends to a peer that may have gone: nobody waits for the message then, or asks again. */
    private static void send(RouterSocket router, Multipart message) {
        try (message) {
            router.send(message);
        } catch (UnreachablePeerException e) {
            // The client asks again, and gets another worker.
        }
    }

    private static void worker(Context context, String endpoint) {
        int cycles = 0;
        while (true) {
            try (ReqSocket worker = context.req()) {
                worker.connect(endpoint);
                worker.send(READY);
                while (true) {
                    Multipart request = worker.receiveMultipart();
                    if (++cycles % 5_000 == 100) { // this worker dies, and another one starts
                        DEATHS.incrementAndGet();
                        request.close();
                        break;
                    }
                    worker.send(request);
                }
            } catch (ContextTerminatedException e) {
                return;
            }
        }
    }

    /** Asks again when no reply comes, on the same socket. */
    private static void client(Context context, String endpoint, int requests) {
        try (ReqSocket client = context.req()) {
            client.connect(endpoint);
            for (int sequence = 1; sequence <= requests; sequence++) {
                String request = Integer.toString(sequence);
                Optional<String> reply = client.request(request, RETRIES);
                if (!reply.equals(Optional.of(request))) {
                    throw new IllegalStateException("reply to request " + request + ": " + reply);
                }
            }
        }
    }
}
