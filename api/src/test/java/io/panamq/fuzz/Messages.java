// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.ConnectionId;
import io.panamq.Message;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/** Uses messages and their views early, late, twice and on any thread. */
final class Messages {
    static final List<Operation> ALL =
            List.of(
                    Operation.legal("message-make", 20, worker -> worker.keep(random(worker))),
                    Operation.legal("message-prepare", 30, Messages::prepare),
                    Operation.illegal("message-huge", 4, Messages::huge),
                    Operation.legal("message-view", 30, Messages::view),
                    Operation.legal("view-read", 30, Messages::readView)
                            .orThrow(IndexOutOfBoundsException.class),
                    Operation.legal("view-write", 20, Messages::writeView)
                            .orThrow(IndexOutOfBoundsException.class)
                            .orThrow(UnsupportedOperationException.class),
                    Operation.legal("message-read", 25, w -> read(w, w.message()))
                            .orThrow(IndexOutOfBoundsException.class),
                    Operation.legal("message-write", 25, Messages::write)
                            .orThrow(IndexOutOfBoundsException.class),
                    Operation.legal("message-copy", 20, Messages::copy)
                            .orThrow(IndexOutOfBoundsException.class)
                            .orThrow(UnsupportedOperationException.class),
                    Operation.legal("message-share", 20, w -> w.keep(w.filled().share())),
                    Operation.legal("message-release", 20, w -> w.message().handOver()),
                    Operation.legal("message-close", 20, w -> w.message().close()),
                    Operation.illegal("message-null", 3, Messages::passNull)
                            .orThrow(IndexOutOfBoundsException.class)
                            .orThrow(NullPointerException.class),
                    Operation.legal("message-ask", 15, Messages::ask));

    private static final List<String> METADATA =
            List.of("Socket-Type", "Peer-Address", "User-Id", "Identity", "", "x", "a\0b");

    private Messages() {}

    static Message random(Worker worker) {
        Draw draw = worker.draw;
        return switch (draw.below(6)) {
            case 0 -> Message.create();
            case 1 -> Message.of(draw.bytes(draw.size()));
            case 2 -> Message.of(draw.text(draw.below(50)));
            case 3 -> Message.of(MemorySegment.ofArray(draw.bytes(draw.size())));
            default -> Message.allocate(draw.size());
        };
    }

    private static void prepare(Worker worker) {
        Message message = worker.message().prepare(worker.draw.size());
        if (message.size() >= 8) {
            message.setLong(message.size() - 8, worker.draw.any());
        }
    }

    /** Asks for more memory than any machine has. */
    private static void huge(Worker worker) {
        long size =
                worker.draw.of(
                        List.of(
                                -1L,
                                Long.MIN_VALUE,
                                1L << 50,
                                Long.MAX_VALUE,
                                Long.MAX_VALUE - 63,
                                Long.MAX_VALUE - 128));
        if (worker.draw.coin()) {
            worker.message().prepare(size);
        } else {
            worker.keep(Message.allocate(size));
        }
    }

    private static void view(Worker worker) {
        worker.put(worker.world.views, worker.filled().data());
    }

    private static void readView(Worker worker) {
        MemorySegment view = worker.pick(worker.world.views);
        if (view != null) {
            long at = view.byteSize() == 0 ? 0 : worker.draw.below((int) view.byteSize());
            // The value is not boxed. A value from a cut file is not a byte, and HotSpot's cache of
            // boxes would be read out of bounds.
            int value = view.get(ValueLayout.JAVA_BYTE, worker.draw.oneIn(8) ? -1 : at);
            worker.note(value < 0 ? "negative" : "positive");
        }
    }

    private static void writeView(Worker worker) {
        MemorySegment view = worker.pick(worker.world.views);
        if (view != null) {
            long length = view.byteSize();
            long at = length == 0 ? 0 : worker.draw.below((int) length);
            view.set(ValueLayout.JAVA_BYTE, worker.draw.oneIn(8) ? length : at, (byte) 1);
        }
    }

    static void read(Worker worker, Message message) {
        long offset = offset(worker);
        switch (worker.draw.below(9)) {
            case 0 -> worker.note(message.getByte(offset));
            case 1 -> worker.note(message.getInt(offset));
            case 2 -> worker.note(message.getInt(offset, order(worker)));
            case 3 -> worker.note(message.getLong(offset));
            case 4 -> worker.note(message.getLong(offset, order(worker)));
            case 5 -> worker.note(message.getBytes().length);
            case 6 -> worker.note(message.contentEquals(new byte[worker.draw.below(40)]));
            case 7 -> worker.note(message.contentEquals(worker.draw.text(worker.draw.below(8))));
            default -> worker.note(message.getString().length());
        }
    }

    private static void write(Worker worker) {
        Message message = worker.filled();
        long offset = offset(worker);
        switch (worker.draw.below(5)) {
            case 0 -> message.setByte(offset, (byte) 1);
            case 1 -> message.setInt(offset, 2);
            case 2 -> message.setInt(offset, 2, order(worker));
            case 3 -> message.setLong(offset, 3);
            default -> message.setLong(offset, 3, order(worker));
        }
    }

    private static ByteOrder order(Worker worker) {
        return worker.draw.coin() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private static void passNull(Worker worker) {
        Message message = worker.filled();
        switch (worker.draw.below(12)) {
            case 0 -> worker.keep(Message.of((byte[]) null));
            case 1 -> worker.keep(Message.of((String) null));
            case 2 -> worker.keep(Message.of((MemorySegment) null));
            case 3 -> worker.keep(Message.wrap(null, () -> {}));
            case 4 -> worker.keep(Message.wrap(Arena.global().allocate(1), null));
            case 5 -> worker.note(message.getInt(0, null));
            case 6 -> worker.note(message.getLong(0, null));
            case 7 -> message.setInt(0, 1, null);
            case 8 -> message.setLong(0, 1, null);
            case 9 -> worker.note(message.contentEquals((byte[]) null));
            case 10 -> worker.note(message.contentEquals((String) null));
            default -> worker.note(message.metadata(null));
        }
    }

    private static long offset(Worker worker) {
        int kind = worker.draw.below(8);
        return kind == 0
                ? worker.draw.of(List.of(-1L, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 7))
                : worker.draw.below(kind < 6 ? 20 : 100_000);
    }

    private static void copy(Worker worker) {
        Message message = worker.filled();
        MemorySegment other = Memory.some(worker);
        long length = worker.draw.oneIn(8) ? offset(worker) : worker.draw.below(20);
        MemorySegment view = message.data();
        if (worker.draw.coin()) {
            MemorySegment.copy(view, offset(worker), other, offset(worker), length);
        } else {
            MemorySegment.copy(other, offset(worker), view, offset(worker), length);
        }
    }

    private static void ask(Worker worker) {
        Message message = worker.message();
        worker.note(message.toString());
        worker.note(message.more());
        worker.note(message.data().isReadOnly());
        worker.note(message.metadata(worker.draw.of(METADATA)));
        worker.note(ConnectionId.of(message));
    }

    static boolean isClosed(Message message) {
        return message.toString().equals("Message[closed]");
    }
}
