// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.BulkSender;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.Sender;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sends legal and illegal content: without waiting, for a while, and for ever. */
final class Sends {
    static final List<Operation> ALL =
            List.of(
                    Operation.legal("send-message", 60, Sends::message),
                    Operation.legal("send-twice", 10, Sends::twice),
                    Operation.legal("send-bytes", 30, Sends::bytes),
                    Operation.legal("send-text", 10, Sends::text),
                    Operation.legal("send-segment", 15, Sends::segment)
                            .orThrow(OutOfMemoryError.class),
                    Operation.legal("send-buffer", 10, Sends::buffer)
                            .orThrow(OutOfMemoryError.class),
                    Operation.legal("send-list", 8, Sends::list),
                    Operation.legal("send-multipart", 30, Sends::multipart)
                            .orThrow(IndexOutOfBoundsException.class),
                    Operation.legal("send-batch", 15, Sends::batch),
                    Operation.illegal("send-null", 3, Sends::passNull)
                            .orThrow(NullPointerException.class),
                    Operation.legal("send-blocked", 5, Sends::blocked)
                            .orThrow(OutOfMemoryError.class)
                            .orThrow(IndexOutOfBoundsException.class));

    private Sends() {}

    private static void message(Worker worker) {
        send(worker, worker.sender(), worker.filled());
    }

    static boolean send(Worker worker, Sender sender, Message message) {
        return worker.draw.oneIn(4)
                ? sender.send(message, worker.draw.anyWait())
                : sender.trySend(message);
    }

    static boolean send(Worker worker, Sender sender, Multipart multipart) {
        return worker.draw.oneIn(4)
                ? sender.send(multipart, worker.draw.anyWait())
                : sender.trySend(multipart);
    }

    private static void twice(Worker worker) {
        Message message = worker.filled();
        send(worker, worker.sender(), message);
        send(worker, worker.sender(), message);
    }

    private static void bytes(Worker worker) {
        byte[] content = worker.draw.bytes(worker.draw.size());
        if (worker.draw.oneIn(4)) {
            worker.sender().send(content, worker.draw.anyWait());
        } else {
            worker.sender().trySend(content);
        }
    }

    private static void text(Worker worker) {
        String text = worker.draw.text(worker.draw.below(100));
        if (worker.draw.oneIn(4)) {
            worker.sender().send(text, worker.draw.anyWait());
        } else {
            worker.sender().trySend(text);
        }
    }

    private static void segment(Worker worker) {
        MemorySegment memory =
                worker.draw.coin() ? Memory.some(worker) : worker.pick(worker.world.views);
        MemorySegment content = memory == null ? Memory.some(worker) : memory;
        if (worker.draw.oneIn(4)) {
            worker.bulkSender().send(content, worker.draw.anyWait());
        } else {
            worker.bulkSender().trySend(content);
        }
    }

    private static void buffer(Worker worker) {
        ByteBuffer buffer = Memory.buffer(worker);
        int before = buffer.position();
        BulkSender bulk = worker.bulkSender();
        try {
            boolean sent =
                    worker.draw.oneIn(4)
                            ? bulk.send(buffer, worker.draw.anyWait())
                            : bulk.trySend(buffer);
            requirePosition(buffer, sent ? buffer.limit() : before);
        } catch (RuntimeException e) {
            requirePosition(buffer, before);
            throw e;
        }
    }

    private static void requirePosition(ByteBuffer buffer, int expected) {
        if (buffer.position() != expected) {
            throw new AssertionError(buffer + " is not at " + expected);
        }
    }

    private static void list(Worker worker) {
        List<byte[]> frames = new ArrayList<>();
        for (int i = worker.draw.below(4); i > 0; i--) {
            frames.add(worker.draw.bytes(worker.draw.size()));
        }
        if (worker.draw.oneIn(4)) {
            worker.bulkSender().send(frames, worker.draw.anyWait());
        } else {
            worker.bulkSender().trySend(frames);
        }
    }

    private static void multipart(Worker worker) {
        Multipart multipart = worker.multipart();
        if (multipart.size() == 0) {
            Multiparts.fill(worker, multipart);
        }
        send(worker, worker.sender(), multipart);
    }

    private static void batch(Worker worker) {
        List<Message> messages = several(worker);
        if (worker.draw.coin()) {
            worker.bulkSender().trySendBatch(messages);
        } else {
            worker.bulkSender().sendBatch(messages, worker.draw.anyWait());
        }
    }

    private static List<Message> several(Worker worker) {
        List<Message> messages = new ArrayList<>();
        for (int i = worker.draw.below(6); i >= 0; i--) {
            messages.add(worker.filled());
        }
        return messages;
    }

    private static void passNull(Worker worker) {
        Sender sender = worker.sender();
        BulkSender bulk = worker.bulkSender();
        switch (worker.draw.below(10)) {
            case 0 -> sender.trySend((Message) null);
            case 1 -> sender.trySend((byte[]) null);
            case 2 -> sender.trySend((String) null);
            case 3 -> sender.trySend((Multipart) null);
            case 4 -> sender.send("never", null);
            case 5 -> bulk.trySend((MemorySegment) null);
            case 6 -> bulk.trySend((ByteBuffer) null);
            case 7 -> bulk.trySend((List<byte[]>) null);
            case 8 -> bulk.trySend(Arrays.asList(new byte[1], null));
            default -> bulk.trySendBatch(null);
        }
    }

    private static void blocked(Worker worker) {
        Sender sender = worker.sender();
        BulkSender bulk = sender.bulkSender();
        int kind = worker.draw.below(10);
        List<Message> messages = several(worker);
        Multipart multipart = Multiparts.random(worker);
        worker.rescue().of(sender);
        switch (kind) {
            case 0 -> sender.send(messages.get(0));
            case 1 -> bulk.sendBatch(messages);
            case 2 -> sender.send(multipart);
            case 3 -> bulk.send(Memory.some(worker));
            case 4 -> bulk.send(Memory.buffer(worker));
            case 5 -> bulk.send(List.of(worker.draw.bytes(worker.draw.size()), new byte[1]));
            case 6 -> sender.send(worker.draw.bytes(worker.draw.size()));
            default -> {
                // The loop fills the queue, so that the call blocks.
                for (int i = 0; i < 2_000 && sender.send("full"); i++) {
                    worker.draw.any();
                }
            }
        }
    }
}
