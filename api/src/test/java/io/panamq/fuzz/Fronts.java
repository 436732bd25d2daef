// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.ConcurrentSender;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.SendingSocket;
import io.panamq.Socket;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** Uses concurrent senders on many threads, and closes them while they send. */
final class Fronts {
    static final List<Operation> ALL =
            List.of(
                    Operation.legal("front-open", 4, Fronts::open),
                    Operation.legal("front-send", 25, Fronts::send),
                    Operation.legal("front-blocked", 4, Fronts::blocked)
                            .orThrow(IndexOutOfBoundsException.class),
                    Operation.illegal("front-null", 1, Fronts::passNull)
                            .orThrow(NullPointerException.class),
                    Operation.legal("front-cancel", 1, Fronts::cancel),
                    Operation.legal("front-close", 3, Fronts::close));

    private Fronts() {}

    /** A sender with its socket, because only the socket tells whether it is closed. */
    record Front(ConcurrentSender sender, Socket socket) {}

    private static Front open(Worker worker) {
        SendingSocket sender = worker.draw.oneIn(4) ? worker.sender() : connected(worker);
        Front front = new Front(sender.concurrentSender(), sender);
        worker.put(worker.world.fronts, front);
        worker.world.allFronts.add(front);
        return front;
    }

    private static SendingSocket connected(Worker worker) {
        Socket[] both = Sockets.pair(worker, worker.context());
        return (SendingSocket) (both[0] instanceof SendingSocket ? both[0] : both[1]);
    }

    private static Front any(Worker worker) {
        Front front = worker.pick(worker.world.fronts);
        if (front == null || (front.socket().isClosed() && !worker.draw.oneIn(8))) {
            return open(worker);
        }
        return worker.note(front);
    }

    static ConcurrentSender front(Worker worker) {
        return any(worker).sender();
    }

    private static void send(Worker worker) {
        ConcurrentSender front = front(worker);
        Duration wait = worker.draw.anyWait();
        switch (worker.draw.below(11)) {
            case 0 -> front.trySend(worker.multipart());
            case 1 -> front.send(worker.multipart(), wait);
            case 2 -> front.send(worker.filled(), wait);
            case 3 -> {
                Message message = worker.filled();
                front.trySend(message);
                front.trySend(message);
            }
            case 4 -> {
                for (int i = worker.draw.below(40); i >= 0; i--) {
                    Message message = Message.of(worker.draw.bytes(worker.draw.below(100)));
                    front.trySend(worker.keep(message));
                }
            }
            case 5 -> front.trySend(worker.draw.bytes(worker.draw.size()));
            case 6 -> front.trySend(worker.draw.text(worker.draw.below(100)));
            case 7 -> front.send(worker.draw.text(worker.draw.below(100)), wait);
            case 8 -> {
                byte[] bytes = worker.draw.bytes(worker.draw.size());
                boolean ignored = front.send(bytes, wait);
                ignored = front.bulkSender().trySend(MemorySegment.ofArray(bytes));
                ignored = front.bulkSender().send(ByteBuffer.wrap(bytes), wait);
            }
            default -> front.trySend(worker.filled());
        }
    }

    private static void blocked(Worker worker) {
        Front any = any(worker);
        ConcurrentSender front = any.sender();
        Message message = worker.filled();
        Multipart multipart = Multiparts.random(worker);
        worker.rescue().of(any.socket().context(), front::close, null);
        switch (worker.draw.below(5)) {
            case 0 -> front.send(multipart);
            case 1 -> front.send(message);
            case 2 -> {
                MemorySegment segment = MemorySegment.ofArray(new byte[100]);
                for (int i = 0; i < 200 && front.bulkSender().send(segment); i++) {
                    worker.draw.any();
                }
            }
            default -> {
                for (int i = 0; i < 200 && front.send("full"); i++) {
                    worker.draw.any();
                }
            }
        }
    }

    private static void passNull(Worker worker) {
        ConcurrentSender front = front(worker);
        switch (worker.draw.below(4)) {
            case 0 -> front.trySend((Message) null);
            case 1 -> front.trySend((Multipart) null);
            case 2 -> front.send((String) null);
            default -> front.send((byte[]) null);
        }
    }

    private static void cancel(Worker worker) {
        any(worker).socket().cancel();
    }

    private static void close(Worker worker) {
        ConcurrentSender front = front(worker);
        front.close();
        if (!front.isClosed()) {
            throw new AssertionError(front + " is not closed");
        }
    }
}
