// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.panamq.Context;
import io.panamq.DealerSocket;
import io.panamq.Message;
import io.panamq.SocketOption;
import io.panamq.bench.kit.Figures;
import io.panamq.bench.kit.ProcessStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.List;

/**
 * A process with all or some of the peers of {@link PeersRouter}: DEALER sockets of one context,
 * all on one thread. They do what the lines of standard input say.
 *
 * <p>Arguments: endpoint, number of sockets.
 */
final class PeersDealers {
    /** The names of the figures that it prints at the end, each for one socket. */
    static final List<String> FIGURES =
            List.of(
                    "createMicros",
                    "connectMicros",
                    "fds",
                    "rss",
                    "heap",
                    "closeMicros",
                    "closeCpu");

    private final Figures figures = new Figures();
    private final String endpoint;
    private final DealerSocket[] sockets;
    private ProcessStatus before;

    private PeersDealers(String endpoint, int count) {
        this.endpoint = endpoint;
        this.sockets = new DealerSocket[count];
    }

    public static void main(String[] args) throws IOException {
        PeersWarmUp.run();
        new PeersDealers(args[0], Integer.parseInt(args[1])).run();
    }

    private void run() throws IOException {
        Context context = Context.builder().maxSockets(sockets.length).build();
        context.dealer().close(); // the first socket starts the threads
        before = ProcessStatus.now();
        create(context);
        System.out.println("ready");
        var orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        try (Message message = Message.create()) {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                String[] words = order.split(" ");
                switch (words[0]) {
                    case "connect" -> connect();
                    case "send" -> send(message, Integer.parseInt(words[1]));
                    case "echo" -> echo(message, Integer.parseInt(words[1]));
                    case "close" -> close(context);
                    default -> throw new IllegalArgumentException(order);
                }
                System.out.println(figures);
            }
        }
    }

    private void create(Context context) {
        long start = System.nanoTime();
        for (int i = 0; i < sockets.length; i++) {
            sockets[i] = context.dealer();
        }
        figures.put("createMicros", microsEach(start));
        for (DealerSocket socket : sockets) {
            socket.set(
                    SocketOption.RECONNECT_IVL,
                    Duration.ofSeconds(10)); // no reconnect while it closes
            socket.set(SocketOption.RCVTIMEO, Duration.ofMinutes(2));
        }
    }

    private void connect() throws IOException {
        long start = System.nanoTime();
        for (DealerSocket socket : sockets) {
            socket.connect(endpoint);
            socket.send("hello");
        }
        figures.put("connectMicros", microsEach(start));
    }

    private void send(Message message, int each) throws IOException {
        if (before != null) { // the first send: all are connected now
            ProcessStatus after = ProcessStatus.now();
            double count = sockets.length;
            figures.put("rss", (after.rssBytes() - before.rssBytes()) / count);
            figures.put("heap", (after.heapBytes() - before.heapBytes()) / count);
            figures.put("fds", (after.descriptors() - before.descriptors()) / count);
            before = null;
        }
        for (int round = 0; round < each; round++) {
            for (DealerSocket socket : sockets) {
                socket.send(message.prepare(PeersRouter.SIZE));
            }
        }
    }

    private void echo(Message message, int each) {
        for (int round = 0; round < each; round++) {
            for (DealerSocket socket : sockets) {
                socket.send(message.prepare(PeersRouter.SIZE));
            }
            for (DealerSocket socket : sockets) {
                if (!socket.receive(message)) {
                    throw new IllegalStateException("no echo for " + socket);
                }
            }
        }
    }

    private void close(Context context) {
        double cpu = ProcessStatus.cpuSeconds();
        long start = System.nanoTime();
        context.close(Duration.ofMinutes(2));
        figures.put("closeMicros", microsEach(start));
        figures.put("closeCpu", (ProcessStatus.cpuSeconds() - cpu) * 1e6 / sockets.length);
    }

    private double microsEach(long start) {
        return (System.nanoTime() - start) / 1e3 / sockets.length;
    }
}
