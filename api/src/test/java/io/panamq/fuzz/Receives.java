// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.BulkReceiver;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.Receiver;
import io.panamq.ReceivingSocket;
import io.panamq.Sender;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.List;

/** Receives in all forms: without waiting, for a while, and for ever. */
final class Receives {
    static final List<Operation> ALL =
            List.of(
                    Operation.legal("receive-new", 40, Receives::fresh),
                    Operation.legal("receive-into", 60, Receives::into),
                    Operation.legal("receive-bytes", 12, Receives::bytes),
                    Operation.legal("receive-multipart", 30, Receives::multipart)
                            .orThrow(IndexOutOfBoundsException.class),
                    Operation.legal("receive-frames", 10, Receives::frames),
                    Operation.legal("receive-buffer", 20, Receives::buffer)
                            .orThrow(ReadOnlyBufferException.class),
                    Operation.legal("receive-segment", 15, Receives::segment)
                            .orThrow(UnsupportedOperationException.class),
                    Operation.legal("receive-echo", 20, Receives::echo)
                            .orThrow(IndexOutOfBoundsException.class),
                    Operation.illegal("receive-null", 2, Receives::passNull)
                            .orThrow(NullPointerException.class),
                    Operation.legal("receive-blocked", 8, Receives::blocked)
                            .orThrow(IndexOutOfBoundsException.class)
                            .orThrow(ReadOnlyBufferException.class));

    private Receives() {}

    /** Returns the view of a receiver, which may have been kept for long. */
    private static BulkReceiver bulk(Worker worker) {
        BulkReceiver kept = worker.pick(worker.world.bulkReceivers);
        if (kept != null && worker.draw.oneIn(8)) {
            return kept;
        }
        BulkReceiver bulk = worker.receiver().bulkReceiver();
        worker.put(worker.world.bulkReceivers, bulk);
        return bulk;
    }

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

    private static void bytes(Worker worker) {
        Receiver receiver = worker.receiver();
        switch (worker.draw.below(4)) {
            case 0 -> worker.note(receiver.tryReceiveBytes().isPresent());
            case 1 -> worker.note(receiver.receiveBytes(worker.draw.anyWait()).isPresent());
            case 2 -> worker.note(receiver.tryReceiveString().isPresent());
            default -> worker.note(receiver.receiveString(worker.draw.anyWait()).isPresent());
        }
    }

    private static void multipart(Worker worker) {
        Receiver receiver = worker.receiver();
        switch (worker.draw.below(6)) {
            case 0 -> receiver.receiveMultipart(worker.draw.anyWait()).ifPresent(worker::keep);
            case 1 -> receiver.tryReceiveMultipart().ifPresent(worker::keep);
            case 2 -> bulk(worker).tryReceive(worker.multipart());
            default -> bulk(worker).receive(worker.multipart(), worker.draw.anyWait());
        }
    }

    private static void frames(Worker worker) {
        BulkReceiver bulk = bulk(worker);
        var frames =
                worker.draw.coin()
                        ? bulk.tryReceiveFrames()
                        : bulk.receiveFrames(worker.draw.anyWait());
        frames.ifPresent(some -> worker.note(some.size()));
    }

    /** Receives into a buffer. One that is too small must leave both frame and buffer alone. */
    private static void buffer(Worker worker) {
        ReceivingSocket receiver = worker.receiver();
        BulkReceiver bulk = worker.draw.coin() ? bulk(worker) : receiver.bulkReceiver();
        ByteBuffer buffer = Memory.buffer(worker);
        int before = buffer.position();
        boolean received = false;
        boolean tooSmall = false;
        try {
            received =
                    worker.draw.coin()
                            ? bulk.tryReceive(buffer)
                            : bulk.receive(buffer, worker.draw.anyWait());
        } catch (IllegalArgumentException e) {
            tooSmall = bulk == receiver.bulkReceiver();
        }
        if (!received && buffer.position() != before) {
            throw new AssertionError(buffer + " was moved from " + before);
        }
        if (tooSmall) {
            receiveWhole(worker, receiver, buffer.remaining());
        }
    }

    private static void segment(Worker worker) {
        ReceivingSocket receiver = worker.receiver();
        MemorySegment memory =
                worker.draw.coin() ? Memory.some(worker) : worker.pick(worker.world.views);
        MemorySegment target = memory == null ? Memory.some(worker) : memory;
        try {
            var size =
                    worker.draw.coin()
                            ? receiver.bulkReceiver().tryReceive(target)
                            : receiver.bulkReceiver().receive(target, worker.draw.anyWait());
            worker.note(size);
        } catch (IllegalArgumentException e) {
            receiveWhole(worker, receiver, target.byteSize());
        }
    }

    /** Receives a frame that was too large, which is not lost. */
    private static void receiveWhole(Worker worker, ReceivingSocket receiver, long room) {
        Message message = receiver.tryReceive().map(worker::keep).orElse(null);
        if (message == null || message.size() <= room) {
            throw new AssertionError(message + " after a frame of more than " + room + " bytes");
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
        BulkReceiver bulk = bulk(worker);
        switch (worker.draw.below(9)) {
            case 0 -> receiver.tryReceive(null);
            case 1 -> receiver.receive((Duration) null);
            case 2 -> receiver.receiveString(null);
            case 3 -> bulk.tryReceive((Multipart) null);
            case 4 -> bulk.tryReceive((ByteBuffer) null);
            case 5 -> bulk.tryReceive((MemorySegment) null);
            case 6 -> bulk.receiveFrames(null);
            case 7 -> bulk.receiveBatch(frame -> {}, 1, null);
            default -> bulk.tryReceiveBatch(null, 1);
        }
    }

    /** Uses the timeout of the socket, which is endless at first. */
    private static void blocked(Worker worker) {
        Receiver receiver = worker.receiver();
        BulkReceiver bulk = receiver.bulkReceiver();
        worker.rescue().of(receiver);
        switch (worker.draw.below(9)) {
            case 0 -> worker.keep(receiver.receive());
            case 1 -> receiver.receive(worker.message());
            case 2 -> bulk.receive(worker.multipart());
            case 3 -> receiver.receiveBytes();
            case 4 -> receiver.receiveString();
            case 5 -> worker.note(bulk.receiveFrames().size());
            case 6 -> bulk.receive(Memory.buffer(worker));
            case 7 -> worker.note(bulk.receive(MemorySegment.ofArray(new byte[100])));
            default -> worker.keep(receiver.receiveMultipart());
        }
    }
}
