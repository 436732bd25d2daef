// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.scale;

import io.panamq.BulkReceiver;
import io.panamq.BulkSender;
import io.panamq.Context;
import io.panamq.Message;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.bench.kit.Figures;
import io.panamq.bench.kit.JvmChild;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares batches with single messages. One thread sends and another one of the same process
 * receives; both change between single messages and batches every 25 ms, so that a change in the
 * machine's speed meets all ways alike. The results are medians of 60 turns, and the order of the
 * messages is checked. Each line of the table comes from a fresh JVM.
 */
public final class Batches {
    private static final String[] TRANSPORTS = {"inproc", "tcp"};
    private static final int[] SIZES = {8, 128, 1024};
    private static final int MOST = 64;
    private static final int SLICE = 512;
    private static final int TURNS = 60;
    private static final long TURN_NANOS = 25_000_000;
    private static final long WARM_UP_NANOS = 3_000_000_000L;

    private enum Way {
        SINGLE(false, false),
        BATCHES(true, true),
        BATCHES_SENT(true, false),
        BATCHES_RECEIVED(false, true);

        final boolean sendsBatches;
        final boolean receivesBatches;

        Way(boolean sendsBatches, boolean receivesBatches) {
            this.sendsBatches = sendsBatches;
            this.receivesBatches = receivesBatches;
        }
    }

    private final PushSocket push;
    private final PullSocket pull;
    private final BulkSender bulkOut;
    private final BulkReceiver bulkIn;
    private final int size;
    private final Message in = Message.create();
    private volatile boolean sendsBatches;
    private long expected;

    private Batches(Context context, String endpoint, int size) {
        this.pull = context.pull();
        this.push = context.push();
        this.bulkOut = push.bulkSender();
        this.bulkIn = pull.bulkReceiver();
        this.size = size;
        push.connect(pull.bind(endpoint));
        push.handOver();
    }

    /**
     * Measures and prints the table.
     *
     * @param args none; for the process of one line: transport and size
     */
    public static void main(String[] args) throws IOException {
        if (args.length == 2) {
            run(args[0], Integer.parseInt(args[1]));
            return;
        }
        System.out.println("| transport | bytes | single | batches | only sent | only received |");
        System.out.println("|---|---:|---:|---:|---:|---:|");
        for (String transport : TRANSPORTS) {
            for (int size : SIZES) {
                Figures figures = JvmChild.measure(Batches.class, List.of(), transport, size);
                double single = figures.get(Way.SINGLE.name());
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %d | %,.0f | %.2f | %.2f | %.2f |%n",
                        transport,
                        size,
                        single,
                        figures.get(Way.BATCHES.name()) / single,
                        figures.get(Way.BATCHES_SENT.name()) / single,
                        figures.get(Way.BATCHES_RECEIVED.name()) / single);
            }
        }
    }

    private static void run(String transport, int size) {
        Context context = Context.builder().linger(Duration.ZERO).build();
        String endpoint = transport.equals("tcp") ? "tcp://127.0.0.1:*" : "inproc://batches";
        Batches batches = new Batches(context, endpoint, size);
        Thread.ofPlatform().daemon().start(batches::send);
        JvmChild.answerAndHalt(batches.measure());
    }

    private Figures measure() {
        long end = System.nanoTime() + WARM_UP_NANOS;
        while (System.nanoTime() < end) {
            for (Way way : Way.values()) {
                turn(way);
            }
        }
        Map<Way, List<Double>> rates = new EnumMap<>(Way.class);
        for (int turn = 0; turn < TURNS; turn++) {
            for (Way way : Way.values()) {
                rates.computeIfAbsent(way, w -> new ArrayList<>()).add(turn(way));
            }
        }
        Figures figures = new Figures();
        rates.forEach((way, all) -> figures.put(way.name(), Figures.median(all)));
        return figures;
    }

    /** Sends and receives for 25 ms in one way; returns messages per second. */
    private double turn(Way way) {
        sendsBatches = way.sendsBatches;
        // The queues still hold messages that were sent in the way of the last turn.
        for (int i = 0; i < 10; i++) {
            receive(way.receivesBatches);
        }
        long first = expected;
        long start = System.nanoTime();
        long end = start;
        while (end - start < TURN_NANOS) {
            receive(way.receivesBatches);
            end = System.nanoTime();
        }
        return (expected - first) * 1e9 / (end - start);
    }

    private void receive(boolean batches) {
        long last = expected + SLICE;
        while (expected < last) {
            if (batches) {
                int ignored = bulkIn.receiveBatch(this::check, MOST);
            } else {
                pull.receive(in);
                check(in);
            }
        }
    }

    private void check(Message message) {
        if (message.getLong(0) != expected) {
            throw new IllegalStateException("expected message " + expected);
        }
        expected++;
    }

    private void send() {
        Message single = Message.create();
        List<Message> batch = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            batch.add(Message.create());
        }
        long counter = 0;
        while (true) {
            counter = sendsBatches ? sendBatches(batch, counter) : sendSingle(single, counter);
        }
    }

    private long sendSingle(Message message, long first) {
        long counter = first;
        for (int i = 0; i < SLICE; i++) {
            message.prepare(size).setLong(0, counter++);
            push.send(message);
        }
        return counter;
    }

    private long sendBatches(List<Message> batch, long first) {
        long counter = first;
        for (int i = 0; i < SLICE / MOST; i++) {
            for (Message message : batch) {
                message.prepare(size).setLong(0, counter++);
            }
            bulkOut.sendBatch(batch);
        }
        return counter;
    }
}
