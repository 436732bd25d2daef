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
import io.panamq.RouterSocket;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.UnreachablePeerException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Clients ask for a service by name, and the broker knows which workers offer it (mdbroker,
 * mdworker, mdclient).
 */
public final class MdBroker {

    private static final String CLIENT = "MDPC01";
    private static final String WORKER = "MDPW01";
    private static final String READY = "\u0001";
    private static final String REQUEST = "\u0002";
    private static final String REPLY = "\u0003";
    private static final String HEARTBEAT = "\u0004";
    private static final String DISCONNECT = "\u0005";
    private static final int LIVENESS = 5;
    private static final long INTERVAL = 500; // ms between heartbeats
    private static final Duration TIMEOUT = Duration.ofMillis(2_500);
    private static final int CLIENTS = 6;
    private static final int WORKERS = 3;

    private record Service(String name, Deque<Multipart> requests, Deque<Worker> waiting) {}

    private static final class Worker {
        private final byte[] address;
        private Service service;
        private long expiry;

        private Worker(byte[] address) {
            this.address = address;
        }
    }

    private final RouterSocket socket;
    private final Map<String, Service> services = new HashMap<>();
    private final Map<String, Worker> workers = new HashMap<>();
    private long heartbeatAt = System.currentTimeMillis() + INTERVAL;
    private long replies;

    private MdBroker(RouterSocket socket) {
        this.socket = socket;
    }

