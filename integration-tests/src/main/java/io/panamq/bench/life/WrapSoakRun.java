// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.life;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.MessageTracker;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.bench.kit.Figures;
import io.panamq.bench.kit.ProcessStatus;
import io.panamq.internal.memory.ReleaseThread;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.FutureTask;

/**
 * The process of {@link WrapSoak} that sends and receives. It prints its figures as one line.
 *
 * <p>Arguments: transport, number of messages.
 */
final class WrapSoakRun {
    private static final int SIZE = 1024;
    private static final int PARTS = 10;

    /** After this many parts all that is allocated once is there. */
    private static final int SETTLED = 2;

    private static final double MIB = 1 << 20;

    private final int count;
    private final Figures figures = new Figures();
    private final MemorySegment content = Arena.ofAuto().allocate(SIZE);

    /** How often the release of each message has run. Only the thread of the releases writes it. */
    private final byte[] released;

    private WrapSoakRun(int count) {
        this.count = count;
        this.released = new byte[count];
        content.fill((byte) 1);
    }

    public static void main(String[] args) throws Exception {
        WrapSoakRun run = new WrapSoakRun(Integer.parseInt(args[1]));
        run.measure(args[0].equals("tcp") ? "tcp://127.0.0.1:*" : "inproc://soak");
        System.out.println(run.figures);
    }

    private void measure(String wildcard) throws Exception {
        long start = System.nanoTime();
        try (Context context = Context.create()) {
            PullSocket pull = context.pull();
            String endpoint = pull.bind(wildcard);
            pull.handOver();
            var receiving = new FutureTask<Void>(() -> receive(pull), null);
            Thread.ofPlatform().daemon().name("receiver").start(receiving);
            try (PushSocket push = context.push()) {
                push.connect(endpoint);
                send(push);
                receiving.get();
            }
        }
        awaitLast();
        figures.put("seconds", (System.nanoTime() - start) / 1e9);
        countReleases();
        putStatus("last");
    }

    private void send(PushSocket push) throws IOException {
        for (int part = 0; part < PARTS; part++) {
            int end = (int) ((long) count * (part + 1) / PARTS);
            for (int i = (int) ((long) count * part / PARTS); i < end; i++) {
                sendOne(push, i);
            }
            ProcessStatus status = ProcessStatus.now();
            System.err.printf("%,d sent, RSS %.1f MiB%n", end, status.rssBytes() / MIB);
            if (part + 1 == SETTLED) {
                putStatus("first");
            }
        }
    }

    private void sendOne(PushSocket push, int index) {
        push.send(Message.wrap(content, () -> released[index]++));
    }

    private void receive(PullSocket pull) {
        try (pull;
                Message message = Message.create()) {
            for (int i = 0; i < count; i++) {
                pull.receive(message);
                if (message.size() != SIZE || message.getByte(SIZE - 1) != 1) {
                    throw new IllegalStateException("message " + i + " is wrong: " + message);
                }
            }
        }
    }

    /** Waits for a release that is queued after all others: they run in the order of the queue. */
    private void awaitLast() {
        MessageTracker tracker;
        try (Message last = Message.wrap(content, () -> {})) {
            tracker = MessageTracker.of(last);
        }
        if (!tracker.awaitReleased(Duration.ofMinutes(1))) {
            throw new IllegalStateException("not released in a minute: " + tracker);
        }
    }

    private void countReleases() {
        int once = 0;
        for (byte times : released) {
            once += times == 1 ? 1 : 0;
        }
        figures.put("once", once);
        figures.put("notOnce", count - once);
        figures.put("held", ReleaseThread.heldCount()); // the api does not publish this number
    }

    private void putStatus(String when) throws IOException {
        ProcessStatus status = ProcessStatus.now();
        figures.put(when + "Rss", status.rssBytes() / MIB);
        figures.put(when + "Heap", status.heapBytes() / MIB);
    }
}
