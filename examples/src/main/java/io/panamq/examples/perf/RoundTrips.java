// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import io.panamq.Message;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import java.util.function.LongConsumer;

/** Sends one message to and fro between REQ and REP, without an allocation for each round trip. */
final class RoundTrips {
    private static final int BATCH = 256;

    private final Load load;
    private final LongConsumer progress;
    private int done;

    RoundTrips(Load load, LongConsumer progress) {
        this.load = load;
        this.progress = progress;
    }

    /** Sends each request after the reply to the last one. Blocks. Returns nanoseconds. */
    long ask(ReqSocket socket) {
        try (Message message = Message.allocate(load.size())) {
            message.data().fill((byte) 0);
            long start = System.nanoTime();
            while (done < load.count()) {
                askSome(socket, message, Math.min(BATCH, load.count() - done));
            }
            return System.nanoTime() - start;
        }
    }

    private void askSome(ReqSocket socket, Message message, int count) {
        for (int i = 0; i < count; i++) {
            if (!socket.send(message) || !socket.receive(message)) {
                throw PerfException.silence((long) done + i, load);
            }
            load.check(message);
        }
        advance(count);
    }

    /** Sends each request back as its reply. Blocks. */
    void answer(RepSocket socket) {
        try (Message message = Message.create()) {
            while (done < load.count()) {
                answerSome(socket, message, Math.min(BATCH, load.count() - done));
            }
        }
    }

    private void answerSome(RepSocket socket, Message message, int count) {
        for (int i = 0; i < count; i++) {
            if (!socket.receive(message)) {
                throw PerfException.silence((long) done + i, load);
            }
            load.check(message);
            if (!socket.send(message)) {
                throw PerfException.silence((long) done + i, load);
            }
        }
        advance(count);
    }

    private void advance(int count) {
        done += count;
        progress.accept(count);
    }
}
