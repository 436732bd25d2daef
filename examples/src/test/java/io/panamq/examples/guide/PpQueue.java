// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import io.panamq.Context;
import io.panamq.DealerSocket;
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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Queue and workers send each other heartbeats, so that each sees when the other is gone (ppqueue,
 * ppworker).
 */
public final class PpQueue {

    private static final String READY = "\u0001";
    private static final String HEARTBEAT = "\u0002";
    private static final int LIVENESS = 5;
    private static final long INTERVAL = 200; // ms between heartbeats
    private static final int CLIENTS = 6;
    private static final int WORKERS = 3;

    private static final AtomicInteger DEATHS = new AtomicInteger();

    private record Worker(Message address, long expiry) {}

    private PpQueue() {}

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
                    "ppqueue: "
                            + each * CLIENTS
                            + " requests answered, "
                            + DEATHS
                            + " workers died");
        }
    }

    private static void queue(Context context, RouterSocket frontend, RouterSocket backend) {
        LinkedHashMap<String, Worker> idle =
                new LinkedHashMap<>(); // by address, the one that waits longest first
        long heartbeatAt = System.currentTimeMillis() + INTERVAL;
        long replies = 0;
        try (Poller poller = context.poller()) {
            PollItem workers = poller.add(backend, PollEvent.IN);
            PollItem clients = poller.add(frontend, PollEvent.IN);
            while (true) {
                poller.poll(Duration.ofMillis(INTERVAL));
                if (workers.isReadable()) {
                    Multipart message = backend.receiveMultipart();
                    Message address = message.unwrap();
                    String name = HexFormat.of().formatHex(address.getBytes());
                    Worker old = idle.remove(name);
                    if (old != null) {
                        old.address().close();
                    }
                    idle.put(
                            name,
                            new Worker(address, System.currentTimeMillis() + LIVENESS * INTERVAL));
                    if (message.size() == 1) { // READY or HEARTBEAT
                        message.close();
                    } else {
                        send(frontend, message);
                        Rss.at(4 * ++replies);
                    }
                }
                if (clients.isReadable() && !idle.isEmpty()) {
                    Worker next = idle.pollFirstEntry().getValue();
                    send(backend, frontend.receiveMultipart().addFirst(next.address()));
                }
                if (System.currentTimeMillis() >= heartbeatAt) {
                    for (Worker worker : idle.values()) {
                        send(backend, Multipart.of(HEARTBEAT).addFirst(worker.address().share()));
                    }
                    heartbeatAt = System.currentTimeMillis() + INTERVAL;
                }
                purge(idle);
                if (idle.isEmpty()) {
                    clients.pause();
                } else {
                    clients.resume();
                }
            }
        } catch (ContextTerminatedException e) {
            idle.values().forEach(worker -> worker.address().close());
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

    private static void purge(Map<String, Worker> idle) {
        for (Iterator<Worker> workers = idle.values().iterator(); workers.hasNext(); ) {
            Worker worker = workers.next();
            if (System.currentTimeMillis() < worker.expiry()) {
                return;
            }
            worker.address().close();
            workers.remove();
        }
    }

    private static void worker(Context context, String endpoint) {
        int cycles = 0;
        while (true) { // each round is a new worker
            try (DealerSocket worker = context.dealer()) {
                worker.connect(endpoint);
                worker.send(READY);
                int liveness = LIVENESS;
                long heartbeatAt = System.currentTimeMillis() + INTERVAL;
                while (liveness > 0) {
                    Optional<Multipart> message =
                            worker.receiveMultipart(Duration.ofMillis(INTERVAL));
                    if (message.isEmpty()) {
                        liveness--;
                    } else if (message.get().size() == 4) { // client, number, empty frame, request
                        if (++cycles % 5_000 == 100) {
                            DEATHS.incrementAndGet();
                            message.get().close();
                            break;
                        }
                        worker.send(message.get());
                        liveness = LIVENESS;
                    } else {
                        try (Multipart heartbeat = message.get()) {
                            if (!heartbeat.get(0).contentEquals(HEARTBEAT)) {
                                throw new IllegalStateException(
                                        "not a heartbeat: " + heartbeat.dump());
                            }
                        }
                        liveness = LIVENESS;
                    }
                    if (System.currentTimeMillis() > heartbeatAt) {
                        worker.send(HEARTBEAT);
                        heartbeatAt = System.currentTimeMillis() + INTERVAL;
                    }
                }
            } catch (ContextTerminatedException e) {
                return;
            }
        }
    }

    /** Asks again when no reply comes, on the same socket. */
    private static void client(Context context, String endpoint, int requests) {
        RetryPolicy retries = new RetryPolicy(10, Duration.ofMillis(500));
        try (ReqSocket client = context.req()) {
            client.connect(endpoint);
            for (int sequence = 1; sequence <= requests; sequence++) {
                String request = Integer.toString(sequence);
                Optional<String> reply = client.request(request, retries);
                if (!reply.equals(Optional.of(request))) {
                    throw new IllegalStateException("reply to request " + request + ": " + reply);
                }
            }
        }
    }
}
