// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import io.panamq.ConcurrentSender;
import io.panamq.ConnectionId;
import io.panamq.Context;
import io.panamq.MonitorEvent;
import io.panamq.Multipart;
import io.panamq.PollEvent;
import io.panamq.PollItem;
import io.panamq.Poller;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketMonitor;
import io.panamq.SubSocket;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.SocketClosedException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Examples of waiting: for several sockets, for a connection, for the end, in many threads. */
final class WaitSnippets {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    final Queue<String> works = new ConcurrentLinkedQueue<>();
    volatile boolean running = true;

    void poll(Context context, PullSocket pull, SubSocket sub) {
        // @start region="poll"
        try (Poller poller = context.poller()) {
            poller.add(pull, PollEvent.IN).onReady(() -> work(pull.receiveString()));
            poller.add(sub, PollEvent.IN).onReady(() -> work(sub.receiveString()));
            while (running) {
                poller.poll(Duration.ofSeconds(1));
                for (PollItem item : poller.ready()) {
                    item.run();
                }
            }
        }
        // @end
    }

    private void work(String task) {
        works.add(task);
        running = works.size() < 2;
    }

    static void come(Multipart request, Map<ConnectionId, String> clients) {
        // @start region="come"
        String name = request.getString(1);
        ConnectionId.of(request.get(1)).ifPresent(id -> clients.put(id, name));
        // @end
    }

    static void gone(SocketMonitor monitor, Map<ConnectionId, String> clients) {
        // @start region="gone"
        if (monitor.receive() instanceof MonitorEvent.Disconnected gone) {
            gone.connection().map(clients::remove).ifPresent(System.out::println);
        }
        // @end
    }

    static void connect(PushSocket push, String endpoint) {
        // @start region="connect"
        try (SocketMonitor monitor = push.monitor()) {
            // @replace substring='endpoint' replacement='"tcp://server:5555"' :
            push.connect(endpoint);
            // @replace substring='LIMIT' replacement='Duration.ofSeconds(5)' :
            if (monitor.awaitConnected(LIMIT)) {
                System.out.println("connected");
            }
        }
        // @end
    }

    void end(Context context, String endpoint) {
        // @start region="end"
        try (PullSocket pull = context.pull()) {
            // @replace substring='endpoint' replacement='"tcp://127.0.0.1:5555"' :
            pull.connect(endpoint);
            while (true) {
                works.add(pull.receiveString());
            }
        } catch (ContextTerminatedException | SocketClosedException e) {
            // The context or the socket was closed: the thread ends.
        } catch (OperationInterruptedException e) {
            // Another thread wants this one to end. Its interrupt flag is still set.
        }
        // @end
    }

    static void sendConcurrently(Context context, String endpoint) {
        // @start region="concurrent"
        try (PushSocket push = context.push();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // @replace substring='endpoint' replacement='"tcp://127.0.0.1:5555"' :
            push.connect(endpoint);
            ConcurrentSender sender = push.concurrentSender();
            for (int i = 0; i < 8; i++) {
                threads.execute(() -> sender.send("from any thread"));
            }
        } // waits for the threads, then closes the socket
        // @end
    }
}
