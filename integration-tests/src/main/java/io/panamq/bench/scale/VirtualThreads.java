// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.scale;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import io.panamq.bench.kit.Figures;
import io.panamq.bench.kit.JvmChild;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/**
 * Request and reply between pairs of threads, platform and virtual ones: round trips per second of
 * all pairs together. Each run is a fresh JVM; the rounds are interleaved.
 *
 * <p>Arguments: {@code [ROUNDS]}, 3 unless given.
 */
public final class VirtualThreads {
    private static final int[] PAIRS = {1, 10, 100, 1000};
    private static final String[] TRANSPORTS = {"inproc", "tcp"};
    private static final String[] THREADS = {"platform", "virtual"};
    private static final long WARM_UP_MILLIS = 700;
    private static final long MILLIS = 1000;

    private VirtualThreads() {}

    /**
     * Starts it.
     *
     * @param args the number of rounds; a run within: transport, kind of thread, pairs
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 3) {
            run(args[0], args[1].equals("virtual"), Integer.parseInt(args[2]));
            return;
        }
        int rounds = args.length == 0 ? 3 : Integer.parseInt(args[0]);
        Map<String, List<Figures>> runs = new TreeMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (String transport : TRANSPORTS) {
                for (int pairs : PAIRS) {
                    for (String threads : THREADS) {
                        String key = transport + " " + threads + " " + pairs;
                        System.err.printf("round %d of %d: %s%n", round, rounds, key);
                        runs.computeIfAbsent(key, k -> new ArrayList<>())
                                .add(measure(transport, threads, pairs));
                    }
                }
            }
        }
        System.out.printf("%nround trips/s, medians of %d interleaved rounds%n%n", rounds);
        System.out.println("| transport | pairs | platform threads | virtual threads | ratio |");
        System.out.println("|---|---:|---:|---:|---:|");
        for (String transport : TRANSPORTS) {
            for (int pairs : PAIRS) {
                double platform =
                        Figures.median(runs.get(transport + " platform " + pairs), "rate");
                double virtual = Figures.median(runs.get(transport + " virtual " + pairs), "rate");
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

    private static Figures measure(String transport, String threads, int pairs) throws IOException {
        try (JvmChild child =
                new JvmChild(VirtualThreads.class, List.of(), transport, threads, pairs)) {
            return Figures.parse(child.answer());
        }
    }

    private static void run(String transport, boolean virtual, int pairs)
            throws InterruptedException {
        Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
        LongAdder done = new LongAdder();
        CountDownLatch ready = new CountDownLatch(pairs);
        // Else those that are there would leave no time to start the others.
        CountDownLatch go = new CountDownLatch(1);
        Context context = Context.builder().maxSockets(2 * pairs).build();
        for (int i = 0; i < pairs; i++) {
            RepSocket rep = context.rep();
            String endpoint =
                    rep.bind(transport.equals("tcp") ? "tcp://127.0.0.1:*" : "inproc://" + i);
            rep.release();
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
        System.out.println(new Figures().put("rate", rate));
        System.out.flush();
        Runtime.getRuntime().halt(0);
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