    public static void main(String[] args) throws Exception {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        int each =
                messages / 4 / CLIENTS
                        + 1; // client, broker, worker and broker send each request or reply
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Context context = Context.create();
                RouterSocket socket = context.router()) {
            String endpoint = socket.bind("tcp://127.0.0.1:*");
            socket.handOver();
            List<Future<?>> servers = new ArrayList<>();
            servers.add(threads.submit(() -> new MdBroker(socket).mediate(context)));
            for (int i = 0; i < WORKERS; i++) {
                servers.add(threads.submit(() -> echo(context, endpoint)));
            }
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> client(context, endpoint, each)));
            }
            for (Future<?> client : clients) {
                client.get();
            }
            context.shutdown();
            for (Future<?> server : servers) {
                server.get();
            }
            System.out.println("mdbroker: " + each * CLIENTS + " requests answered");
        }
    }

    private void mediate(Context context) {
        try (Poller poller = context.poller()) {
            PollItem item = poller.add(socket, PollEvent.IN);
            while (true) {
                poller.poll(Duration.ofMillis(INTERVAL));
                if (item.isReadable()) {
                    Multipart message = socket.receiveMultipart();
                    byte[] sender = message.removeFirstBytes();
                    message.removeFirstBytes(); // the empty frame
                    String header = message.removeFirstString();
                    if (header.equals(CLIENT)) {
                        processClient(sender, message);
                    } else if (header.equals(WORKER)) {
                        processWorker(sender, message);
                    } else {
                        throw new IllegalStateException("invalid message: " + header);
                    }
                }
                for (Worker worker : List.copyOf(workers.values())) {
                    if (worker.expiry < System.currentTimeMillis()) {
                        delete(worker, false);
                    }
                }
                if (System.currentTimeMillis() >= heartbeatAt) {
                    for (Worker worker : workers.values()) {
                        command(worker, HEARTBEAT);
                    }
                    heartbeatAt = System.currentTimeMillis() + INTERVAL;
                }
            }
        } catch (ContextTerminatedException e) {
            // all clients are served
        }
    }

    private void processClient(byte[] sender, Multipart message) {
        String name = message.removeFirstString();
        if (name.equals("mmi.service")) {
            String code = services.containsKey(message.getString(0)) ? "200" : "404";
            send(message.set(0, code).addFirst(name).addFirst(CLIENT).wrap(sender));
        } else {
            Service service = service(name);
            service.requests.add(message.wrap(sender));
            dispatch(service);
        }
    }

    private void processWorker(byte[] sender, Multipart message) {
        String command = message.removeFirstString();
        String id = HexFormat.of().formatHex(sender);
        Worker worker = workers.get(id);
        if (command.equals(READY) && worker == null) {
            worker = new Worker(sender);
            worker.service = service(message.removeFirstString());
            workers.put(id, worker);
            waiting(worker);
        } else if (worker == null) {
            command(new Worker(sender), DISCONNECT); // it shall begin again
        } else if (command.equals(REPLY)) {
            Message client = message.unwrap();
            send(message.addFirst(worker.service.name).addFirst(CLIENT).wrap(client));
            Rss.at(4 * ++replies);
            waiting(worker);
        } else if (command.equals(HEARTBEAT)) {
            worker.expiry = System.currentTimeMillis() + LIVENESS * INTERVAL;
        } else {
            delete(worker, !command.equals(DISCONNECT));
        }
        message.close();
    }

    private Service service(String name) {
        return services.computeIfAbsent(
                name, n -> new Service(n, new ArrayDeque<>(), new ArrayDeque<>()));
    }

    private void waiting(Worker worker) {
        worker.expiry = System.currentTimeMillis() + LIVENESS * INTERVAL;
        worker.service.waiting.add(worker);
        dispatch(worker.service);
    }

    private void dispatch(Service service) {
        while (!service.requests.isEmpty() && !service.waiting.isEmpty()) {
            Multipart request = service.requests.remove();
            Worker worker = service.waiting.remove();
            send(request.addFirst(REQUEST).addFirst(WORKER).wrap(worker.address));
        }
    }

    /** Sends to a peer that may have gone: nobody waits for the message then, or asks again. */
    private void send(Multipart message) {
        try (message) {
            socket.send(message);
        } catch (UnreachablePeerException e) {
            // The client asks again, and gets another worker.
        }
    }

    private void command(Worker worker, String command) {
        send(Multipart.of(WORKER, command).wrap(worker.address));
    }

    private void delete(Worker worker, boolean disconnect) {
        if (disconnect) {
            command(worker, DISCONNECT);
        }
        worker.service.waiting.remove(worker);
        workers.remove(HexFormat.of().formatHex(worker.address));
    }

    private static void echo(Context context, String endpoint) {
        while (true) { // each round is a new connection
            try (DealerSocket worker = context.dealer()) {
                worker.connect(endpoint);
                worker.send(Multipart.of("", WORKER, READY, "echo"));
                long heartbeatAt = System.currentTimeMillis() + INTERVAL;
                int liveness = LIVENESS;
                while (liveness > 0) {
                    Optional<Multipart> received =
                            worker.receiveMultipart(Duration.ofMillis(INTERVAL));
                    if (received.isPresent()) {
                        Multipart message = received.get();
                        message.removeFirstBytes(); // the empty frame
                        message.removeFirstBytes(); // MDPW01
                        String command = message.removeFirstString();
                        liveness = command.equals(DISCONNECT) ? 0 : LIVENESS;
                        if (command.equals(REQUEST)) {
                            Message client = message.unwrap();
                            message.wrap(client); // the body is left as it is: an echo
                            worker.send(message.addFirst(REPLY).addFirst(WORKER).addFirst(""));
                        }
                    } else {
                        liveness--;
                    }
                    if (System.currentTimeMillis() > heartbeatAt) {
                        worker.send(Multipart.of("", WORKER, HEARTBEAT));
                        heartbeatAt = System.currentTimeMillis() + INTERVAL;
                    }
                }
            } catch (ContextTerminatedException e) {
                return;
            }
        }
    }

    private static void client(Context context, String endpoint, int requests) {
        ReqSocket client = context.req();
        client.connect(endpoint);
        for (int i = 0; i < requests; i++) {
            try (Multipart request = Multipart.of(CLIENT, "echo", "Hello world " + i)) {
                client.send(request.share());
                Optional<Multipart> reply = client.receiveMultipart(TIMEOUT);
                for (int retries = 3; reply.isEmpty() && retries > 0; retries--) {
                    client.close();
                    client = context.req();
                    client.connect(endpoint);
                    client.send(request.share());
                    reply = client.receiveMultipart(TIMEOUT);
                }
                if (!reply.orElseThrow().contentEquals(request)) {
                    throw new IllegalStateException(
                            "reply to request " + i + ":\n" + reply.get().dump());
                }
                reply.get().close();
            }
        }
        client.send(Multipart.of(CLIENT, "mmi.service", "echo"));
        try (Multipart reply = client.receiveMultipart()) {
            if (!reply.getString(2).equals("200")) {
                throw new IllegalStateException(
                        "the broker does not know the service:\n" + reply.dump());
            }
        }
        client.close();
    }
}
