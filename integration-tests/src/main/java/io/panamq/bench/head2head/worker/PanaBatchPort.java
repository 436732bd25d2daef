// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.worker;

import io.panamq.BulkReceiver;
import io.panamq.BulkSender;
import io.panamq.Message;
import io.panamq.ReceivingSocket;
import io.panamq.SendingSocket;
import io.panamq.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sends batches of 64 messages and receives batches as they come. For PUSH and PULL only. */
final class PanaBatchPort extends Port {
    private static final int MOST = 64;
    private static final Duration DRAIN = Duration.ofMillis(DRAIN_MILLIS);

    private final Socket socket;
    private final BulkSender sender;
    private final BulkReceiver receiver;
    private final String endpoint;
    private final int size;
    private final List<Message> out = new ArrayList<>();
    private final long[] counters = new long[MOST];
    private int filled;
    private int next;
    private int count;

    PanaBatchPort(Socket socket, String endpoint, int size) {
        this.socket = socket;
        // A PULL never sends and a PUSH never receives, so the null is not used.
        this.sender = socket instanceof SendingSocket s ? s.bulkSender() : null;
        this.receiver = socket instanceof ReceivingSocket r ? r.bulkReceiver() : null;
        this.endpoint = endpoint;
        this.size = size;
        for (int i = 0; i < MOST; i++) {
            out.add(Message.create());
        }
    }

    @Override
    String endpoint() {
        return endpoint;
    }

    @Override
    void send(long counter) {
        out.get(filled++).prepare(size).setLong(0, counter);
        if (filled == MOST) {
            sender.sendBatch(out);
            filled = 0;
        }
    }

    @Override
    long receive() {
        if (next == count) {
            next = 0;
            count = 0;
            receiver.receiveBatch(this::take, MOST);
        }
        return counters[next++];
    }

    private void take(Message message) {
        requireSize(message.size(), size);
        counters[count++] = message.getLong(0);
    }

    @Override
    boolean drain() {
        return receiver.receiveBatch(message -> {}, MOST, DRAIN) > 0;
    }

    @Override
    public void close() {
        out.forEach(Message::close);
        socket.close();
    }
}
