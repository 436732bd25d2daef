// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Message;
import io.panamq.Receiver;
import io.panamq.Sender;
import io.panamq.Socket;
import java.util.List;

/** Receives batches whose handlers misuse the frames and the socket. */
final class Batches {
    static final List<Operation> ALL =
            List.of(
                    Operation.legal("batch-drain", 30, Batches::drain)
                            .orThrow(IndexOutOfBoundsException.class),
                    Operation.legal("batch-wait", 15, Batches::waiting)
                            .orThrow(IndexOutOfBoundsException.class));

    private Batches() {}

    private static void drain(Worker worker) {
        Receiver receiver = worker.receiver();
        receiver.bulkReceiver()
                .tryReceiveBatch(frame -> handle(worker, receiver, frame), worker.draw.below(12));
    }

    private static void waiting(Worker worker) {
        Receiver receiver = worker.receiver();
        int most = 1 + worker.draw.below(5);
        if (worker.draw.oneIn(4)) {
            worker.rescue().of(receiver);
            receiver.bulkReceiver().receiveBatch(frame -> handle(worker, receiver, frame), most);
        } else {
            receiver.bulkReceiver()
                    .receiveBatch(
                            frame -> handle(worker, receiver, frame), most, worker.draw.anyWait());
        }
    }

    static void handle(Worker worker, Receiver receiver, Message frame) {
        Draw draw = worker.draw;
        switch (draw.below(16)) {
            case 0 -> worker.put(worker.world.views, frame.data());
            case 1 -> worker.keep(frame.share());
            // The frame must be dead after the batch, on any thread. A frame of a loop can be
            // taken.
            case 2 -> {
                worker.world.allMessages.add(frame);
                worker.put(worker.world.messages, frame);
            }
            case 3 -> frame.close();
            case 4 -> {
                frame.handOver();
                worker.keep(frame);
            }
            case 5 -> worker.sender().trySend(frame);
            case 6 -> {
                worker.put(worker.world.views, frame.data());
                worker.sender().trySend(frame);
            }
            case 7 -> receiver.tryReceive(frame);
            case 8 -> receiver.tryReceive().ifPresent(worker::keep);
            case 9 -> receiver.bulkReceiver().tryReceiveBatch(nested -> nested.size(), 2);
            case 10 -> {
                if (draw.oneIn(4)) {
                    ((Socket) receiver).close();
                }
            }
            case 11 -> {
                if (draw.oneIn(4)) {
                    throw new Operation.Planned();
                }
            }
            case 12 -> ((Socket) receiver).handOver();
            case 13 -> {
                if (receiver instanceof Sender sender) {
                    sender.trySend(frame);
                }
            }
            default -> Messages.read(worker, frame);
        }
    }
}
