// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import io.panamq.Context;
import io.panamq.DealerSocket;
import io.panamq.Multipart;
import io.panamq.PollEvent;
import io.panamq.PollItem;
import io.panamq.Poller;
import io.panamq.PubSocket;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.RouterSocket;
import io.panamq.SendingSocket;
import io.panamq.SocketOption;
import io.panamq.SubSocket;
import io.panamq.error.ContextTerminatedException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Clients share a map: they get a snapshot when they come, and all updates after it (clonesrv3,
 * clonecli3).
 */
public final class CloneSrv3 {

    private static final int KEYS = 1_000;
    private static final int WINDOW =
            500; // updates that the first client has sent and not yet received
    private static final int LATE = 3; // clients that come while the updates go on

    private record Endpoints(String snapshot, String updates, String collector) {}

    private record Entry(String key, long sequence, String value) {

        static Entry of(Multipart message) {
            return new Entry(
                    message.getString(0),
                    message.get(1).getLong(0, ByteOrder.BIG_ENDIAN),
                    message.getString(2));
        }

        Multipart toMultipart() {
            Multipart message = Multipart.of(key);
            message.allocate(8).setLong(0, sequence, ByteOrder.BIG_ENDIAN);
            return message.add(value);
        }
    }

    private CloneSrv3() {}

    public static void main(String[] args) throws Exception {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        int updates = messages / 2; // client and server send each
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Context context = Context.create();
                RouterSocket snapshot = context.router();
                PubSocket publisher = context.pub();
                PullSocket collector = context.pull()) {
            publisher.set(
                    SocketOption.SNDHWM,
                    0); // keep the updates that come while a client loads its snapshot
            Endpoints endpoints =
                    new Endpoints(
                            snapshot.bind("tcp://127.0.0.1:*"),
                            publisher.bind("tcp://127.0.0.1:*"),
                            collector.bind("tcp://127.0.0.1:*"));
            snapshot.handOver();
            publisher.handOver();
            collector.handOver();
            Future<?> server = threads.submit(() -> serve(context, snapshot, publisher, collector));

            List<Future<Map<String, Entry>>> late = new ArrayList<>();
            Map<String, Entry> state;
            try (SubSocket subscriber = subscriber(context, endpoints);
                    PushSocket push = context.push()) {
                push.connect(endpoints.collector());
                state = new HashMap<>();
                long sequence = load(context, endpoints, state);
                int sent = 0;
                while (sequence < updates) {
                    if (sent < updates && sent - sequence < WINDOW) {
                        push.send(
                                new Entry("key-" + sent % KEYS, 0, Integer.toString(sent))
                                        .toMultipart());
                        sent++;
                        if (sent % (updates / (LATE + 1) + 1) == 0) {
                            late.add(threads.submit(() -> follow(context, endpoints, updates)));
                        }
                    } else {
                        sequence = update(subscriber, state, sequence);
                        Rss.at(2 * sequence);
                    }
                }
            }
            for (Future<Map<String, Entry>> client : late) {
                if (!client.get().equals(state)) {
                    throw new IllegalStateException("a client that came late has another state");
                }
            }
            context.shutdown();
            server.get();
            System.out.println(
                    "clonesrv3: " + updates + " updates, " + late.size() + " clients came late");
        }
    }

    private static Map<String, Entry> follow(Context context, Endpoints endpoints, long updates) {
        try (SubSocket subscriber = subscriber(context, endpoints)) {
            Map<String, Entry> state = new HashMap<>();
            long sequence = load(context, endpoints, state);
            while (sequence < updates) {
                sequence = update(subscriber, state, sequence);
            }
            return state;
        }
    }

    private static SubSocket subscriber(Context context, Endpoints endpoints) {
        SubSocket subscriber = context.sub();
        subscriber.set(SocketOption.RCVHWM, 0);
        subscriber.connect(endpoints.updates());
        subscriber.subscribeAll();
        return subscriber;
    }

    private static long load(Context context, Endpoints endpoints, Map<String, Entry> state) {
        try (DealerSocket snapshot = context.dealer()) {
            snapshot.connect(endpoints.snapshot());
            snapshot.send("ICANHAZ?");
            while (true) {
                try (Multipart message = snapshot.receiveMultipart()) {
                    Entry entry = Entry.of(message);
                    if (entry.key().equals("KTHXBAI")) {
                        return entry.sequence();
                    }
                    state.put(entry.key(), entry);
                }
            }
        }
    }

    /** Receives an update, and returns the sequence number that the state has then. */
    private static long update(SubSocket subscriber, Map<String, Entry> state, long sequence) {
        try (Multipart message = subscriber.receiveMultipart()) {
            Entry entry = Entry.of(message);
            if (entry.sequence() <= sequence) {
                return sequence; // it is in the snapshot
            }
            if (entry.sequence() != sequence + 1) {
                throw new IllegalStateException("update " + (sequence + 1) + " was lost");
            }
            state.put(entry.key(), entry);
            return entry.sequence();
        }
    }

    private static void serve(
            Context context, RouterSocket snapshot, SendingSocket publisher, PullSocket collector) {
        Map<String, Entry> state = new HashMap<>();
        long sequence = 0;
        try (Poller poller = context.poller()) {
            PollItem updates = poller.add(collector, PollEvent.IN);
            PollItem requests = poller.add(snapshot, PollEvent.IN);
            while (true) {
                poller.poll();
                if (updates.isReadable()) {
                    try (Multipart update = collector.receiveMultipart()) {
                        Entry entry =
                                new Entry(update.getString(0), ++sequence, update.getString(2));
                        publisher.send(entry.toMultipart());
                        state.put(entry.key(), entry);
                    }
                }
                if (requests.isReadable()) {
                    byte[] client = snapshot.receiveBytes();
                    String request = snapshot.receiveString();
                    if (!request.equals("ICANHAZ?")) {
                        throw new IllegalStateException("bad request: " + request);
                    }
                    for (Entry entry : state.values()) { // a slow client makes this wait
                        snapshot.send(entry.toMultipart().addFirst(client));
                    }
                    snapshot.send(
                            new Entry("KTHXBAI", sequence, "").toMultipart().addFirst(client));
                }
            }
        } catch (ContextTerminatedException e) {
            // all clients are done
        }
    }
}
