// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.scale;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.bench.kit.Figures;
import io.panamq.bench.kit.InterleavedRounds;
import io.panamq.bench.kit.JvmChild;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Compares one I/O thread with two: tcp between two processes, over several connections at the same
 * time. One thread sends over all of them in turns, one receives. Each run has fresh JVMs; the
 * rounds are interleaved.
 *
 * <p>Arguments: {@code [ROUNDS]}, 3 by default.
 */
public final class IoThreads {
    private static final int[] SIZES = {128, 32 * 1024};
    private static final int[] CONNECTIONS = {1, 4, 16};
    private static final int[] THREADS = {1, 2};
    private static final long BYTES = 2L << 30;
    private static final int MOST_MESSAGES = 4_000_000;

    private IoThreads() {}

    /**
     * Measures and prints the table.
     *
     * @param args the number of rounds
     */
    public static void main(String[] args) throws IOException {
        int rounds = args.length == 0 ? 3 : Integer.parseInt(args[0]);
        InterleavedRounds rates = new InterleavedRounds();
        for (int size : SIZES) {
            for (int connections : CONNECTIONS) {
                for (int threads : THREADS) {
                    rates.add(
                            key(size, connections, threads),
                            () -> measure(size, connections, threads));
                }
            }
        }
        rates.run(rounds);
        System.out.printf("%nmsg/s over tcp, medians of %d interleaved rounds%n%n", rounds);
        System.out.println("| size | connections | 1 I/O thread | 2 I/O threads | 2 / 1 |");
        System.out.println("|---:|---:|---:|---:|---:|");
        for (int size : SIZES) {
            for (int connections : CONNECTIONS) {
                double one = rates.median(key(size, connections, 1), "rate");
                double two = rates.median(key(size, connections, 2), "rate");
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %d | %,.0f | %,.0f | %.2f |%n",
                        size,
                        connections,
                        one,
                        two,
                        two / one);
            }
        }
    }

    private static String key(int size, int connections, int threads) {
        return size + " B, connections " + connections + ", I/O threads " + threads;
    }

    private static Figures measure(int size, int connections, int threads) throws IOException {
        long fitting = Math.min(MOST_MESSAGES, BYTES / size);
        long count = fitting / connections * connections;
        List<String> options = List.of("-Xmx256m");
        try (JvmChild receiver = new JvmChild(Receiver.class, options, threads, count)) {
            String endpoint = receiver.answer();
            try (JvmChild sender =
                    new JvmChild(
                            Sender.class, options, endpoint, threads, connections, size, count)) {
                sender.answer(); // all is sent; the child leaves when its input ends
                return Figures.parse(receiver.answer());
            }
        }
    }

    /** The receiving process: I/O threads, messages. */
    static final class Receiver {
        private Receiver() {}

        public static void main(String[] args) {
            long count = Long.parseLong(args[1]);
            try (Context context = Context.builder().ioThreads(Integer.parseInt(args[0])).build();
                    PullSocket socket = context.pull();
                    Message message = Message.create()) {
                System.out.println(socket.bind("tcp://127.0.0.1:*"));
                // The first quarter warms up the compiler.
                long warm = count / 4;
                receive(socket, message, warm);
                long start = System.nanoTime();
                receive(socket, message, count - warm);
                double rate = (count - warm) * 1e9 / (System.nanoTime() - start);
                System.out.println(new Figures().put("rate", rate));
            }
        }

        private static void receive(PullSocket socket, Message message, long count) {
            for (long i = 0; i < count; i++) {
                socket.receive(message);
            }
        }
    }

    /** The sending process: endpoint, I/O threads, connections, size, messages. */
    static final class Sender {
        private Sender() {}

        public static void main(String[] args) throws IOException {
            int size = Integer.parseInt(args[3]);
            long each = Long.parseLong(args[4]) / Integer.parseInt(args[2]);
            try (Context context = Context.builder().ioThreads(Integer.parseInt(args[1])).build();
                    Message message = Message.create()) {
                PushSocket[] sockets = new PushSocket[Integer.parseInt(args[2])];
                for (int i = 0; i < sockets.length; i++) {
                    sockets[i] = context.push();
                    sockets[i].connect(args[0]);
                }
                for (long i = 0; i < each; i++) {
                    for (PushSocket socket : sockets) {
                        socket.send(message.prepare(size));
                    }
                }
                System.out.println("sent");
                System.in.read(); // waits for the end of the input
            }
        }
    }
}
