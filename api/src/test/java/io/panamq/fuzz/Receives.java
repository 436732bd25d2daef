// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.Receiver;
import io.panamq.Sender;
import java.util.List;

/** Receives in all forms: without waiting, for a while, and for ever. */
final class Receives {
    static final List<Operation> ALL =
            List.of(
                    Operation.legal("receive-new", 40, Receives::fresh),
                    Operation.legal("receive-into", 60, Receives::into),
                    Operation.legal("receive-bytes", 8, Receives::bytes),
                    Operation.legal("receive-multipart", 30, Receives::multipart)
                            .orThrow(IndexOutOfBoundsException.class),
                    Operation.legal("receive-echo", 20, Receives::echo)
                            .orThrow(IndexOutOfBoundsException.class),
                    Operation.illegal("receive-null", 2, Receives::passNull)
                            .orThrow(NullPointerException.class),
                    Operation.legal("receive-blocked", 5, Receives::blocked)
                            .orThrow(IndexOutOfBoundsException.class));

    private Receives() {}

    private static void fresh(Worker worker) {
        Receiver receiver = worker.receiver();
        var message =
                worker.draw.coin()
                        ? receiver.tryReceive()
                        : receiver.receive(worker.draw.anyWait());
        message.ifPresent(worker::keep);
    }

    private static void into(Worker worker) {
        Receiver receiver = worker.receiver();
        Message message = worker.message();
        if (worker.draw.coin()) {
            receiver.tryReceive(message);
        } else {
            receiver.receive(message, worker.draw.anyWait());
        }
    }

    /** Receives bytes. These calls use the timeout of the socket, which is endless at first. */
    private static void bytes(Worker worker) {
        Receiver receiver = worker.receiver();
        worker.rescue().of(receiver);
        if (worker.draw.coin()) {
            receiver.receiveBytes();
        } else {
            receiver.receiveString();
        }
    }

    private static void multipart(Worker worker) {
        Receiver receiver = worker.receiver();
        switch (worker.draw.below(6)) {
            case 0 -> receiver.receiveMultipart(worker.draw.anyWait()).ifPresent(worker::keep);
            case 1, 2 -> receiver.tryReceiveMultipart().ifPresent(worker::keep);
            default -> receiver.receive(worker.multipart(), worker.draw.anyWait());
        }
    }

    /** Sends a message back to its sender, which is what REP, ROUTER and STREAM are for. */
    private static void echo(Worker worker) {
        Receiver receiver = worker.receiver();
        if (!(receiver instanceof Sender sender)) {
            return;
        }
        try (Multipart multipart = Multipart.create()) {
            if (receiver.bulkReceiver().receive(multipart, worker.draw.anyWait())) {
                if (worker.draw.oneIn(3)) {
                    multipart.add(worker.draw.bytes(worker.draw.size()));
                }
                sender.trySend(multipart);
            }
        }
    }

    private static void passNull(Worker worker) {
        Receiver receiver = worker.receiver();
        switch (worker.draw.below(4)) {
            case 0 -> receiver.tryReceive((Message) null);
            case 1 -> receiver.tryReceive((Multipart) null);
            case 2 -> receiver.receive((java.time.Duration) null);
            default -> receiver.bulkReceiver().tryReceiveBatch(null, 1);
        }
    }

    private static void blocked(Worker worker) {
        Receiver receiver = worker.receiver();
        worker.rescue().of(receiver);
        switch (worker.draw.below(4)) {
            case 0 -> {
                Message message = receiver.receive();
                if (message != null) {
                    worker.keep(message);
                }
            }
            case 1 -> receiver.receive(worker.message());
            case 2 -> receiver.receive(worker.multipart());
            default -> {
                Multipart multipart = receiver.receiveMultipart();
                if (multipart != null) {
                    worker.keep(multipart);
                }
            }
        }
    }
}
