// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.scale;

import io.panamq.ConcurrentSender;
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
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares one thread that sends through its own socket with 1 and 8 threads that share a socket by
 * a {@link ConcurrentSender}, in messages per second at the receiver, a thread of the same process.
 * Each run is a fresh JVM; the rounds are interleaved.
 *
 * <p>Arguments: {@code [ROUNDS]}, 3 by default.
 */
public final class Producers {
    private static final String[] TRANSPORTS = {"inproc", "tcp"};
    private static final int[] SIZES = {8, 128, 1024};
    private static final String[] SENDERS = {"direct", "1 thread", "8 threads", "8 virtual"};
    private static final long WARM_UP_MILLIS = 1000;
    private static final long MILLIS = 1000;

    private Producers() {}

    /**
     * Measures and prints the table.
     *
     * @param args the number of rounds; for the process of one run: transport, size, senders
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 3) {
            run(args[0], Integer.parseInt(args[1]), args[2]);
            return;
        }
        int rounds = args.length == 0 ? 3 : Integer.parseInt(args[0]);
        InterleavedRounds runs = new InterleavedRounds();
        for (String transport : TRANSPORTS) {
            for (int size : SIZES) {
                for (String senders : SENDERS) {
                    runs.add(
                            transport + " " + size + " " + senders,
                            () ->
                                    JvmChild.measure(
                                            Producers.class, List.of(), transport, size, senders));
                }
            }
        }
        runs.run(rounds);
        print(runs, rounds);
    }

    private static void print(InterleavedRounds runs, int rounds) {
        System.out.printf("%nmessages/s, medians of %d interleaved rounds%n%n", rounds);
        System.out.println(
                "| transport | bytes | one thread, its own socket | 1 thread | 8 threads | 8 virtual"
                        + " threads | 8 threads / own socket |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        for (String transport : TRANSPORTS) {
            for (int size : SIZES) {
                double[] rates = new double[SENDERS.length];
                for (int i = 0; i < rates.length; i++) {
                    String key = transport + " " + size + " " + SENDERS[i];
                    rates[i] = runs.median(key, "rate");
                }
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %d | %,.0f | %,.0f | %,.0f | %,.0f | %.2f |%n",
                        transport,
                        size,
                        rates[0],
                        rates[1],
                        rates[2],
                        rates[3],
                        rates[2] / rates[0]);
            }
        }
    }

    private static void run(String transport, int size, String senders)
            throws InterruptedException {
        Context context = Context.create();
        PullSocket pull = context.pull();
        String endpoint = transport.equals("tcp") ? "tcp://127.0.0.1:*" : "inproc://producers";
        PushSocket push = context.push();
        push.connect(pull.bind(endpoint));
        pull.handOver();
        push.handOver();
        AtomicLong received = new AtomicLong();
        Thread.ofPlatform().daemon().start(() -> receive(pull, size, received));
        if (senders.equals("direct")) {
            Thread.ofPlatform().daemon().start(() -> sendAlone(push, size));
        } else {
            ConcurrentSender sender = push.concurrentSender();
            Thread.Builder builder =
                    senders.endsWith("virtual") ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
            int count = Integer.parseInt(senders.substring(0, senders.indexOf(' ')));
            for (int i = 0; i < count; i++) {
                builder.start(() -> sendTogether(sender, size));
            }
        }
        Thread.sleep(WARM_UP_MILLIS);
        long begin = System.nanoTime();
        long before = received.get();
        Thread.sleep(MILLIS);
        double rate = (received.get() - before) * 1e9 / (System.nanoTime() - begin);
        JvmChild.answerAndHalt(new Figures().put("rate", rate));
    }

    private static void sendAlone(PushSocket push, int size) {
        try (Message message = Message.create()) {
            for (long i = 0; ; i++) {
                message.prepare(size).setLong(0, i);
                push.send(message);
            }
        }
    }

    private static void sendTogether(ConcurrentSender sender, int size) {
        try (Message message = Message.create()) {
            for (long i = 0; ; i++) {
                message.prepare(size).setLong(0, i);
                sender.send(message);
            }
        }
    }

    private static void receive(PullSocket pull, int size, AtomicLong received) {
        try (Message message = Message.create()) {
            while (pull.receive(message)) {
                if (message.size() != size) {
                    throw new IllegalStateException("a message of " + message.size() + " bytes");
                }
                received.lazySet(received.getPlain() + 1);
            }
        }
    }
}
