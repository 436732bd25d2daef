// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Message;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import java.util.function.LongConsumer;

/**
 * One-way traffic, in one reused message: no allocation for each. In batches, so that the progress
 * costs nothing, and because the JVM compiles a method that returns better than one endless loop.
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

    /** Sends all. The content of the messages is whatever was in their memory. Blocks. */
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
        finished(count);
    }

    /** Receives all. Blocks. Returns the time from the first to the last, in nanoseconds. */
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
        finished(count);
    }

    private void finished(int count) {
        done += count;
        progress.accept(count);
    }
}
