// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples;

import io.panamq.Context;
import io.panamq.DealerSocket;
import io.panamq.Multipart;
import io.panamq.RouterSocket;
import io.panamq.SocketOption;
import io.panamq.loop.EventLoop;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Shows heartbeats on an event loop: one thread serves a ROUTER, several DEALERs and all timers.
 *
 * <p>Each worker says in regular intervals that it is alive. The last worker falls silent after its
 * third beat. The server notices that, because it keeps the names of all workers that it has heard
 * since it last looked.
 */
@Command(
        name = "eventloop",
        description = "Event loop: a server watches the heartbeats of its workers.")
final class Heartbeats implements Callable<Integer> {
    private static final Duration INTERVAL = Duration.ofMillis(20);

    @Option(
            names = {"-n", "--workers"},
            paramLabel = "N",
            defaultValue = "3",
            description = "How many workers there are (default: 3).")
    private int workers;

    /** The workers that the server knows. Only the loop's thread uses this and the next set. */
    private final Set<String> known = new TreeSet<>();

    private final Set<String> heard = new TreeSet<>();

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch noticed = new CountDownLatch(1);
        try (Context context = Context.create();
                EventLoop loop = EventLoop.create(context)) {
            loop.execute(() -> start(context, loop, noticed));
            noticed.await();
        }
        return 0;
    }

    private void start(Context context, EventLoop loop, CountDownLatch noticed) {
        RouterSocket server = context.router();
        String endpoint = server.bind("tcp://127.0.0.1:*");
        loop.onMultipart(server, this::onBeat);
        for (int i = 1; i <= workers; i++) {
            work(context, loop, endpoint, "worker-" + i, i == workers ? 3 : Integer.MAX_VALUE);
        }
        Duration patience = INTERVAL.multipliedBy(10);
        loop.scheduleAtFixedRate(
                patience,
                patience,
                () -> {
                    Set<String> silent = new TreeSet<>(known);
                    silent.removeAll(heard);
                    heard.clear();
                    if (!silent.isEmpty()) {
                        System.out.println("silent: " + String.join(", ", silent));
                        noticed.countDown();
                    }
                });
    }

    /** Handles a beat, whose first frame is the worker's routing id. */
    private void onBeat(Multipart message) {
        String worker = message.getString(0);
        heard.add(worker);
        if (known.add(worker)) {
            System.out.println(worker + " says: " + message.getString(1));
        }
    }

    private static void work(
            Context context, EventLoop loop, String endpoint, String name, int beats) {
        DealerSocket dealer = context.dealer();
        dealer.set(SocketOption.ROUTING_ID_TEXT, name);
        dealer.connect(endpoint);
        loop.onMessage(
                dealer, message -> {}); // no message comes; the loop closes the socket at its end
        int[] left = {beats};
        loop.scheduleAtFixedRate(
                Duration.ZERO,
                INTERVAL,
                () -> {
                    if (left[0] > 0 && dealer.trySend("alive")) {
                        left[0]--;
                    }
                });
    }
}
