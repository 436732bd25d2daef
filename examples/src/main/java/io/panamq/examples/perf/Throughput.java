// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Message;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import java.util.function.LongConsumer;

/**
 * Sends or receives messages one way, without an allocation for each. It works in batches, so that
 * the progress costs nothing, and because the JVM compiles a method that returns better than an
 * endless loop.
 */
final class Throughput {
    private static final int BATCH = 1024;

    private final Load load;
    private final LongConsumer progress;
    private int done;

    Throughput(Load load, LongConsumer progress) {
        this.load = load;
        this.progress = progress;
    }

    /** Sends all messages, without setting their content. Blocks. */
    void send(PushSocket socket) {
        try (Message message = Message.create()) {
            while (done < load.count()) {
                sendSome(socket, message, Math.min(BATCH, load.count() - done));
            }
        }
    }

    private void sendSome(PushSocket socket, Message message, int count) {
        int size = load.size();
        for (int i = 0; i < count; i++) {
            message.prepare(size);
            if (!socket.send(message)) {
                throw PerfException.silence((long) done + i, load);
            }
        }
        advance(count);
    }

    /** Receives all. Blocks. Returns the nanoseconds from the first message to the last one. */
    long receive(PullSocket socket) {
        try (Message message = Message.create()) {
            receiveSome(socket, message, 1);
            long start = System.nanoTime();
            while (done < load.count()) {
                receiveSome(socket, message, Math.min(BATCH, load.count() - done));
            }
            return System.nanoTime() - start;
        }
    }

    private void receiveSome(PullSocket socket, Message message, int count) {
        for (int i = 0; i < count; i++) {
            if (!socket.receive(message)) {
                throw PerfException.silence((long) done + i, load);
            }
            load.check(message);
        }
        advance(count);
    }

    private void advance(int count) {
        done += count;
        progress.accept(count);
    }
}
