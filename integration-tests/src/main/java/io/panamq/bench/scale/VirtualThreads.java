// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.scale;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import io.panamq.bench.kit.Figures;
import io.panamq.bench.kit.InterleavedRounds;
import io.panamq.bench.kit.JvmChild;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/**
 * Compares platform threads with virtual threads: pairs of them exchange requests and replies. The
 * results are round trips per second of all pairs together. Each run is a fresh JVM; the rounds are
 * interleaved.
 *
 * <p>Arguments: {@code [ROUNDS]}, 3 by default.
 */
public final class VirtualThreads {
    private static final int[] PAIRS = {1, 10, 100, 1000};
    private static final String[] TRANSPORTS = {"inproc", "tcp"};
    private static final String[] THREADS = {"platform", "virtual"};
    private static final long WARM_UP_MILLIS = 700;
    private static final long MILLIS = 1000;

    private VirtualThreads() {}

    /**
     * Measures and prints the table.
     *
     * @param args the number of rounds; for the process of one run: transport, kind of thread,
     *     pairs
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 3) {
            run(args[0], args[1].equals("virtual"), Integer.parseInt(args[2]));
            return;
        }
        int rounds = args.length == 0 ? 3 : Integer.parseInt(args[0]);
        InterleavedRounds runs = new InterleavedRounds();
        for (String transport : TRANSPORTS) {
            for (int pairs : PAIRS) {
                for (String threads : THREADS) {
                    runs.add(
                            transport + " " + threads + " " + pairs,
                            () ->
                                    JvmChild.measure(
                                            VirtualThreads.class,
                                            List.of(),
                                            transport,
                                            threads,
                                            pairs));
                }
            }
        }
        runs.run(rounds);
        System.out.printf("%nround trips/s, medians of %d interleaved rounds%n%n", rounds);
        System.out.println("| transport | pairs | platform threads | virtual threads | ratio |");
        System.out.println("|---|---:|---:|---:|---:|");
        for (String transport : TRANSPORTS) {
            for (int pairs : PAIRS) {
                double platform = runs.median(transport + " platform " + pairs, "rate");
                double virtual = runs.median(transport + " virtual " + pairs, "rate");
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %d | %,.0f | %,.0f | %.2f |%n",
                        transport,
                        pairs,
                        platform,
                        virtual,
                        virtual / platform);
            }
        }
    }

    private static void run(String transport, boolean virtual, int pairs)
            throws InterruptedException {
        Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
        LongAdder done = new LongAdder();
        CountDownLatch ready = new CountDownLatch(pairs);
        // Without it the first pairs would leave no processor time to start the others.
        CountDownLatch go = new CountDownLatch(1);
        Context context = Context.builder().maxSockets(2 * pairs).build();
        for (int i = 0; i < pairs; i++) {
            RepSocket rep = context.rep();
            String endpoint =
                    rep.bind(transport.equals("tcp") ? "tcp://127.0.0.1:*" : "inproc://" + i);
            rep.handOver();
            builder.start(() -> reply(rep));
            builder.start(() -> request(context.req(), endpoint, go, ready, done));
        }
        go.countDown();
        ready.await();
        Thread.sleep(WARM_UP_MILLIS);
        long begin = System.nanoTime();
        done.reset();
        Thread.sleep(MILLIS);
        double rate = done.sum() * 1e9 / (System.nanoTime() - begin);
        JvmChild.answerAndHalt(new Figures().put("rate", rate));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void reply(RepSocket rep) {
        try (Message message = Message.create()) {
            while (rep.receive(message)) {
                rep.send(message);
            }
        }
    }

    private static void request(
            ReqSocket req,
            String endpoint,
            CountDownLatch go,
            CountDownLatch ready,
            LongAdder done) {
        req.connect(endpoint);
        await(go);
        try (Message message = Message.create()) {
            for (long i = 0; ; i++) {
                message.prepare(64).setLong(0, i);
                req.send(message);
                req.receive(message);
                if (message.getLong(0) != i) {
                    throw new IllegalStateException("the reply is not that to the request");
                }
                if (i == 0) {
                    ready.countDown();
                }
                done.increment();
            }
        }
    }
}
